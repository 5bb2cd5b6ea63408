#include "verifier/ledgers/opentimestamps/table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "verifier/ledgers/opentimestamps/lines.h"

namespace heyan::ledgers::opentimestamps {
namespace {

constexpr std::size_t kMedianOf = 11;
constexpr std::chrono::hours kAhead{2};  // a miner's clock may be

using Failed = std::unexpected<TableDefect>;

class Checker {
 public:
  Checker(std::span<const ListedHeader> table, Periods& periods, std::optional<core::UtcTime> now)
      : table_(table), periods_(periods), now_(now) {}

  std::vector<HeaderFault> run() {
    for (at_ = 0; at_ < table_.size(); ++at_) {
      const core::Bytes hash = header().hash();
      if (const auto fault = Periods::judge_work(header(), hash)) blame(*fault);
      if (has_before() && !core::equal(header().previous(), previous_hash_)) blame(Reason::kLink);
      if (begins_period()) learn_period();
      judge_target();
      judge_time();
      previous_hash_ = hash;
    }
    return std::move(faults_);
  }

 private:
  const BlockHeader& header() const { return table_[at_].header; }
  std::uint64_t height() const { return table_[at_].height; }
  std::uint64_t period() const { return height() / kPeriodBlocks; }
  bool begins_period() const { return height() % kPeriodBlocks == 0; }
  bool has_before() const { return at_ > 0 && table_[at_ - 1].height + 1 == height(); }

  void blame(Reason reason) {
    const bool said =
        !faults_.empty() && faults_.back().height == height() && faults_.back().reason == reason;
    if (!said) faults_.push_back({height(), table_[at_].line, reason});
  }

  // Where the period before is known from its first header to its last, the target follows.
  void learn_period() {
    if (!has_before()) return;
    const BlockHeader* first = periods_.first_of(period() - 1);
    const BlockHeader& last = table_[at_ - 1].header;
    if (first == nullptr) return;
    if (header().bits() != next_bits(first->bits(), first->time(), last.time()))
      return blame(Reason::kHeaderPeriod);
    const bool sound = faults_.empty() || faults_.back().height + 1 < height();
    if (sound && periods_.first_of(period()) == nullptr) periods_.add(period(), header());
  }

  void judge_target() {
    if (periods_.first_of(period()) != nullptr) {
      if (const auto fault = periods_.judge_period(height(), header())) blame(*fault);
    } else if (has_before() && !begins_period() &&
               header().bits() != table_[at_ - 1].header.bits()) {
      blame(Reason::kHeaderPeriod);
    }
  }

  void judge_time() {
    if (now_ && core::from_unix_ms(std::int64_t{header().time()} * 1000) > *now_ + kAhead)
      blame(Reason::kHeaderTime);
    if (at_ < kMedianOf || table_[at_ - kMedianOf].height + kMedianOf != height()) return;
    std::array<std::uint32_t, kMedianOf> times{};
    std::ranges::transform(table_.subspan(at_ - kMedianOf, kMedianOf), times.begin(),
                           [](const ListedHeader& one) { return one.header.time(); });
    std::ranges::sort(times);
    if (header().time() <= times.at(kMedianOf / 2)) blame(Reason::kHeaderTime);
  }

  std::span<const ListedHeader> table_;
  Periods& periods_;
  std::optional<core::UtcTime> now_;
  std::size_t at_ = 0;
  core::Bytes previous_hash_;
  std::vector<HeaderFault> faults_;
};

}  // namespace

std::expected<HeaderTable, TableDefect> read_table(core::ByteView bytes) {
  HeaderTable table;
  std::string_view text = core::as_text(bytes);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    if (line.empty() || line.starts_with('#')) continue;
    const auto fields = fields_of(line);
    if (fields.size() != 2) return Failed({number, "is not HEIGHT and HEADER"});
    const auto height = height_of(fields[0]);
    const auto header = header_of(fields[1]);
    if (!height) return Failed({number, "the height is no number"});
    if (!header) return Failed({number, "the header is not 160 hexadecimal digits"});
    if (!table.empty() && table.back().height >= *height)
      return Failed({number, "the height does not ascend"});
    table.push_back({*height, *header, number});
  }
  return table;
}

std::string write_table(const HeaderTable& table) {
  std::string text = "# height\theader\n";
  for (const ListedHeader& one : table)
    text += std::to_string(one.height) + "\t" + core::to_hex(one.header.bytes()) + "\n";
  return text;
}

const ListedHeader* find(const HeaderTable& table, std::uint64_t height) {
  const auto found = std::ranges::lower_bound(table, height, {}, &ListedHeader::height);
  return found != table.end() && found->height == height ? &*found : nullptr;
}

std::expected<HeaderTable, HeaderFault> merge(const HeaderTable& kept, const HeaderTable& added) {
  for (const ListedHeader& one : added) {
    const ListedHeader* known = find(kept, one.height);
    if (known != nullptr && known->header != one.header)
      return std::unexpected(HeaderFault{one.height, one.line, Reason::kHeaderNotOnChain});
  }
  HeaderTable all;
  std::ranges::set_union(kept, added, std::back_inserter(all), {}, &ListedHeader::height,
                         &ListedHeader::height);
  return all;
}

std::vector<HeaderFault> check_table(const HeaderTable& table, Periods& periods,
                                     std::optional<core::UtcTime> now) {
  return Checker(table, periods, now).run();
}

std::size_t count_linked(const HeaderTable& table, const Periods& periods) {
  std::size_t linked = 0;
  for (auto begin = table.begin(); begin != table.end();) {
    auto end = begin + 1;
    while (end != table.end() && end->height == (end - 1)->height + 1) ++end;
    const bool tied = std::any_of(begin, end, [&](const ListedHeader& one) {
      return one.height % kPeriodBlocks == 0 &&
             periods.first_of(one.height / kPeriodBlocks) != nullptr;
    });
    if (tied) linked += static_cast<std::size_t>(end - begin);
    begin = end;
  }
  return linked;
}

std::string_view words(Reason reason) {
  switch (reason) {
    case Reason::kHeaderTarget:
      return "has no target, or an easier one than the main chain";
    case Reason::kHeaderWork:
      return "does not meet its target";
    case Reason::kHeaderPeriod:
      return "has not the target or time of its period";
    case Reason::kHeaderNotOnChain:
      return "is another header than the one known at this height";
    case Reason::kHeaderTime:
      return "has a time that it cannot have";
    case Reason::kLink:
      return "does not name the header before it";
    default:
      return "";
  }
}

}  // namespace heyan::ledgers::opentimestamps
