// The header of a JPEG file: its segments up to the first scan, and what they tell of how it was
// coded.
//
// Threat: the file is an attacker's. Lengths are compared with the file's size, at most 4 096
// segments are read, and nothing is decoded. Source: ITU-T T.81, annex B; JFIF 1.02; Exif 2.32,
// 4.7.2; XMP part 3, 1.1.3. Pure; any thread.
#pragma once

#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "verifier/contents/byte_source.h"

namespace heyan::contents {

struct JpegSegment {
  std::uint8_t marker = 0;  // the second byte
  std::uint64_t begin = 0;  // of the marker
  std::uint64_t end = 0;    // behind the segment
};

struct JpegHeader {
  std::vector<JpegSegment> segments;  // without SOI
  std::uint64_t scan = 0;             // where the first scan's marker stands
  v1::JpegTraces traces;
};

// kMalformed, kTruncated: it is no JPEG file; kLimit: more segments.
core::Result<JpegHeader> read_jpeg_header(const ByteSource& source);

}  // namespace heyan::contents
