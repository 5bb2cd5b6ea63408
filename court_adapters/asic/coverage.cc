#include "court_adapters/asic/coverage.h"

namespace heyan::court_adapters::asic {
namespace {

using Needed = std::map<std::string, std::set<crypto::Hash>, std::less<>>;

void need(const Package& package, const Reference& reference, Needed& needed) {
  if (!reference.hash || !reference.names_entry) return;
  if (!reference.name.empty()) {
    needed[reference.name].insert(*reference.hash);
    return;
  }
  for (const Entry& entry : package.entries()) {
    if (entry.kind == EntryKind::kObject) needed[entry.name].insert(*reference.hash);
  }
}

}  // namespace

Coverage::Coverage(Package& package, std::span<const Signature> signatures,
                   crypto::SignatureChecker& checker)
    : package_(package) {
  Needed needed;
  for (const Signature& signature : signatures) {
    if (signature.content) need(package, *signature.content, needed);
    for (const Reference& reference : signature.references) need(package, reference, needed);
  }
  for (const auto& [name, hashes] : needed) {
    const Entry* const entry = package.find(name);
    if (entry == nullptr) continue;
    Digests& found = digests_[name];
    auto values = package.digests(*entry, hashes, checker);
    if (values) {
      found.values = *std::move(values);
    } else {
      const bool disagree = values.error().code == core::ErrorCode::kInternal;
      found.failed = disagree ? Fit::kUndecided : Fit::kDamaged;
    }
  }
}

Fit Coverage::fit(const Reference& reference) const {
  if (!reference.names_entry) return Fit::kMissing;
  if (!reference.hash) {
    return package_.find(reference.name) == nullptr ? Fit::kMissing : Fit::kUnsupported;
  }
  const auto found = digests_.find(reference.name);
  if (found == digests_.end()) return Fit::kMissing;
  if (found->second.failed != Fit::kFits) return found->second.failed;
  return found->second.values.at(*reference.hash) == reference.digest ? Fit::kFits : Fit::kDiffers;
}

const Entry* Coverage::object_of(const Reference& reference) const {
  for (const Entry& entry : package_.entries()) {
    if (entry.kind != EntryKind::kObject) continue;
    Reference named = reference;
    named.name = entry.name;
    if (fit(named) == Fit::kFits) return &entry;
  }
  return nullptr;
}

}  // namespace heyan::court_adapters::asic
