#include "verifier/checks/record_index.h"

#include <algorithm>

#include "verifier/checks/digests.h"
#include "verifier/checks/findings.h"

namespace heyan::checks {

void RecordIndex::add(std::size_t item, const v1::Attestation& attestation) {
  if (!attestation.has_record() || !is_included(attestation)) return;
  for (const v1::Digest& digest : attestation.record().digests()) {
    const auto [entry, fresh] =
        holders_.try_emplace({digest.algorithm(), digest.value()}, Holders{.first = item});
    if (!fresh && entry->second.first != item) entry->second.several = true;
  }
}

bool RecordIndex::in_other_record(std::size_t item, const v1::Measured& measured) const {
  return std::ranges::any_of(measured.digests(), [&](const v1::MeasuredDigest& digest) {
    if (digest.first() != digest.second()) return false;
    const auto found = holders_.find({digest.algorithm(), digest.first()});
    return found != holders_.end() && (found->second.first != item || found->second.several);
  });
}

}  // namespace heyan::checks
