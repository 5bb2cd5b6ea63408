#include "verifier/contents/jpeg_changes.h"

#include <algorithm>
#include <array>

namespace heyan::contents {
namespace {

constexpr std::uint8_t kApp0 = 0xe0;   // JFIF
constexpr std::uint8_t kApp1 = 0xe1;   // Exif, XMP
constexpr std::uint8_t kApp2 = 0xe2;   // ICC profile
constexpr std::uint8_t kApp14 = 0xee;  // Adobe: how colours are transformed
constexpr std::uint8_t kApp15 = 0xef;
constexpr std::uint8_t kComment = 0xfe;

bool is_metadata(std::uint8_t marker) {
  return (marker >= kApp0 && marker <= kApp15) || marker == kComment;
}

using Drops = bool (*)(std::uint8_t marker);
constexpr std::array<Drops, 5> kDrops = {
    [](std::uint8_t marker) { return marker == kApp1; },
    [](std::uint8_t marker) {
      return is_metadata(marker) && marker != kApp0 && marker != kApp2 && marker != kApp14;
    },
    [](std::uint8_t marker) { return is_metadata(marker) && marker != kApp0 && marker != kApp14; },
    [](std::uint8_t marker) { return is_metadata(marker) && marker != kApp14; },
    is_metadata,
};

}  // namespace

core::Result<void> add_jpeg_changes(const ByteSource& source, const JpegHeader& header,
                                    Candidates& candidates) {
  for (const Drops drops : kDrops) {
    if (std::ranges::none_of(header.segments, drops, &JpegSegment::marker)) continue;
    if (!candidates.spend(source.size())) return {};
    Digesting digesting(candidates.hashes());
    std::uint64_t size = 0;
    std::uint64_t kept = 0;  // from here on nothing was written yet
    const auto keep_until = [&](std::uint64_t end) {
      size += end - kept;
      return read_range(source, kept, end, [&](core::ByteView chunk) { digesting.update(chunk); });
    };
    for (const JpegSegment& segment : header.segments) {
      if (!drops(segment.marker)) continue;
      HEYAN_CHECK_OK(keep_until(segment.begin));
      kept = segment.end;
    }
    HEYAN_CHECK_OK(keep_until(source.size()));
    candidates.add({.changes = {v1::CHANGE_METADATA_REMOVED}, .number = 0, .size = size},
                   digesting.so_far());
  }
  return {};
}

}  // namespace heyan::contents
