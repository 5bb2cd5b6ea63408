#include "verifier/ledgers/opentimestamps/periods.h"

#include "verifier/ledgers/opentimestamps/lines.h"

namespace heyan::ledgers::opentimestamps {
namespace {

constexpr std::string_view kGenesis =
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac7"
    "2c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
// Miners' clocks may be this far off (Bitcoin Core, MAX_FUTURE_BLOCK_TIME).
constexpr std::int64_t kSlackSeconds = 7200;
// Between periods the target moves by a factor of four at most; the compact form rounds.
constexpr std::uint32_t kMostChange = 4;

using Failed = std::unexpected<TableDefect>;

struct Line {
  std::uint64_t height = 0;
  Wide chainwork;
  BlockHeader header;
};

std::expected<Line, std::string_view> read_line(std::string_view text) {
  const auto fields = fields_of(text);
  if (fields.size() != 3) return std::unexpected("is not HEIGHT, CHAINWORK and HEADER");
  const auto height = height_of(fields[0]);
  const auto chainwork = core::from_hex(fields[1]);
  const auto header = header_of(fields[2]);
  if (!height) return std::unexpected("the height is no number");
  if (!chainwork || chainwork->empty() || chainwork->size() > kHashBytes)
    return std::unexpected("the chainwork is not hexadecimal");
  if (!header) return std::unexpected("the header is not 160 hexadecimal digits");
  return Line{*height, Wide::from_big_endian(*chainwork), *header};
}

// Could the target have moved so far within one period?
bool follows(std::uint32_t bits, std::uint32_t next) {
  const auto before = Wide::from_compact(bits);
  const auto after = Wide::from_compact(next);
  if (!before || !after) return false;
  const auto lowest = Wide::from_compact(before->over(kMostChange).compact());
  return *after <= before->times(kMostChange) && lowest && *after >= *lowest;
}

}  // namespace

Periods::Periods() {
  if (const auto genesis = header_of(kGenesis)) add(0, *genesis);
}

std::expected<Periods, TableDefect> Periods::read(core::ByteView bytes) {
  Periods periods;
  std::uint64_t period = 0;
  std::uint32_t bits = kEasiestBits;
  Wide chainwork = work_of(bits);
  std::string_view text = core::as_text(bytes);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view written = take_line(text);
    if (written.empty() || written.starts_with('#')) continue;
    const auto line = read_line(written);
    if (!line) return Failed({number, line.error()});
    const std::uint32_t next = line->header.bits();
    if (line->height != ++period * kPeriodBlocks)
      return Failed({number, "is not the next period's first height (2016, 4032, ...)"});
    if (judge_work(line->header, line->header.hash()))
      return Failed({number, "the header does not meet its target"});
    if (!follows(bits, next)) return Failed({number, "the target moved further than it may"});
    chainwork = chainwork.plus(work_of(bits).times(kPeriodBlocks - 1)).plus(work_of(next));
    if (chainwork != line->chainwork)
      return Failed({number, "the chainwork is not that of the headers"});
    periods.add(period, line->header);
    bits = next;
  }
  if (period == 0) return Failed({1, "has no line"});
  return periods;
}

const BlockHeader* Periods::first_of(std::uint64_t period) const {
  const auto found = firsts_.find(period);
  return found == firsts_.end() ? nullptr : &found->second;
}

std::optional<Reason> Periods::judge_work(const BlockHeader& header, core::ByteView hash) {
  const auto target = header.target();
  if (!target) return Reason::kHeaderTarget;
  if (hash.size() != kHashBytes || Wide::from_little_endian(hash) > *target)
    return Reason::kHeaderWork;
  return std::nullopt;
}

std::optional<Reason> Periods::judge_period(std::uint64_t height, const BlockHeader& header) const {
  const std::uint64_t period = height / kPeriodBlocks;
  const BlockHeader* first = first_of(period);
  if (first == nullptr) return Reason::kHeaderPeriod;
  if (height % kPeriodBlocks == 0 && header != *first) return Reason::kHeaderNotOnChain;
  const std::int64_t time = header.time();
  if (header.bits() != first->bits() || time < first->time() - kSlackSeconds)
    return Reason::kHeaderPeriod;
  const BlockHeader* next = first_of(period + 1);
  if (next != nullptr && time > next->time() + kSlackSeconds) return Reason::kHeaderPeriod;
  return std::nullopt;
}

std::optional<Reason> Periods::judge(std::uint64_t height, const BlockHeader& header,
                                     core::ByteView hash) const {
  if (const auto fault = judge_work(header, hash)) return fault;
  return judge_period(height, header);
}

}  // namespace heyan::ledgers::opentimestamps
