// The central directory of a zip as its bytes say, and the rules that every entry and their layout
// must keep.
//
// Threat: zip readers differ in where they look for the directory, which of two names they believe,
// and what they do with bytes between entries. Only archives in which there is nothing to differ
// about pass: one end record, no comment that holds another, the directory right before it, entries
// one after the other from the first byte on. Runs before libzip, so that libzip never allocates by
// an unchecked count. Source: APPNOTE.TXT 6.3.9, section 4.3.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "verifier/contents/zip.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

// One central directory header (4.3.12), Zip64 applied.
struct RawEntry {
  std::string name;  // as stored
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint64_t packed = 0;      // bytes in the archive
  std::uint64_t size = 0;        // bytes when inflated
  std::uint64_t offset = 0;      // of the local header
  std::uint32_t attributes = 0;  // external; Unix mode in the upper half
};

// The directory, every entry of which is safe by name, kind, method and size, unique, and followed
// by the next.
std::expected<std::vector<RawEntry>, ZipFault> read_directory(const ByteSource& source,
                                                              const core::Limits& limits);

}  // namespace heyan::contents
