#include "gateway/audit/verify.h"

#include <algorithm>

#include "gateway/audit/segments.h"

namespace heyan::audit {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::int64_t kLeastDays = 184;  // six months
constexpr std::chrono::minutes kClocksApart{10};

const std::int64_t* number_in(const Record& record, std::string_view name) {
  const core::json::Value* found = record.entry.detail.find(name);
  return found == nullptr ? nullptr : found->as_integer();
}

class Verifier {
 public:
  Verifier(const std::filesystem::path& folder, std::span<const LoggedHead> logged,
           core::UtcTime at)
      : folder_(folder), logged_(logged), at_(at) {}

  Result<Verified> run() && {
    HEYAN_TRY(const std::vector<std::uint64_t> segments, segments_in(folder_));
    if (segments.empty()) return fail(ErrorCode::kNotFound, "there is no audit trail in it");
    for (std::size_t i = 0; i < segments.size() && going_on_; ++i) {
      const bool last = i + 1 == segments.size();
      const auto bytes = read_segment(folder_, segments[i]);
      if (!bytes && bytes.error().code == ErrorCode::kIo) return std::unexpected(bytes.error());
      if (!bytes) {
        stop("segment-unreadable");
      } else {
        read(segments[i], *bytes, i == 0, last);
      }
    }
    conclude();
    return std::move(verified_);
  }

 private:
  void read(std::uint64_t first, std::string_view rest, bool is_first, bool is_last) {
    if (!is_first && first != chain_.next) {
      stop(first > chain_.next ? "segment-missing" : "segment-name");
      return;
    }
    auto line = next_line(rest);
    if (!line && !is_last) stop("empty");
    if (line && is_first) begin(*line);
    if (line && going_on_) begin_segment(first, *line);
    for (; line && going_on_; line = next_line(rest)) follow(*line);
    if (!going_on_ || rest.empty()) return;
    verified_.unfinished_bytes = rest.size();
    if (!is_last) stop("unfinished-line");
  }

  // What the first record that was kept says of those before it is believed, for now.
  void begin(std::string_view line) {
    const auto record = decode(line);
    if (!record) {
      stop(name(record.error()));
      return;
    }
    chain_ = Chain::before(*record);
    chain_.last = record->at;
    verified_.writer = record->writer;
    verified_.trail = trail_in(*record);
    verified_.first = verified_.next = record->seq;
    verified_.first_at = record->at;
    for (const LoggedHead& head : logged_) {
      if (head.trail == verified_.trail) heads_.emplace(head.record, &head);
    }
  }

  void begin_segment(std::uint64_t first, std::string_view line) {
    const auto record = decode(line);
    if (!record) return;  // follow says so
    if (record->seq != first) {
      stop("segment-name");
    } else if (trail_in(*record).empty() || trail_in(*record) != verified_.trail) {
      stop("segment-trail");
    }
  }

  void follow(std::string_view line) {
    const auto record = chain_.follow(line);
    if (!record) {
      stop(name(record.error()));
      return;
    }
    ++verified_.counts[name(record->entry.event)];
    verified_.next = chain_.next;
    verified_.last_at = record->at;
    if (record->entry.event == Event::kShortened) look_at_removal(*record);
    compare_heads(*record);
  }

  void look_at_removal(const Record& record) {
    const std::int64_t* first = number_in(record, "first");
    const std::int64_t* days = number_in(record, "keepDays");
    if (first != nullptr && std::cmp_equal(*first, verified_.first)) {
      said_ = true;
      removed_before(record.at);
      for (auto at = heads_.lower_bound(record.seq); at != heads_.end(); ++at) {
        removed_before(at->second->at);
      }
    }
    if (days == nullptr || *days < kLeastDays) found("kept-too-short", record.seq);
  }

  // What a record says of its time its writer chose, and whoever wrote it anew: it was there when
  // the log had a head from behind it, and it is there now.
  void removed_before(core::UtcTime time) {
    removed_at_ = std::min(removed_at_.value_or(time), time);
  }

  void compare_heads(const Record& record) {
    const auto [begin, end] = heads_.equal_range(record.seq);
    for (auto at = begin; at != end; ++at) {
      const LoggedHead& head = *at->second;
      ++verified_.heads;
      if (head.writer != verified_.writer) found("head-writer", record.seq);
      if (head.at + kClocksApart < record.at) found("head-future", record.seq);
      if (head.sha256 == chain_.sha256 && head.sm3 == chain_.sm3) {
        verified_.logged = record.seq;
      } else {
        found("head-differs", record.seq);
      }
    }
  }

  void conclude() {
    if (verified_.first > 0 && !said_ && going_on_) found("removed-unsaid", verified_.first);
    // Earlier ones either are before it, or a record says that the clock went back after them.
    if (at_ + kClocksApart < chain_.last) found("future", chain_.next - 1);
    removed_before(at_);
    std::optional<std::uint64_t> before;
    for (const LoggedHead& head : logged_) {
      if (head.trail != verified_.trail || head.writer != verified_.writer) continue;
      if (before && head.record <= *before) found("head-order", head.record);
      before = head.record;
      if (head.record < verified_.first) look_at_removed(head);
      if (head.record >= chain_.next && going_on_) found("head-beyond", head.record);
    }
  }

  // The log knows when what was removed was there: it was kept from then until it was removed.
  void look_at_removed(const LoggedHead& head) {
    ++verified_.heads_before;
    const bool early = *removed_at_ - head.at < std::chrono::days(kLeastDays - 1);
    if (early && !early_) found("kept-too-short", head.record);
    early_ = early_ || early;
  }

  // Nothing after it can be followed.
  void stop(std::string_view word) {
    found(word, chain_.next);
    going_on_ = false;
  }
  void found(std::string_view word, std::uint64_t record) {
    ++verified_.finding_count;
    if (verified_.findings.size() < kMostFindings) verified_.findings.push_back({word, record});
  }

  const std::filesystem::path& folder_;
  std::span<const LoggedHead> logged_;
  const core::UtcTime at_;
  std::multimap<std::uint64_t, const LoggedHead*> heads_;  // of this trail, by record
  Verified verified_;
  Chain chain_;
  bool going_on_ = true;
  bool said_ = false;                        // that what stood before the first record was removed
  std::optional<core::UtcTime> removed_at_;  // no later than that
  bool early_ = false;
};

}  // namespace

Result<Verified> verify(const std::filesystem::path& folder, std::span<const LoggedHead> logged,
                        core::UtcTime at) {
  return Verifier(folder, logged, at).run();
}

}  // namespace heyan::audit
