#include "gateway/bundle/bundle.h"

#include <algorithm>
#include <map>
#include <vector>

#include "gateway/bundle/parts.h"
#include "verifier/contents/stored_zip.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/record_file.h"

namespace heyan::bundle {
namespace {

using contents::StoredFile;
using core::ByteView;
using core::json::Value;

constexpr core::Limits kLimits{.zip_entries = 10'000, .zip_inflated_bytes = 2ull << 30};

std::unexpected<Fault> faulty(FaultKind kind, std::string_view entry, core::Error error = {}) {
  return std::unexpected(Fault{.kind = kind, .entry = core::visible(entry), .error = error});
}

// The files of an archive by name; names are unique.
using Index = std::map<std::string_view, const StoredFile*>;

Index index_of(const std::vector<StoredFile>& files) {
  Index index;
  for (const StoredFile& file : files) index.emplace(file.name, &file);
  return index;
}

std::expected<Bundle, Fault> take_parts(const Index& files) {
  Bundle bundle;
  for (const Part& part : parts()) {
    const auto file = files.find(part.name);
    if (file != files.end()) {
      bundle.*part.content = core::to_string(file->second->content);
    } else if (part.required) {
      return faulty(FaultKind::kMissing, part.name);
    }
  }
  return bundle;
}

// What it can be judged from: the record; or an excerpt, which only a signed report is bound to.
std::expected<void, Fault> has_one_basis(const Bundle& bundle) {
  if (bundle.is_partys() && !bundle.record.empty()) return faulty(FaultKind::kUnknown, kExcerpt);
  if (bundle.is_partys() && bundle.envelope.empty()) {
    return faulty(FaultKind::kMissing, "report.jws");
  }
  if (!bundle.is_partys() && bundle.record.empty()) return faulty(FaultKind::kMissing, kRecord);
  return {};
}

core::Result<v1::RecordFile> read_basis(const Bundle& bundle) {
  const std::string& bytes = bundle.is_partys() ? bundle.excerpt : bundle.record;
  return report::decode_record_file(core::as_bytes(bytes), core::Limits());
}

// What the manifest says of its files, in hex.
std::map<std::string, std::string> digests_in(ByteView manifest) {
  std::map<std::string, std::string> digests;
  const auto document = core::json::parse(manifest, {});
  const Value* lines = document ? document->find("files") : nullptr;
  if (lines == nullptr || lines->as_array() == nullptr) return digests;
  for (const Value& line : *lines->as_array()) {
    const Value* path = line.find("path");
    const Value* digest = line.find("sha256");
    if (path == nullptr || path->as_string() == nullptr) continue;
    if (digest == nullptr || digest->as_string() == nullptr) continue;
    digests.emplace(*path->as_string(), *digest->as_string());
  }
  return digests;
}

// The file that the manifest gives another digest; the manifest itself where there is none such.
std::string_view blamed_by(ByteView manifest, const Index& files) {
  for (const auto& [path, digest] : digests_in(manifest)) {
    const auto file = files.find(path);
    if (file != files.end() && core::to_hex(crypto::sha256(file->second->content)) != digest) {
      return file->first;
    }
  }
  return kManifest;
}

// What lies there is what would have been written, no more and no less.
std::expected<void, Fault> compare(const Index& files,
                                   const std::map<std::string, std::string>& wanted) {
  for (const auto& [name, content] : wanted) {
    if (!files.contains(name)) return faulty(FaultKind::kMissing, name);
  }
  for (const auto& [name, file] : files) {
    const auto found = wanted.find(std::string(name));
    if (found == wanted.end()) return faulty(FaultKind::kUnknown, name);
    if (core::as_text(file->content) == found->second) continue;
    return faulty(FaultKind::kContent, name == kManifest ? blamed_by(file->content, files) : name);
  }
  return {};
}

}  // namespace

bool is_bundle(ByteView file) { return core::as_text(file).starts_with("PK\x03\x04"); }

core::Result<std::string> write(const Bundle& bundle) {
  if (!has_one_basis(bundle)) {
    return core::fail(core::ErrorCode::kMalformed, "a bundle has a record, or a copy its excerpt");
  }
  HEYAN_TRY(const v1::RecordFile record, read_basis(bundle));
  HEYAN_TRY(const auto files, files_of(bundle, record));
  std::vector<StoredFile> list;
  list.reserve(files.size());
  for (const auto& [name, content] : files) list.push_back({name, core::as_bytes(content)});
  return contents::write_stored_zip(list);
}

std::expected<Opened, Fault> open(ByteView file) {
  const auto files = contents::read_stored_zip(file, kLimits);
  if (!files) {
    return std::unexpected(Fault{
        .kind = FaultKind::kArchive, .entry = files.error().entry, .error = files.error().error});
  }
  const Index index = index_of(*files);
  auto bundle = take_parts(index);
  if (!bundle) return std::unexpected(std::move(bundle).error());
  if (auto bases = has_one_basis(*bundle); !bases) return std::unexpected(std::move(bases).error());
  const std::string_view basis = bundle->is_partys() ? kExcerpt : kRecord;
  auto record = read_basis(*bundle);
  if (!record) return faulty(FaultKind::kContent, basis, record.error());
  const auto wanted = files_of(*bundle, *record);
  if (!wanted) return faulty(FaultKind::kContent, basis, wanted.error());
  if (auto same = compare(index, *wanted); !same) return std::unexpected(std::move(same).error());
  if (!std::ranges::is_sorted(*files, {}, &StoredFile::name)) {
    return faulty(FaultKind::kArchive, "",
                  {core::ErrorCode::kNotCanonical, "its files are not in order"});
  }
  return Opened{.bundle = *std::move(bundle), .record = *std::move(record)};
}

}  // namespace heyan::bundle
