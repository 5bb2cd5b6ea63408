// What lies in an archive or a compressed file: a record may hold the fingerprint of the content,
// and the file be the same content in a container that was made anew.
//
// Threat: see zip.h; gzip (RFC 1952) by zlib, one member and nothing after it. What is inflated
// counts against the budget. Pure; any thread.
#pragma once

#include "verifier/contents/byte_source.h"
#include "verifier/contents/candidates.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

// The files in a zip archive. kMalformed and so on: it is none that can be opened.
core::Result<void> add_zip_entries(const ByteSource& source, const core::Limits& limits,
                                   Candidates& candidates);

// The content of a gzip file.
core::Result<void> add_gzip_content(const ByteSource& source, Candidates& candidates);

}  // namespace heyan::contents
