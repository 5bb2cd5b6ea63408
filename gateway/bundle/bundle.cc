#include "gateway/bundle/bundle.h"

#include <algorithm>
#include <optional>
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

const StoredFile* find(const std::vector<StoredFile>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &StoredFile::name);
  return found == files.end() ? nullptr : &*found;
}

std::expected<Bundle, Fault> take_parts(const std::vector<StoredFile>& files) {
  Bundle bundle;
  for (const Part& part : parts()) {
    const StoredFile* file = find(files, part.name);
    if (file == nullptr && part.required) return faulty(FaultKind::kMissing, part.name);
    if (file != nullptr) bundle.*part.content = core::to_string(file->content);
  }
  return bundle;
}

bool has_digest(const StoredFile& file, const Value& line) {
  const Value* digest = line.find("sha256");
  return digest != nullptr && digest->as_string() != nullptr &&
         *digest->as_string() == core::to_hex(crypto::sha256(file.content));
}

// The file that the manifest gives another digest; the manifest itself where there is none such.
std::string_view blamed_by(const StoredFile& manifest, const std::vector<StoredFile>& files) {
  const auto document = core::json::parse(manifest.content, {});
  const Value* lines = document ? document->find("files") : nullptr;
  if (lines == nullptr || lines->as_array() == nullptr) return kManifest;
  for (const Value& line : *lines->as_array()) {
    const Value* path = line.find("path");
    if (path == nullptr || path->as_string() == nullptr) continue;
    const StoredFile* file = find(files, *path->as_string());
    if (file != nullptr && !has_digest(*file, line)) return file->name;
  }
  return kManifest;
}

// What lies there is what would have been written, no more and no less.
std::optional<Fault> compare(const std::vector<StoredFile>& files,
                             const std::map<std::string, std::string>& wanted) {
  const auto fault = [](FaultKind kind, std::string_view entry) {
    return Fault{.kind = kind, .entry = core::visible(entry), .error = {}};
  };
  for (const auto& [name, content] : wanted) {
    if (find(files, name) == nullptr) return fault(FaultKind::kMissing, name);
  }
  for (const StoredFile& file : files) {
    const auto found = wanted.find(file.name);
    if (found == wanted.end()) return fault(FaultKind::kUnknown, file.name);
    if (core::as_text(file.content) == found->second) continue;
    const bool is_manifest = file.name == kManifest;
    return fault(FaultKind::kContent, is_manifest ? blamed_by(file, files) : file.name);
  }
  if (!std::ranges::is_sorted(files, {}, &StoredFile::name)) {
    Fault order = fault(FaultKind::kArchive, "");
    order.error = {core::ErrorCode::kNotCanonical, "its files are not in order"};
    return order;
  }
  return std::nullopt;
}

}  // namespace

bool is_bundle(ByteView file) { return core::as_text(file).starts_with("PK\x03\x04"); }

core::Result<std::string> write(const Bundle& bundle) {
  HEYAN_TRY(const v1::RecordFile record,
            report::decode_record_file(core::as_bytes(bundle.record), core::Limits()));
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
  auto bundle = take_parts(*files);
  if (!bundle) return std::unexpected(std::move(bundle).error());
  auto record = report::decode_record_file(core::as_bytes(bundle->record), core::Limits());
  if (!record) return faulty(FaultKind::kContent, "case.hcr", record.error());
  const auto wanted = files_of(*bundle, *record);
  if (!wanted) return faulty(FaultKind::kContent, "case.hcr", wanted.error());
  if (auto fault = compare(*files, *wanted)) return std::unexpected(*std::move(fault));
  return Opened{.bundle = *std::move(bundle), .record = *std::move(record)};
}

}  // namespace heyan::bundle
