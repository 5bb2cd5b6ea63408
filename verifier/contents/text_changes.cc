#include "verifier/contents/text_changes.h"

#include <algorithm>
#include <array>

namespace heyan::contents {
namespace {

constexpr std::array<std::uint8_t, 3> kMark = {0xef, 0xbb, 0xbf};

constexpr std::size_t kGatheredBytes = 4096;
constexpr std::uint64_t kLineBytes = 32;  // a line end takes as long as to hash so many

enum class Ends : std::uint8_t { kSame, kLf, kCrlf };

core::ByteView line_end(bool crlf) { return core::as_bytes(crlf ? "\r\n" : "\n"); }

// The text with one kind of line ends and mark. The last line end is kept back until it is known to
// be none.
class Variant {
 public:
  Variant(Ends ends, bool mark_changed, std::span<const crypto::Hash> hashes)
      : ends_(ends), mark_changed_(mark_changed), digesting_(hashes), crlf_(ends == Ends::kCrlf) {}

  void begin(bool has_mark) {
    has_mark_ = has_mark;
    if (has_mark != mark_changed_) put(kMark);
  }
  void text(core::ByteView bytes) {
    if (bytes.empty()) return;
    release();
    put(bytes);
  }
  void end_line(bool crlf) {
    release();
    crlf_ = ends_ == Ends::kSame ? crlf : ends_ == Ends::kCrlf;
    held_ = line_end(crlf_);
  }
  void finish(Candidates& candidates) {
    const bool has_final = !held_.empty();
    // First the variant in which the last line end is as it was.
    flush();
    const Digests without = digesting_.so_far();
    const std::uint64_t size = size_;
    put(line_end(crlf_));
    flush();
    const Digests with = digesting_.so_far();
    add(candidates, has_final ? size_ : size, has_final ? with : without, {});
    add(candidates, has_final ? size : size_, has_final ? without : with,
        has_final ? v1::CHANGE_FINAL_LINE_END_REMOVED : v1::CHANGE_FINAL_LINE_END_ADDED);
  }

 private:
  // Short lines are gathered: a digest by pieces of a few bytes takes many times as long.
  void put(core::ByteView bytes) {
    size_ += bytes.size();
    if (bytes.size() > kGatheredBytes - gathered_.size()) flush();
    if (bytes.size() >= kGatheredBytes) {
      digesting_.update(bytes);
    } else {
      gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
    }
  }
  void flush() {
    digesting_.update(gathered_);
    gathered_.clear();
  }
  void release() {
    if (!held_.empty()) put(held_);
    held_ = {};
  }
  void add(Candidates& candidates, std::uint64_t size, const Digests& digests,
           v1::Change final_end) const {
    Candidates::Change change{.changes = {}, .number = 0, .size = size};
    if (ends_ == Ends::kLf) change.changes.push_back(v1::CHANGE_LINE_ENDS_TO_LF);
    if (ends_ == Ends::kCrlf) change.changes.push_back(v1::CHANGE_LINE_ENDS_TO_CRLF);
    if (mark_changed_) {
      change.changes.push_back(has_mark_ ? v1::CHANGE_BOM_REMOVED : v1::CHANGE_BOM_ADDED);
    }
    if (final_end != v1::CHANGE_UNSPECIFIED) change.changes.push_back(final_end);
    if (change.changes.empty()) {
      candidates.pass_over(digests);
    } else {
      candidates.add(change, digests);
    }
  }

  Ends ends_;
  bool mark_changed_;
  Digesting digesting_;
  core::Bytes gathered_;
  bool has_mark_ = false;
  bool crlf_;            // the last line end, as this variant writes it
  core::ByteView held_;  // it, not yet written
  std::uint64_t size_ = 0;
};

// Cuts chunks into text and line ends.
class Lines {
 public:
  explicit Lines(std::span<Variant> variants) : variants_(variants) {}

  void take(core::ByteView chunk) {
    if (chunk.empty()) return;
    if (carriage_return_) {
      carriage_return_ = false;
      if (chunk.front() == '\n') {
        end_line(true);
        chunk = chunk.subspan(1);
      } else {
        text(core::as_bytes("\r"));
      }
    }
    while (!chunk.empty()) {
      const auto found = std::ranges::find(chunk, '\n');
      const auto length = static_cast<std::size_t>(found - chunk.begin());
      core::ByteView line = chunk.first(length);
      const bool returned = !line.empty() && line.back() == '\r';
      if (returned) line = line.first(length - 1);
      text(line);
      if (found == chunk.end()) {
        carriage_return_ = returned;
        return;
      }
      end_line(returned);
      chunk = chunk.subspan(length + 1);
    }
  }
  std::uint64_t count() const { return count_; }
  void finish() {
    if (carriage_return_) text(core::as_bytes("\r"));
  }

 private:
  void text(core::ByteView bytes) {
    for (Variant& variant : variants_) variant.text(bytes);
  }
  void end_line(bool crlf) {
    ++count_;
    for (Variant& variant : variants_) variant.end_line(crlf);
  }

  std::span<Variant> variants_;
  std::uint64_t count_ = 0;       // of line ends
  bool carriage_return_ = false;  // at the end of the last chunk
};

}  // namespace

core::Result<void> add_text_changes(const ByteSource& source, Candidates& candidates) {
  std::vector<Variant> variants;
  for (const bool mark_changed : {false, true}) {
    for (const Ends ends : {Ends::kSame, Ends::kLf, Ends::kCrlf}) {
      variants.emplace_back(ends, mark_changed, candidates.hashes());
    }
  }
  if (!candidates.spend(source.size(), variants.size() * candidates.hashes().size())) return {};
  HEYAN_TRY(const core::Bytes head, read_some(source, 0, kMark.size()));
  const bool has_mark = std::ranges::equal(head, kMark);
  for (Variant& variant : variants) variant.begin(has_mark);
  Lines lines(variants);
  bool within_budget = true;
  const auto take = [&](core::ByteView chunk) {
    if (!within_budget) return;
    const std::uint64_t before = lines.count();
    lines.take(chunk);
    within_budget = candidates.spend((lines.count() - before) * kLineBytes, variants.size());
  };
  HEYAN_CHECK_OK(read_range(source, has_mark ? kMark.size() : 0, source.size(), take));
  if (!within_budget) return {};
  lines.finish();
  for (Variant& variant : variants) variant.finish(candidates);
  return {};
}

}  // namespace heyan::contents
