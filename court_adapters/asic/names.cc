#include "court_adapters/asic/names.h"

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::asic {
namespace {

constexpr std::string_view kFolder = "META-INF/";

bool is_between(std::string_view name, std::string_view begin, std::string_view end) {
  return name.size() >= begin.size() + end.size() && name.starts_with(begin) && name.ends_with(end);
}

}  // namespace

EntryKind kind_of(std::string_view name) {
  if (name == kMimetypeName) return EntryKind::kMimetype;
  if (!name.starts_with(kFolder)) return EntryKind::kObject;
  name.remove_prefix(kFolder.size());
  if (name.contains('/')) return EntryKind::kObject;
  if (is_between(name, "ASiCManifest", ".xml")) return EntryKind::kManifest;
  if (is_between(name, "ASiCArchiveManifest", ".xml")) return EntryKind::kArchiveManifest;
  if (name.starts_with("ASiCEvidenceRecordManifest") || name.contains("evidencerecord")) {
    return EntryKind::kEvidenceRecord;
  }
  if (name.contains("signatures") && name.ends_with(".xml")) return EntryKind::kXmlSignatures;
  if (name.ends_with(".p7s")) return EntryKind::kCmsSignature;
  if (name.ends_with(".tst")) return EntryKind::kTimestamp;
  if (name == "manifest.xml" || name == "container.xml") return EntryKind::kOther;
  return EntryKind::kObject;
}

std::optional<std::string> name_of(std::string_view address) {
  std::string name;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (address[i] == '?' || address[i] == '#') return std::nullopt;
    // A scheme: the first part of a relative address holds no ":" (RFC 3986 4.2).
    if (address[i] == ':' && !address.substr(0, i).contains('/')) return std::nullopt;
    if (address[i] != '%') {
      name += address[i];
      continue;
    }
    const auto octet = core::from_hex(address.substr(i + 1, 2));
    if (!octet || octet->size() != 1) return std::nullopt;
    name += static_cast<char>(octet->front());
    i += 2;
  }
  if (name.empty() || name.starts_with('/') || !core::is_utf8(name)) return std::nullopt;
  return name;
}

}  // namespace heyan::court_adapters::asic
