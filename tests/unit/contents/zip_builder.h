// Zip archives made byte by byte for tests, with every lie that a header can tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/contents/zip.h"
#include "verifier/core/bytes.h"

namespace heyan::contents::testing {

// One stored entry. What is not set is honest.
struct Part {
  std::string name{};
  std::string content{};         // as it lies in the archive
  std::uint16_t flags = 0x0800;  // UTF-8 name
  std::uint16_t method = 0;      // store
  std::uint32_t attributes = 0;  // external
  std::uint16_t disk = 0;
  std::string central_extra{};
  std::string local_extra{};
  std::string comment{};
  std::string before{};  // bytes in front of the local header
  std::string after{};   // bytes behind the content
  std::optional<std::string> local_name{};
  std::optional<std::uint32_t> size{};    // declared inflated size, in both headers
  std::optional<std::uint32_t> packed{};  // declared stored size, in both headers
  std::optional<std::uint32_t> crc{};     // in both headers
  std::optional<std::uint32_t> offset{};  // of the local header, as the directory says
  bool only_in_directory = false;         // no local header or content of its own
  bool only_local = false;                // not in the directory
};

struct Whole {
  std::string comment{};
  std::string trailing{};  // after the comment
  std::string before_directory{};
  std::string before_end{};                   // between directory and end record
  std::optional<std::uint16_t> count{};       // entries, as the end record says
  std::optional<std::uint16_t> count_here{};  // entries on this disk
  std::optional<std::uint32_t> directory_offset{};
  std::optional<std::uint32_t> directory_size{};
  std::uint16_t disk = 0;
  bool zip64 = false;  // with Zip64 end record and locator
};

core::Bytes build_zip(const std::vector<Part>& parts, const Whole& whole = {});

std::uint32_t crc32_of(std::string_view content);
std::string le16(std::uint64_t value);
std::string le32(std::uint64_t value);
std::string le64(std::uint64_t value);

// A raw deflate stream (RFC 1951) of `count` bytes 'a', made of one fixed-Huffman block: about
// count/258 * 13 bits.
std::string deflate_run(std::uint64_t count);

// The bytes of a file beneath tests/vectors.
core::Bytes vector_bytes(const std::string& path);

// "ok", or "code" or "code entry" of the fault with which the archive does not open.
std::string opened(const core::Bytes& bytes, const core::Limits& limits = {});
std::string opened(const std::vector<Part>& parts, const Whole& whole = {},
                   const core::Limits& limits = {});

// The content of one entry, or "error code"; "not there".
std::string content_of(ZipArchive& archive, std::string_view name);
std::string content_of(const std::vector<Part>& parts, std::string_view name);

// An honest entry of `count` bytes 'a', deflated.
Part deflated(std::string name, std::uint64_t count);

}  // namespace heyan::contents::testing
