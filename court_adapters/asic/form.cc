#include "court_adapters/asic/form.h"

#include <algorithm>

namespace heyan::court_adapters::asic {
namespace {

constexpr std::uint64_t kMostMimetypeBytes = 256;

std::size_t count(const Package& package, EntryKind kind) {
  return static_cast<std::size_t>(std::ranges::count(package.entries(), kind, &Entry::kind));
}

bool has_signature(const Package& package) {
  return std::ranges::any_of(package.entries(), [](const Entry& entry) {
    return entry.kind != EntryKind::kObject && entry.kind != EntryKind::kMimetype &&
           entry.kind != EntryKind::kOther;
  });
}

// Where no media type says it.
bool looks_simple(const Package& package) {
  if (count(package, EntryKind::kManifest) > 0) return false;
  if (count(package, EntryKind::kXmlSignatures) > 0) {
    return package.find("META-INF/signatures.xml") != nullptr &&
           count(package, EntryKind::kObject) == 1;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

Fault fault_of_mimetype(Code code, Weight weight) {
  return {.code = code, .weight = weight, .entry = std::string(kMimetypeName), .source = {}};
}

// ASiC-S: exactly one object, at the root (EN 319 162-1 4.3.3.2).
void check_simple(const Package& package, std::vector<Fault>& faults) {
  if (count(package, EntryKind::kManifest) > 0) {
    faults.push_back(fault_of_mimetype(Code::kTypeMismatch, Weight::kWhole));
  }
  const Entry* first = nullptr;
  for (const Entry& entry : package.entries()) {
    if (entry.kind != EntryKind::kObject) continue;
    const bool at_root = !entry.name.contains('/');
    if (at_root && first == nullptr) {
      first = &entry;
      continue;
    }
    faults.push_back(
        {.code = Code::kExtraObject, .weight = Weight::kWhole, .entry = entry.name, .source = {}});
  }
}

}  // namespace

std::optional<Layout> layout_of(Package& package) {
  Layout layout;
  const bool signatures = has_signature(package);
  const Entry* const entry = package.find(kMimetypeName);
  if (entry == nullptr) {
    if (!signatures) return std::nullopt;
    layout.faults.push_back(fault_of_mimetype(Code::kMimetypeMissing, Weight::kForm));
    layout.simple = looks_simple(package);
    if (layout.simple) check_simple(package, layout.faults);
    return layout;
  }
  const auto bytes =
      entry->size <= kMostMimetypeBytes ? package.read(*entry) : core::Result<core::Bytes>();
  const std::string said = bytes ? core::to_string(*bytes) : std::string();
  layout.simple = trimmed(said) == kSimple;
  if (!layout.simple && trimmed(said) != kExtended) {
    if (!signatures) return std::nullopt;
    layout.faults.push_back(fault_of_mimetype(Code::kTypeMismatch, Weight::kWhole));
    layout.simple = looks_simple(package);
  } else if (said != kSimple && said != kExtended) {
    layout.faults.push_back(fault_of_mimetype(Code::kMimetypeInexact, Weight::kForm));
  }
  if (!entry->first) {
    layout.faults.push_back(fault_of_mimetype(Code::kMimetypeNotFirst, Weight::kForm));
  }
  if (!entry->stored) {
    layout.faults.push_back(fault_of_mimetype(Code::kMimetypeCompressed, Weight::kForm));
  }
  if (layout.simple) {
    check_simple(package, layout.faults);
  } else if (count(package, EntryKind::kXmlSignatures) + count(package, EntryKind::kManifest) ==
                 0 &&
             count(package, EntryKind::kCmsSignature) + count(package, EntryKind::kTimestamp) > 0) {
    layout.faults.push_back(fault_of_mimetype(Code::kTypeMismatch, Weight::kWhole));
  }
  return layout;
}

Form form_of(const Package& package, bool simple) {
  if (count(package, EntryKind::kXmlSignatures) > 0) {
    return simple ? Form::kSimpleXades : Form::kExtendedXades;
  }
  if (count(package, EntryKind::kCmsSignature) > 0) {
    return simple ? Form::kSimpleCades : Form::kExtendedCades;
  }
  if (count(package, EntryKind::kTimestamp) > 0) {
    return simple ? Form::kSimpleTimestamp : Form::kExtendedTimestamp;
  }
  return Form::kUnknown;
}

}  // namespace heyan::court_adapters::asic
