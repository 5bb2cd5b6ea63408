#include "verifier/ledgers/fabric/signatures.h"

#include <algorithm>

#include "verifier/ledgers/fabric/key_status.h"
#include "verifier/trust/links.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kEndorser = "ENDORSER";
constexpr std::string_view kOrderer = "ORDERER";
constexpr std::string_view kWitness = "WITNESS";
constexpr std::string_view kCreator = "CREATOR";

v1::ReasonCode reason_of(const SignerCheck& check) {
  if (!check.identity->valid()) {
    return check.identity->fault == IdentityFault::kRevoked
               ? v1::REASON_NODE_CERT_REVOKED_NO_POE
               : v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST;
  }
  if (check.duplicate) return v1::REASON_NONE;
  return check.signature == crypto::SignatureOutcome::kEnginesDisagree
             ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
             : v1::REASON_NODE_SIGNATURE_INVALID;
}

class Collector {
 public:
  Collector(const Evaluation& evaluation, const FabricConfig& config, const Judging& judging,
            Verifier& verifier)
      : evaluation_(evaluation), config_(config), keys_(evaluation, judging, verifier) {}

  std::vector<JudgedSignature> collect() {
    const SingleAnswer& single = *evaluation_.single;
    if (single.check) {
      for (const SignerCheck& one : single.check->endorsers)
        add(one, kEndorser, may_endorse(*one.identity));
    }
    for (const SignerCheck& one : single.ordering.signers) {
      add(one, kOrderer, may_order(*one.identity, *single.config->config));
    }
    for (const JudgedAnswer& one : evaluation_.answers) {
      const bool confirms = one.check.holds() && one.check.code == kValid;
      if (one.check.signer) add(*one.check.signer, kWitness, confirms);
    }
    if (single.check && single.check->creator) add(*single.check->creator, kCreator, false);
    return std::move(result_);
  }

 private:
  // A peer, or any member of an organisation without node roles, that the policy names.
  bool may_endorse(const Identity& identity) const {
    const bool is_peer = identity.role == NodeRole::kPeer || identity.role == NodeRole::kNone;
    return is_peer && evaluation_.policy &&
           evaluation_.policy->names(*evaluation_.single->config->config, identity);
  }

