#include "verifier/contents/pdf_saves.h"

#include <algorithm>
#include <deque>

namespace heyan::contents {
namespace {

constexpr std::string_view kHeader = "%PDF-";
constexpr std::string_view kEnd = "%%EOF";
constexpr std::size_t kHeaderWithin = 1024;  // Adobe's note to ISO 32000-1, 7.5.2
constexpr std::size_t kMostSaves = 64;

struct Save {
  std::uint64_t number = 0;  // from 1
  std::uint64_t end = 0;     // behind "%%EOF"
};

// Where "%%EOF" ends, the last ones.
class Ends {
 public:
  void take(core::ByteView chunk) {
    for (const std::uint8_t byte : chunk) {
      ++offset_;
      // "%%%EOF": the second and third are the beginning as well.
      if (byte == static_cast<std::uint8_t>(kEnd[matched_])) {
        ++matched_;
      } else if (byte != '%') {
        matched_ = 0;
      } else if (matched_ != 2) {
        matched_ = 1;
      }
      if (matched_ < kEnd.size()) continue;
      matched_ = 0;
      saves_.push_back({.number = ++count_, .end = offset_});
      if (saves_.size() > kMostSaves + 1) saves_.pop_front();
    }
  }
  std::deque<Save> take_saves() && { return std::move(saves_); }

 private:
  std::uint64_t offset_ = 0;
  std::size_t matched_ = 0;
  std::uint64_t count_ = 0;
  std::deque<Save> saves_;
};

struct Cut {
  std::uint64_t number = 0;
  std::uint64_t end = 0;
};

// Behind "%%EOF", and behind each byte of a line end that follows.
core::Result<std::vector<Cut>> cuts_at(const ByteSource& source, const std::deque<Save>& saves) {
  std::vector<Cut> cuts;
  for (const Save& save : saves) {
    cuts.push_back({.number = save.number, .end = save.end});
    HEYAN_TRY(const core::Bytes next, read_some(source, save.end, 2));
    const std::string_view text = core::as_text(next);
    if (text.starts_with('\r') || text.starts_with('\n')) {
      cuts.push_back({.number = save.number, .end = save.end + 1});
    }
    if (text == "\r\n") cuts.push_back({.number = save.number, .end = save.end + 2});
  }
  return cuts;
}

// Nothing but a line end follows: this end is the file's own.
core::Result<bool> ends_there(const ByteSource& source, std::uint64_t end) {
  HEYAN_TRY(const core::Bytes rest, read_some(source, end, 3));
  const std::string_view text = core::as_text(rest);
  return text.empty() || text == "\n" || text == "\r" || text == "\r\n";
}

}  // namespace

core::Result<void> add_pdf_saves(const ByteSource& source, Candidates& candidates) {
  HEYAN_TRY(const core::Bytes head, read_some(source, 0, kHeaderWithin));
  if (core::as_text(head).find(kHeader) == std::string_view::npos) return {};
  if (!candidates.spend(source.size())) return {};
  Ends ends;
  HEYAN_CHECK_OK(
      read_range(source, 0, source.size(), [&](core::ByteView chunk) { ends.take(chunk); }));
  std::deque<Save> saves = std::move(ends).take_saves();
  if (saves.empty()) return {};
  HEYAN_TRY(const bool is_whole, ends_there(source, saves.back().end));
  if (is_whole) saves.pop_back();
  if (saves.size() > kMostSaves) saves.pop_front();
  HEYAN_TRY(const std::vector<Cut> cuts, cuts_at(source, saves));
  Digesting digesting(candidates.hashes());
  std::uint64_t done = 0;
  for (const Cut& cut : cuts) {
    HEYAN_CHECK_OK(
        read_range(source, done, cut.end, [&](core::ByteView chunk) { digesting.update(chunk); }));
    done = cut.end;
    candidates.add(
        {.changes = {v1::CHANGE_LATER_SAVES_REMOVED}, .number = cut.number, .size = cut.end},
        digesting.so_far());
  }
  return {};
}

}  // namespace heyan::contents
