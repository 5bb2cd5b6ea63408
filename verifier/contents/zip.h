// A case folder as a .zip: opened for reading from any random-access bytes, entry by entry, in
// chunks.
//
// Threat: the archive is an attacker's. Refused when opened: names that leave the folder, links,
// encryption, methods other than store and deflate, several disks, duplicate names (also by ASCII
// case), names that are not UTF-8, a file where another name needs a folder, entries that overlap,
// hide between others or follow the end, more entries or bytes than the limits. While reading: more
// bytes than the directory declared, a wrong CRC-32. Nothing is written or allocated by a declared
// size. Source: PKWARE APPNOTE.TXT 6.3.9; libzip with ZIP_CHECKCONS. One archive belongs to one
// thread at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/contents/byte_source.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

struct ZipEntry {
  std::string name;        // safe (safe_path.h), without the "/" at the end of a folder's name
  std::uint64_t size = 0;  // inflated bytes, as declared; read() holds the entry to it
  bool is_folder = false;
  bool stored = false;       // not compressed
  std::uint64_t packed = 0;  // bytes in the archive
  std::uint64_t offset = 0;  // of its local header: 0 is the first in the archive
};

// Which of the rules above an archive breaks.
enum class ZipRule : std::uint8_t {
  kNoZip,      // without an end record: some other file
  kStructure,  // damaged, or not of the format
  kName,       // leaves the folder, or is no plain path
  kNulInName,
  kLongName,
  kEncoding,  // of a name
  kEncrypted,
  kLink,
  kMethod,
  kDuplicate,
  kOverlap,  // or bytes between entries
  kHeaders,  // contradict each other
  kEntries,  // more than the limit
  kSize,     // more bytes than the limit
  kRatio,    // inflates to far more than it stores
};

struct ZipFault {
  core::Error error;
  std::string
      entry;  // name of the entry it is about, through core::visible; empty: the whole archive
  ZipRule rule = ZipRule::kStructure;
};

class ZipArchive {
 public:
  // The source must outlive the archive. Error codes: kMalformed kTruncated kDuplicate kLimit
  // kUnsupported kIo.
  static std::expected<ZipArchive, ZipFault> open(const ByteSource& source,
                                                  const core::Limits& limits);
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  // In the order of the archive's directory.
  const std::vector<ZipEntry>& entries() const;

  // The index of the file (not folder) of exactly that name, or nothing.
  std::optional<std::size_t> find(std::string_view name) const;

  // Inflates one entry and hands it to `sink` in chunks of at most 64 KiB; stops at the first
  // error, also of `sink`. What the sink has seen counts only where the result is ok: size and
  // CRC-32 are known at the end alone.
  using Sink = std::function<core::Result<void>(core::ByteView chunk)>;
  core::Result<void> read(std::size_t entry, const Sink& sink);

 private:
  class State;
  explicit ZipArchive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Where case.json lies: "" at the root, or "X/" where everything lies beneath one folder X, as it
// does when somebody zips the folder itself. ("__MACOSX", which the macOS Finder adds, is passed
// over.) kNotFound otherwise.
core::Result<std::string> find_case_root(std::span<const ZipEntry> entries);

}  // namespace heyan::contents
