#include "verifier/ledgers/ccf/judgement.h"
#include "verifier/ledgers/operated.h"

namespace heyan::ledgers::ccf {
namespace {

using crypto::SignatureOutcome;

constexpr std::string_view kRole = "VALIDATOR";

v1::Signature describe(const Evaluation& evaluation, const CcfConfig& config) {
  const crypto::Certificate& node = *evaluation.node;
  v1::Signature entry;
  entry.set_role(std::string(kRole));
  entry.set_signer(core::to_hex(node.key().sha256()));
  if (evaluation.endorsed) entry.set_institution(config.operator_id);
  entry.set_key_sha256(core::to_string(node.sha256()));
  entry.set_valid_from_ms(core::to_unix_ms(node.not_before()));
  entry.set_valid_until_ms(core::to_unix_ms(node.not_after()));
  const bool good = evaluation.signature == SignatureOutcome::kValid;
  entry.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!good) {
    entry.set_reason(evaluation.signature == SignatureOutcome::kEnginesDisagree
                         ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
                         : v1::REASON_NODE_SIGNATURE_INVALID);
  }
  return entry;
}

}  // namespace

Standing stand(const Evaluation& evaluation, const CcfConfig& config,
               const trust::LedgerEntry& entry, const Judging& judging) {
  Standing standing{.signature = describe(evaluation, config), .validity = {}, .quorum = {}};
  const trust::ValidityPeriod period{.from = evaluation.node->not_before(),
                                     .until = evaluation.node->not_after(),
                                     .revoked_at = std::nullopt};
  standing.validity = trust::key_validity(period, {}, judging.as_of, judging.policy);
  const bool counts = evaluation.authenticated() && standing.validity.counted;
  if (evaluation.authenticated() && !counts)
    standing.signature.set_reason(standing.validity.reason);
  standing.signature.set_counted(counts);
  standing.signature.set_quorum(counts);
  standing.quorum = operator_quorum(config.operator_id, counts, entry, judging);
  standing.holds = counts && standing.quorum.reached();
  return standing;
}

}  // namespace heyan::ledgers::ccf
