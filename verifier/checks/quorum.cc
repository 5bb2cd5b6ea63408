// QUO-1 to QUO-3: did enough institutions sign, and would they without those linked to a party?
#include <algorithm>

#include "verifier/checks/families.h"

namespace heyan::checks {
namespace {

v1::Finding counted(v1::Finding finding, const v1::Quorum& quorum) {
  set_param(finding, "required", std::to_string(quorum.required()));
  set_param(finding, "valid", std::to_string(quorum.valid()));
  set_param(finding, "neutral", std::to_string(quorum.neutral()));
  return finding;
}

// Does the trust list leave open whose a signer is that the quorum was counted with?
bool has_unnamed_signer(const v1::Attestation& attestation) {
  return std::ranges::any_of(attestation.signatures(), [](const v1::Signature& one) {
    return one.quorum() && one.counted() && one.institution().empty();
  });
}

// "Still" reached: where the quorum itself is missed, only an actual loss is told.
Findings neutral_quorum(const ItemView& item, const v1::Attestation& attestation) {
  const v1::Quorum& quorum = attestation.quorum();
  if (!quorum.reached() && quorum.neutral() >= quorum.valid()) {
    return {answer(v1::CHECK_QUO_2, v1::OUTCOME_NOT_APPLICABLE)};
  }
  const trust::Links& links = item.whole.links;
  const bool unnamed = !quorum.neutral_reached() && has_unnamed_signer(attestation);
  Findings findings;
  if (!quorum.neutral_reached() && !unnamed) {
    findings.push_back(counted(
        answer(v1::CHECK_QUO_2, v1::OUTCOME_FAIL, v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY),
        quorum));
  }
  if (unnamed || (!links.established && !links.declared)) {
    findings.push_back(
        answer(v1::CHECK_QUO_2, v1::OUTCOME_UNDETERMINED, v1::REASON_LINKS_NOT_ESTABLISHED));
  }
  if (findings.empty()) {
    // Offline the links are what the submission says of them.
    findings.push_back(counted(
        answer(v1::CHECK_QUO_2, links.established ? v1::OUTCOME_PASS : v1::OUTCOME_DECLARED),
        quorum));
  }
  return findings;
}

}  // namespace

Findings quo_1(const ItemView& item, const Judging&) {
  return from_attestations_all(v1::CHECK_QUO_1, item);
}

Findings quo_2(const ItemView& item, const Judging&) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    if (item.attestations[i].tier() != v1::TIER_CHAIN_PROOF) continue;
    for (v1::Finding& finding : neutral_quorum(item, item.attestations[i])) {
      findings.push_back(about(std::move(finding), item, i));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_QUO_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

Findings quo_3(const ItemView& item, const Judging&) {
  Findings findings = from_attestations(v1::CHECK_QUO_3, item);
  if (findings.empty()) findings.push_back(answer(v1::CHECK_QUO_3, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
