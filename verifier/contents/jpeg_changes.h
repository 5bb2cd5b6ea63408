// A JPEG file without its metadata: what programs that write or remove capture data leave
// untouched.
//
// Threat: see jpeg_header.h. Pure; any thread.
#pragma once

#include "verifier/contents/candidates.h"
#include "verifier/contents/jpeg_header.h"

namespace heyan::contents {

// Without Exif and XMP; without every application segment and comment but those that colours need
// (JFIF, ICC, Adobe), and so on to without any.
core::Result<void> add_jpeg_changes(const ByteSource& source, const JpegHeader& header,
                                    Candidates& candidates);

}  // namespace heyan::contents
