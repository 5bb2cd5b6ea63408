#include "gateway/audit/segments.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "gateway/os/folder.h"

namespace heyan::audit {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kEnd = ".jsonl";
constexpr std::size_t kDigits = 16;

// At most `size` bytes from there on.
Result<std::string> read_part(const os::OpenFile& file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t used = 0;
  while (used < size) {
    const ssize_t count = ::pread(file.descriptor().get(), bytes.data() + used, size - used,
                                  static_cast<off_t>(offset + used));
    if (count < 0) return fail(ErrorCode::kIo, "a file of the audit trail cannot be read");
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  bytes.resize(used);
  return bytes;
}

Result<os::OpenFile> open_segment(const std::filesystem::path& folder, std::uint64_t first) {
  HEYAN_TRY(const os::Folder opened, os::Folder::open(folder));
  return opened.open_file(segment_name(first));
}

}  // namespace

std::string segment_name(std::uint64_t first) {
  std::string digits = std::to_string(first);
  digits.insert(0, kDigits - std::min(kDigits, digits.size()), '0');
  return digits + std::string(kEnd);
}

Result<std::vector<std::uint64_t>> segments_in(const std::filesystem::path& folder) {
  std::vector<std::uint64_t> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::uint64_t first = 0;
    const auto [stop, bad] = std::from_chars(name.data(), name.data() + name.size(), first);
    if (bad == std::errc() && segment_name(first) == name) found.push_back(first);
  }
  if (error == std::errc::no_such_file_or_directory) {
    return fail(ErrorCode::kNotFound, "there is no such folder");
  }
  if (error) return fail(ErrorCode::kIo, "the folder of the audit trail cannot be read");
  std::ranges::sort(found);
  return found;
}

Result<std::string> read_segment(const std::filesystem::path& folder, std::uint64_t first) {
  HEYAN_TRY(const os::OpenFile file, open_segment(folder, first));
  if (file.size() > kSegmentBytes) {
    return fail(ErrorCode::kLimit, "a file of the audit trail is too large");
  }
  return read_part(file, 0, file.size());
}

Result<Record> first_record(const std::filesystem::path& folder, std::uint64_t first) {
  HEYAN_TRY(const os::OpenFile file, open_segment(folder, first));
  HEYAN_TRY(const std::string front, read_part(file, 0, kLineBytes + 1));
  std::string_view rest = front;
  const auto line = next_line(rest);
  const auto record = line ? decode(*line) : std::unexpected(Fault::kMalformed);
  if (!record) return fail(ErrorCode::kMalformed, "a file of the audit trail begins otherwise");
  return *record;
}

std::optional<std::string_view> next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

core::Bytes trail_in(const Record& first) {
  const core::json::Value* trail = first.entry.detail.find("trail");
  const std::string* hex = trail == nullptr ? nullptr : trail->as_string();
  if (first.entry.event != Event::kSegment || hex == nullptr) return {};
  auto bytes = core::from_hex(*hex);
  return bytes && bytes->size() == kTrailBytes ? *std::move(bytes) : core::Bytes();
}

Result<std::optional<Head>> head_of(const std::filesystem::path& folder) {
  HEYAN_TRY(std::vector<std::uint64_t> segments, segments_in(folder));
  // The last may just be being made.
  for (; !segments.empty(); segments.pop_back()) {
    HEYAN_TRY(const os::OpenFile file, open_segment(folder, segments.back()));
    HEYAN_TRY(const std::string front, read_part(file, 0, std::min(file.size(), kLineBytes + 1)));
    std::string_view rest = front;
    const auto first_line = next_line(rest);
    if (!first_line) continue;
    // Long enough for a whole line before one that is being written.
    constexpr std::uint64_t kTail = 2 * (kLineBytes + 1);
    const std::uint64_t from = file.size() - std::min<std::uint64_t>(file.size(), kTail);
    HEYAN_TRY(std::string tail, read_part(file, from, kTail));
    tail.resize(tail.rfind('\n') == std::string::npos ? 0 : tail.rfind('\n'));
    const std::string_view last_line =
        std::string_view(tail).substr(tail.rfind('\n') + 1);  // npos + 1: the whole
    const auto first = decode(*first_line);
    const auto last = decode(last_line);
    if (!first || !last || trail_in(*first).empty()) {
      return fail(ErrorCode::kMalformed, "this is no audit trail");
    }
    Chain chain;
    chain.take(last_line, last->at);
    return Head{.writer = last->writer,
                .trail = trail_in(*first),
                .record = last->seq,
                .sha256 = std::move(chain.sha256),
                .sm3 = std::move(chain.sm3),
                .event = last->entry.event};
  }
  return std::nullopt;
}

}  // namespace heyan::audit