  void add(const SignerCheck& check, std::string_view role, bool has_standing) {
    const Identity& identity = *check.identity;
    JudgedSignature judged;
    judged.identity = &identity;
    v1::Signature& entry = judged.entry;
    entry.set_signer(identity.msp);
    entry.set_role(std::string(role));
    entry.set_outcome(check.good() ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
    describe_certificate(identity, entry);
    if (identity.valid()) entry.set_institution(config_.institution(identity.msp));
    if (check.good()) {
      judge_good(identity, role, has_standing, judged);
    } else if (const v1::ReasonCode reason = reason_of(check); reason != v1::REASON_NONE) {
      judged.reasons.push_back(reason);
    } else {
      entry.set_outcome(
          v1::OUTCOME_NOT_PERFORMED);  // a second one of the same key is not looked at
    }
    if (!judged.reasons.empty()) entry.set_reason(judged.reasons.front());
    result_.push_back(std::move(judged));
  }

  void judge_good(const Identity& identity, std::string_view role, bool has_standing,
                  JudgedSignature& judged) {
    v1::Signature& entry = judged.entry;
    // The client's signature binds the request; nobody is counted by it.
    if (role == kCreator) return;
    const bool wants_institution = role == kEndorser || role == kWitness;
    if (wants_institution && has_standing && entry.institution().empty()) {
      judged.reasons.push_back(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
      return;
    }
    const KeyStatus status = keys_.judge(identity, entry.institution());
    judged.reasons = status.reasons;
    entry.set_counted(has_standing && status.counted);
    entry.set_quorum(role == kEndorser && has_standing);
  }

  static void describe_certificate(const Identity& identity, v1::Signature& entry) {
    if (!identity.certificate) return;
    entry.set_key_sha256(core::to_string(identity.certificate->sha256()));
    entry.set_valid_from_ms(core::to_unix_ms(identity.certificate->not_before()));
    entry.set_valid_until_ms(core::to_unix_ms(identity.certificate->not_after()));
  }

  const Evaluation& evaluation_;
  const FabricConfig& config_;
  KeyStatuses keys_;
  std::vector<JudgedSignature> result_;
};

// Those of a role that are counted, without institutions left out.
std::vector<const Identity*> counted(const std::vector<JudgedSignature>& signatures,
                                     std::string_view role, const std::set<std::string>& left_out) {
  std::vector<const Identity*> result;
  for (const JudgedSignature& one : signatures) {
    const bool linked =
        !one.entry.institution().empty() && left_out.contains(one.entry.institution());
    if (one.entry.role() == role && one.entry.counted() && !linked) result.push_back(one.identity);
  }
  return result;
}

std::set<std::string> institutions_of(const std::vector<JudgedSignature>& signatures,
                                      std::string_view role) {
  std::set<std::string> result;
  for (const JudgedSignature& one : signatures) {
    if (one.entry.role() == role && one.entry.counted()) result.insert(one.entry.institution());
  }
  return result;
}

bool policy_holds(const Evaluation& evaluation, std::span<const Identity* const> endorsers) {
  const ChannelConfig& config = *evaluation.single->config->config;
  if (!evaluation.policy || !evaluation.policy->evaluate(config, endorsers)) return false;
  return !evaluation.stricter_policy || evaluation.stricter_policy->evaluate(config, endorsers);
}

bool has_orderers(std::span<const Identity* const> orderers, std::uint32_t wanted) {
  std::set<std::string> organisations;
  for (const Identity* identity : orderers) organisations.insert(identity->msp);
  return organisations.size() >= wanted;
}

}  // namespace

std::vector<JudgedSignature> judge_signatures(const Evaluation& evaluation,
                                              const FabricConfig& config, const Judging& judging,
                                              Verifier& verifier) {
  if (!evaluation.single) return {};
  return Collector(evaluation, config, judging, verifier).collect();
}

QuorumFacts count(const std::vector<JudgedSignature>& signatures, const Evaluation& evaluation,
                  const FabricConfig& config, const trust::LedgerEntry& entry,
                  const Judging& judging) {
  QuorumFacts facts;
  facts.quorum.set_rule(entry.quorum);
  const std::set<std::string> institutions = institutions_of(signatures, kEndorser);
  const trust::QuorumCount all = trust::count_quorum(judging.trust, entry.quorum, institutions);
  facts.quorum.set_required(all.required);
  facts.quorum.set_valid(all.valid);
  if (!evaluation.single) return facts;

  const std::set<std::string> linked =
      trust::find_links(judging.trust, judging.record, judging.circumstances).institutions;
  const trust::QuorumCount neutral =
      trust::count_quorum(judging.trust, entry.quorum, trust::without(institutions, linked));
  facts.quorum.set_neutral(neutral.valid);
  const auto orderers = counted(signatures, kOrderer, {});
  const bool ordered = evaluation.single->ordering.authenticated.has_value();
  facts.policy_holds = policy_holds(evaluation, counted(signatures, kEndorser, {}));
  facts.ordering_holds =
      ordered && has_orderers(orderers, config.min_orderer_orgs) &&
      evaluation.single->config->config->satisfied("/Channel/Orderer/BlockValidation", orderers);
  facts.quorum.set_reached(all.reached && facts.policy_holds && facts.ordering_holds);
  const bool neutral_ordering =
      has_orderers(counted(signatures, kOrderer, linked), config.min_orderer_orgs);
  facts.quorum.set_neutral_reached(
      facts.quorum.reached() && neutral.reached && neutral_ordering &&
      policy_holds(evaluation, counted(signatures, kEndorser, linked)));
  facts.committed_by = institutions_of(signatures, kWitness);
  return facts;
}

}  // namespace heyan::ledgers::fabric
