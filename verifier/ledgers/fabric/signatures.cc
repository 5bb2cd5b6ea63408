#include "verifier/ledgers/fabric/signatures.h"

#include <algorithm>
#include <map>

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
    leave_out_shared_keys();
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
    const KeyStatus status = keys_.judge(identity, entry.institution());
    judged.stands = has_standing && status.counted;
    if (has_standing && entry.institution().empty()) {
      judged.reasons.push_back(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
      return;
    }
    judged.reasons = status.reasons;
    entry.set_counted(judged.stands);
    entry.set_quorum(role == kEndorser && has_standing);
  }

  // Whoever holds the key could have signed for each of those institutions.
  void leave_out_shared_keys() {
    std::map<Bytes, std::set<std::string>> holders;
    for (const JudgedSignature& one : result_) {
      if (!one.identity->valid()) continue;
      const std::string& institution = one.entry.institution();
      holders[key_of(one)].insert(institution.empty() ? "msp:" + one.identity->msp : institution);
    }
    for (JudgedSignature& one : result_) {
      if (!one.identity->valid() || holders[key_of(one)].size() < 2 || !one.stands) continue;
      one.stands = false;
      one.entry.set_counted(false);
      one.reasons = {v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST};
      one.entry.set_reason(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
    }
  }

  static Bytes key_of(const JudgedSignature& one) {
    return core::to_bytes(one.identity->certificate->key().sha256());
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

// Those of a role that stand, without institutions left out. `listed`: of the trust list only.
std::vector<const Identity*> standing(const std::vector<JudgedSignature>& signatures,
                                      std::string_view role, const std::set<std::string>& left_out,
                                      bool listed) {
  std::vector<const Identity*> result;
  for (const JudgedSignature& one : signatures) {
    const bool linked =
        !one.entry.institution().empty() && left_out.contains(one.entry.institution());
    const bool counts = listed ? one.entry.counted() : one.stands;
    if (one.entry.role() == role && counts && !linked) result.push_back(one.identity);
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

// One that stands is enough where the trust list asks for no more than one; beyond that,
// institutions of the list are counted.
bool has_orderers(const std::vector<JudgedSignature>& signatures,
                  const std::set<std::string>& left_out, std::uint32_t wanted) {
  if (wanted <= 1) return !standing(signatures, kOrderer, left_out, false).empty();
  return trust::without(institutions_of(signatures, kOrderer), left_out).size() >= wanted;
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
  const bool ordered = evaluation.single->ordering.authenticated.has_value();
  facts.policy_holds = policy_holds(evaluation, standing(signatures, kEndorser, {}, true));
  facts.orderers_missing = ordered && !has_orderers(signatures, {}, config.min_orderer_orgs);
  facts.ordering_holds =
      ordered && !facts.orderers_missing &&
      evaluation.single->config->config->satisfied("/Channel/Orderer/BlockValidation",
                                                   standing(signatures, kOrderer, {}, false));
  facts.quorum.set_reached(all.reached && facts.policy_holds && facts.ordering_holds);
  const bool neutral_ordering = has_orderers(signatures, linked, config.min_orderer_orgs);
  facts.quorum.set_neutral_reached(
      facts.quorum.reached() && neutral.reached && neutral_ordering &&
      policy_holds(evaluation, standing(signatures, kEndorser, linked, true)));
  facts.committed_by = institutions_of(signatures, kWitness);
  return facts;
}

}  // namespace heyan::ledgers::fabric
