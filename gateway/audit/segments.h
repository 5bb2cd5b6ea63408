// The files of a trail: SEQ.jsonl, named by the number of the first record in each, 16 digits.
//
// Threat: whoever wrote them may be taken over, and anybody may have touched them since. They are
// read beneath the folder, without links, and never beyond kSegmentBytes. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/audit/record.h"
#include "verifier/core/error.h"

namespace heyan::audit {

inline constexpr std::size_t kSegmentBytes = 64u << 20;  // the largest that is read

std::string segment_name(std::uint64_t first);
// The first record of each segment, in their order. kIo; kNotFound: no such folder.
core::Result<std::vector<std::uint64_t>> segments_in(const std::filesystem::path& folder);
// kNotFound, kUnsupported (no regular file), kLimit, kIo.
core::Result<std::string> read_segment(const std::filesystem::path& folder, std::uint64_t first);

// The first record of a segment. kMalformed: it does not begin with one.
core::Result<Record> first_record(const std::filesystem::path& folder, std::uint64_t first);

// The next line of `rest` without its end, which is taken from `rest`; nothing where no line ends.
std::optional<std::string_view> next_line(std::string_view& rest);

// What names a trail: kTrailBytes that its segments' first records repeat; empty where this one is
// none of those.
core::Bytes trail_in(const Record& first_of_segment);

// The last record that is there.
struct Head {
  std::string writer;
  core::Bytes trail;
  std::uint64_t record = 0;
  core::Bytes sha256;  // of its line
  core::Bytes sm3;
  Event event = Event::kSegment;
  bool operator==(const Head&) const = default;
};
// By somebody who reads while another writes. Nothing: no whole record yet. kMalformed: the last
// segment does not begin or end with a record.
core::Result<std::optional<Head>> head_of(const std::filesystem::path& folder);

}  // namespace heyan::audit
