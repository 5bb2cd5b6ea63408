// A container as a zip: its entries, their kinds, and their bytes.
//
// Threat: everything that contents::ZipArchive is on guard against. Small entries of META-INF are
// read whole, within a bound; others in chunks only. One package belongs to one thread.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "court_adapters/asic/faults.h"
#include "court_adapters/asic/names.h"
#include "verifier/contents/zip.h"
#include "verifier/crypto/signature.h"

namespace heyan::court_adapters::asic {

inline constexpr std::uint64_t kMostMetaBytes = 8u << 20;  // of one manifest or signature

struct Entry {
  std::string name{};
  EntryKind kind = EntryKind::kObject;
  std::uint64_t size = 0;
  std::size_t index = 0;  // in the archive
  bool stored = false;
  bool first = false;
};

class Package {
 public:
  // Folders are left out. The source must outlive the package.
  static std::expected<Package, Fault> open(const contents::ByteSource& source,
                                            const core::Limits& limits);

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view name) const;  // null: none

  // At most kMostMetaBytes; kLimit.
  core::Result<core::Bytes> read(const Entry& entry);
  // Digests by both engines of `checker`. kInternal: they disagree.
  core::Result<std::map<crypto::Hash, core::Bytes>> digests(const Entry& entry,
                                                            const std::set<crypto::Hash>& hashes,
                                                            crypto::SignatureChecker& checker);
  // For whoever reads on after the package is gone.
  std::shared_ptr<contents::ZipArchive> archive() const { return archive_; }

 private:
  explicit Package(contents::ZipArchive archive);
  std::shared_ptr<contents::ZipArchive> archive_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_name_;  // place in entries_
};

}  // namespace heyan::court_adapters::asic
