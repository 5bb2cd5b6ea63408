// A zip archive in which nothing is compressed and nothing is left to chance: files in the order
// given, one time, plain permissions, no extra fields, no descriptors. The same files give the same
// bytes with any library of any age, which no compressor promises.
//
// Threat: the archive is an attacker's. Reading is read_directory, with all that it refuses, and
// then a comparison: bytes other than those that writing makes of the same files are refused, so no
// time, attribute, comment or gap can be changed or hold anything. Source: PKWARE
// APPNOTE.TXT 6.3.9, 4.3.7, 4.3.12, 4.3.16. Pure, any thread.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "verifier/contents/zip.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

struct StoredFile {
  std::string name;
  core::ByteView content;  // must outlive it
};

// kMalformed, kDuplicate: names that a reader would refuse. kLimit: 4 GiB, 65 534 files.
core::Result<std::string> write_stored_zip(std::span<const StoredFile> files);

// Views into `archive`, in its order.
std::expected<std::vector<StoredFile>, ZipFault> read_stored_zip(core::ByteView archive,
                                                                 const core::Limits& limits);

}  // namespace heyan::contents
