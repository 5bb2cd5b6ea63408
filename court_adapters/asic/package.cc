#include "court_adapters/asic/package.h"

#include <algorithm>

namespace heyan::court_adapters::asic {
namespace {

using contents::ZipRule;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

Code code_of(ZipRule rule) {
  switch (rule) {
    case ZipRule::kName:
    case ZipRule::kNulInName:
    case ZipRule::kLongName:
    case ZipRule::kEncoding:
      return Code::kUnsafeName;
    case ZipRule::kDuplicate:
      return Code::kDuplicateEntry;
    case ZipRule::kEncrypted:
    case ZipRule::kLink:
    case ZipRule::kMethod:
      return Code::kZipUnsupported;
    case ZipRule::kEntries:
    case ZipRule::kSize:
    case ZipRule::kRatio:
      return Code::kTooLarge;
    case ZipRule::kNoZip:
      return Code::kNotAsic;
    case ZipRule::kStructure:
    case ZipRule::kOverlap:
    case ZipRule::kHeaders:
      break;
  }
  return Code::kZipDamaged;
}

// One digest by both engines at once.
class Twofold {
 public:
  Twofold(crypto::Hash hash, const crypto::Engines& engines)
      : hash_(hash),
        first_(engines.first->hasher(hash)),
        second_(engines.second != nullptr ? engines.second->hasher(hash) : nullptr) {}

  void update(ByteView bytes) {
    first_->update(bytes);
    if (second_) second_->update(bytes);
  }
  crypto::Hash hash() const { return hash_; }
  Result<core::Bytes> finish() {
    core::Bytes digest = first_->finish();
    if (second_ && second_->finish() != digest) {
      return fail(ErrorCode::kInternal, "two libraries give two digests");
    }
    return digest;
  }

 private:
  crypto::Hash hash_;
  std::unique_ptr<crypto::Hasher> first_;
  std::unique_ptr<crypto::Hasher> second_;
};

}  // namespace

Package::Package(contents::ZipArchive archive)
    : archive_(std::make_shared<contents::ZipArchive>(std::move(archive))) {
  for (std::size_t i = 0; i < archive_->entries().size(); ++i) {
    const contents::ZipEntry& entry = archive_->entries()[i];
    if (entry.is_folder) continue;
    by_name_.emplace(entry.name, entries_.size());
    entries_.push_back({.name = entry.name,
                        .kind = kind_of(entry.name),
                        .size = entry.size,
                        .index = i,
                        .stored = entry.stored,
                        .first = entry.offset == 0});
  }
}

std::expected<Package, Fault> Package::open(const contents::ByteSource& source,
                                            const core::Limits& limits) {
  auto archive = contents::ZipArchive::open(source, limits);
  if (archive) return Package(*std::move(archive));
  const contents::ZipFault& fault = archive.error();
  return std::unexpected(Fault{
      .code = code_of(fault.rule), .weight = Weight::kWhole, .entry = fault.entry, .source = {}});
}

const Entry* Package::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &entries_[found->second];
}

Result<core::Bytes> Package::read(const Entry& entry) {
  if (entry.size > kMostMetaBytes) return fail(ErrorCode::kLimit, "the entry is too large");
  core::Bytes bytes;
  HEYAN_CHECK_OK(archive_->read(entry.index, [&](ByteView chunk) -> Result<void> {
    bytes.insert(bytes.end(), chunk.begin(), chunk.end());
    return {};
  }));
  return bytes;
}

Result<std::map<crypto::Hash, core::Bytes>> Package::digests(const Entry& entry,
                                                             const std::set<crypto::Hash>& hashes,
                                                             crypto::SignatureChecker& checker) {
  std::vector<Twofold> running;
  for (const crypto::Hash hash : hashes) running.emplace_back(hash, checker.engines());
  HEYAN_CHECK_OK(archive_->read(entry.index, [&](ByteView chunk) -> Result<void> {
    for (Twofold& one : running) one.update(chunk);
    return {};
  }));
  std::map<crypto::Hash, core::Bytes> digests;
  for (Twofold& one : running) {
    HEYAN_TRY(digests[one.hash()], one.finish());
  }
  return digests;
}

}  // namespace heyan::court_adapters::asic
