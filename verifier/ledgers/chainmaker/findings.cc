#include "verifier/ledgers/chainmaker/findings.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/answers.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::array kNotIncluded{Reason::kBlockHashMismatch, Reason::kTxNotInBlock,
                                  Reason::kRwSetMismatch};
constexpr std::array kBadSigners{Reason::kBadSender, Reason::kBadEndorsement};

class Findings : Answers {
 public:
  Findings(const Evaluation& evaluation, const v1::Item& item, const ChainmakerConfig& config,
           bool disagreement_decides)
      : evaluation_(evaluation),
        item_(item),
        config_(config),
        disagreement_decides_(disagreement_decides) {}

  std::vector<v1::Finding> run() {
    answer_record();
    answer_inclusion();
    answer_quorum();
    answer_signatures();
    answer_keys();
    answer_time();
    if (evaluation_.fork) {
      add(v1::CHECK_INC_2, v1::OUTCOME_FAIL, v1::REASON_CHAIN_FORK_DETECTED,
          v1::EFFECT_INCONCLUSIVE, {{"height", std::to_string(*evaluation_.fork)}});
    }
    return take();
  }

 private:
  bool has(Reason reason) const { return evaluation_.reasons.contains(reason); }

  // REC-1. A record is missing only where what was looked at is what the chain signed.
  void answer_record() {
    std::string faults = has(Reason::kTxFailed) ? std::string(name(Reason::kTxFailed)) : "";
    // Of a sender whom the list does not know nothing is said but that (KEY-2).
    if (evaluation_.transaction.signers.any_is_bad())
      faults += (faults.empty() ? "" : ",") + names_among<Reason>(evaluation_.reasons, kBadSigners);
    if (!faults.empty()) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE,
          v1::EFFECT_INCONCLUSIVE, {{"ledger_reasons", faults}});
    } else if (evaluation_.record) {
      add(v1::CHECK_REC_1, v1::OUTCOME_PASS);
    } else if (!evaluation_.authentic || evaluation_.unreadable_record || lacks_state()) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else if (is_undecided_multi_sign()) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE,
          v1::EFFECT_INCONCLUSIVE, {{"contract", std::string(kMultiSignContract)}});
    } else {
      Params params{{"blocks", std::to_string(evaluation_.block->header->height)}};
      const bool named = evaluation_.other_record;
      if (named) params.emplace("record", item_.record().id());
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL,
          named ? v1::REASON_RECORD_ID_UNKNOWN : v1::REASON_RECORD_NOT_FOUND, v1::EFFECT_NOT_FOUND,
          params);
    }
  }

  bool is_multi_sign() const {
    return evaluation_.transaction.transaction->payload.contract == kMultiSignContract;
  }

  // What multi-sign did is in the read-write set alone.
  bool lacks_state() const { return is_multi_sign() && !evaluation_.offered->proof->rw_set; }

  // A request, or a vote after which more are wanted: nothing was carried out.
  bool is_undecided_multi_sign() const {
    return is_multi_sign() && !evaluation_.transaction.record_call();
  }

  // INC-1: does the way lead from the record to what this chain signed?
  void answer_inclusion() {
    const auto open = [&](v1::ReasonCode code, const Params& params = {}) {
      add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE, params);
    };
    if (const std::string broken = names_among<Reason>(evaluation_.reasons, kNotIncluded);
        !broken.empty()) {
      add(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID,
          v1::EFFECT_INCONSISTENT, {{"ledger_reasons", broken}});
    }
    if (has(Reason::kParse) || has(Reason::kBadProof)) open(v1::REASON_INCLUSION_PROOF_MALFORMED);
    if (!evaluation_.offered->unmet.empty())
      open(v1::REASON_INCLUSION_PROOF_MALFORMED, {{"hint", evaluation_.offered->unmet}});
    if (has(Reason::kChainMismatch)) open(v1::REASON_LEDGER_NOT_RECOGNISED);
    if (has(Reason::kBadProposerSignature)) open(v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
    if (has(Reason::kUnsupported) || evaluation_.unreadable_record)
      open(v1::REASON_FORMAT_UNSUPPORTED);
    if (!is_answered(v1::CHECK_INC_1) && !evaluation_.offered->proof)
      open(v1::REASON_INCLUSION_PROOF_MISSING);
    if (is_answered(v1::CHECK_INC_1)) return;
    const bool signed_block = evaluation_.block && evaluation_.block->is_authentic();
    add(v1::CHECK_INC_1, signed_block ? v1::OUTCOME_PASS : v1::OUTCOME_UNDETERMINED);
  }

  void answer_quorum() {
    const v1::Quorum& quorum = evaluation_.quorum.quorum;
    Params params{{"required", std::to_string(quorum.required())},
                  {"valid", std::to_string(quorum.valid())}};
    const bool looked =
        evaluation_.block && evaluation_.block->header && !has(Reason::kUnsupported);
    if (looked && !config_.is_cosigned()) {
      params.emplace("consensus", std::string(name(config_.consensus)));
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_NOT_COSIGNED, v1::EFFECT_INCONCLUSIVE,
          params);
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    } else if (!looked) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_UNDETERMINED);
    } else if (quorum.reached()) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, params);
    } else {
      params.emplace("votes", std::to_string(evaluation_.block->counted));
      params.emplace("votes_needed", std::to_string(evaluation_.block->needed));
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    }
  }

  // QUO-3: is each signature mathematically good, as both libraries see it?
  void answer_signatures() {
    bool named = false;
    for (const JudgedSignature& one : evaluation_.signatures) {
      for (const v1::ReasonCode code : one.reasons) {
        const bool disagree = code == v1::REASON_SIGNATURE_ENGINES_DISAGREE;
        if (code != v1::REASON_NODE_SIGNATURE_INVALID && !disagree) continue;
        named = named || disagree;
        const bool decides = disagree && disagreement_decides_;
        add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, code,
            decides ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NOTE, who(one),
            one.entry.institution());
      }
    }
    // A disagreement inside a chain of certificates leaves no signature of its own to name.
    if (disagreement_decides_ && !named) {
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          v1::EFFECT_NOT_COMPLETED);
    }
    if (!is_answered(v1::CHECK_QUO_3)) add(v1::CHECK_QUO_3, nothing_wrong());
  }

  v1::Outcome nothing_wrong() const {
    return evaluation_.signatures.empty() ? v1::OUTCOME_NOT_APPLICABLE : v1::OUTCOME_PASS;
  }

  static Params who(const JudgedSignature& one) {
    return {{"role", one.entry.role()}, {"signer", one.entry.signer()}};
  }

  // KEY-1 and KEY-2: certificates in time, and of institutions on the trust list; a config that
  // nobody approved.
  void answer_keys() {
    for (const JudgedSignature& one : evaluation_.signatures) {
      for (const v1::ReasonCode code : one.reasons) answer_key(one, code);
    }
    if (has(Reason::kConfigMismatch)) {
      add(v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::REASON_CONFIG_NOT_APPROVED,
          v1::EFFECT_INCONCLUSIVE);
    }
    for (const v1::CheckId check : {v1::CHECK_KEY_1, v1::CHECK_KEY_2}) {
      if (!is_answered(check)) add(check, nothing_wrong());
    }
  }

  void answer_key(const JudgedSignature& one, v1::ReasonCode code) {
    const v1::Effect effect = one.voids ? v1::EFFECT_INCONCLUSIVE : v1::EFFECT_NOTE;
    switch (code) {
      case v1::REASON_NODE_CERT_EXPIRED_AT_SIGNING:
      case v1::REASON_NODE_CERT_EXPIRED_NO_POE:
      case v1::REASON_NODE_CERT_NOT_YET_VALID:
      case v1::REASON_NODE_CERT_REVOKED_BEFORE:
      case v1::REASON_NODE_CERT_REVOKED_NO_POE:
      case v1::REASON_REVOCATION_UNAVAILABLE:
        add(v1::CHECK_KEY_1, v1::OUTCOME_UNDETERMINED, code, effect, with_period(one),
            one.entry.institution());
        break;
      case v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST:
        add(v1::CHECK_KEY_2, v1::OUTCOME_FAIL, code, effect, who(one));
        break;
      default:
        break;
    }
  }

  static Params with_period(const JudgedSignature& one) {
    Params params = who(one);
    const v1::Signature& entry = one.entry;
    if (entry.has_valid_from_ms()) {
      params.emplace("valid_from", core::format_rfc3339(core::from_unix_ms(entry.valid_from_ms())));
      params.emplace("valid_until",
                     core::format_rfc3339(core::from_unix_ms(entry.valid_until_ms())));
    }
    return params;
  }

  // TIM-1: the block's time is the proposer's clock.
  void answer_time() {
    if (evaluation_.record) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_DECLARED, v1::REASON_TIME_ONLY_FROM_NODE_CLOCK,
          v1::EFFECT_NOTE);
    } else {
      add(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE);
    }
  }

  const Evaluation& evaluation_;
  const v1::Item& item_;
  const ChainmakerConfig& config_;
  bool disagreement_decides_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const Evaluation& evaluation, const v1::Item& item,
                                       const ChainmakerConfig& config, bool disagreement_decides) {
  return Findings(evaluation, item, config, disagreement_decides).run();
}

}  // namespace heyan::ledgers::chainmaker
