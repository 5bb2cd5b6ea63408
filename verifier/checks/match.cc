// MATCH-1 and MATCH-2: the file against the fingerprints of each record, and whether these still
// prove anything.
#include <algorithm>

#include "verifier/checks/digests.h"
#include "verifier/checks/explain.h"
#include "verifier/checks/families.h"
#include "verifier/checks/time_evidence.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::checks {
namespace {

constexpr std::size_t kShownNameCharacters = 40;

struct Comparisons {
  const v1::Digest* differing = nullptr;  // the first one
  bool equal = false;
  bool not_measured = false;
};

Comparisons compare_all(const v1::LedgerRecord& record, const v1::Measured& measured) {
  Comparisons all;
  for (const v1::Digest& digest : record.digests()) {
    switch (compare(digest, measured)) {
      case Comparison::kEqual:
        all.equal = true;
        break;
      case Comparison::kDiffers:
        if (all.differing == nullptr) all.differing = &digest;
        break;
      case Comparison::kNotMeasured:
        all.not_measured = true;
        break;
    }
  }
  return all;
}

v1::Finding differs(v1::ReasonCode code, const v1::Digest& recorded, const v1::Measured& measured,
                    bool tied_to_ledger) {
  v1::Finding finding = answer(v1::CHECK_MATCH_1, v1::OUTCOME_FAIL, code);
  // A record that nothing ties to a ledger says nothing about the evidence.
  if (!tied_to_ledger) finding.set_effect(v1::EFFECT_INCONCLUSIVE);
  set_param(finding, "algorithm", algorithm_name(recorded.algorithm()));
  set_param(finding, "recorded", core::to_hex(core::as_bytes(recorded.value())));
  const v1::MeasuredDigest* digest = find_digest(measured, recorded.algorithm());
  set_param(finding, "measured", core::to_hex(core::as_bytes(digest->first())));
  return finding;
}

Findings match_one(const ItemView& item, const v1::Attestation& attestation) {
  if (!attestation.has_record()) return {answer(v1::CHECK_MATCH_1, v1::OUTCOME_UNDETERMINED)};
  const v1::Measured& measured = item.measured.measured();
  const Comparisons all = compare_all(attestation.record(), measured);
  if (all.differing != nullptr) {
    const bool tied = is_inclusion_decided(attestation);
    Findings findings = {differs(v1::REASON_CONTENT_HASH_DIFFERS, *all.differing, measured, tied)};
    if (item.whole.records.in_other_record(item.index, measured)) {
      findings.push_back(differs(v1::REASON_WRONG_FILE_FOR_RECORD, *all.differing, measured, tied));
      return findings;
    }
    // A possible cause does what the difference does, and no more.
    for (const PossibleCause& cause : explain(*all.differing, measured, item.measured.contents())) {
      findings.push_back(differs(cause.code, *all.differing, measured, tied));
      for (const auto& [name, value] : cause.params) set_param(findings.back(), name, value);
    }
    return findings;
  }
  if (all.equal) return {answer(v1::CHECK_MATCH_1, v1::OUTCOME_PASS)};
  return {answer(v1::CHECK_MATCH_1,
                 all.not_measured ? v1::OUTCOME_NOT_PERFORMED : v1::OUTCOME_UNDETERMINED)};
}

v1::Finding weak(const v1::Digest& digest) {
  v1::Finding finding =
      answer(v1::CHECK_MATCH_2, v1::OUTCOME_FAIL, v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  set_param(finding, "algorithm", algorithm_name(digest.algorithm()));
  return finding;
}

v1::Finding unsupported(const v1::LedgerRecord& record) {
  v1::Finding finding =
      answer(v1::CHECK_MATCH_2, v1::OUTCOME_FAIL, v1::REASON_HASH_ALGORITHM_UNSUPPORTED);
  if (!record.unsupported_algorithm().empty()) {
    set_param(finding, "algorithm",
              core::visible(record.unsupported_algorithm(), kShownNameCharacters));
  }
  return finding;
}

// Among several fingerprints one that was compared and is acceptable is enough.
v1::Finding acceptable(const ItemView& item, const v1::Attestation& attestation,
                       const Judging& judging) {
  if (!attestation.has_record()) return answer(v1::CHECK_MATCH_2, v1::OUTCOME_UNDETERMINED);
  const v1::LedgerRecord& record = attestation.record();
  const v1::Measured& measured = item.measured.measured();
  const Comparisons all = compare_all(record, measured);
  if (!record.unsupported_algorithm().empty() && !all.equal) return unsupported(record);
  const v1::Digest* first_weak = nullptr;
  bool not_measured = false;
  for (const v1::Digest& digest : record.digests()) {
    if (!hash_of(digest.algorithm())) continue;
    const bool accepted = is_acceptable(digest.algorithm(), judging) ||
                          existed_before_sunset(digest.algorithm(), item, judging);
    if (!accepted) {
      if (first_weak == nullptr) first_weak = &digest;
    } else if (find_digest(measured, digest.algorithm()) == nullptr) {
      not_measured = true;
    } else {
      return answer(v1::CHECK_MATCH_2, v1::OUTCOME_PASS);
    }
  }
  if (not_measured) return answer(v1::CHECK_MATCH_2, v1::OUTCOME_NOT_PERFORMED);
  return first_weak != nullptr ? weak(*first_weak) : unsupported(record);
}

// What an operator attests is no record of a ledger: of the fingerprint in it, its own folder
// speaks.
bool is_of_operator(const v1::Attestation& attestation) {
  return attestation.tier() == v1::TIER_OPERATOR_ATTESTATION;
}

// Only of an operator: whether a record of a ledger matches is answered here alone.
Findings what_it_says(const v1::Attestation& attestation) {
  Findings findings;
  for (const v1::Finding& finding : attestation.findings()) {
    if (finding.check() == v1::CHECK_MATCH_1) findings.push_back(finding);
  }
  return findings;
}

}  // namespace

Findings match_1(const ItemView& item, const Judging&) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    const v1::Attestation& attestation = item.attestations[i];
    for (v1::Finding& finding :
         is_of_operator(attestation) ? what_it_says(attestation) : match_one(item, attestation)) {
      findings.push_back(about(std::move(finding), item, i));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_MATCH_1, v1::OUTCOME_UNDETERMINED));
  return findings;
}

Findings match_2(const ItemView& item, const Judging& judging) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    if (is_of_operator(item.attestations[i])) continue;
    findings.push_back(about(acceptable(item, item.attestations[i], judging), item, i));
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_MATCH_2, v1::OUTCOME_UNDETERMINED));
  return findings;
}

}  // namespace heyan::checks
