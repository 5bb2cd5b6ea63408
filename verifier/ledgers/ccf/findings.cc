#include <array>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/ccf/judgement.h"

namespace heyan::ledgers::ccf {
namespace {

constexpr std::array kMalformed{Reason::kParse, Reason::kNodeCertificate, Reason::kNodeId};
constexpr std::array kUnsupported{Reason::kUnsupported, Reason::kRecordUnreadable};
constexpr std::array kOtherLedger{Reason::kNotEndorsed};
constexpr std::array kNotSigned{Reason::kRootSignature, Reason::kNoQuorum};

class Findings : Answers {
 public:
  explicit Findings(const Judgement& judgement) : judgement_(judgement) {}

  std::vector<v1::Finding> run() {
    answer_record();
    answer_inclusion();
    answer_quorum();
    answer_signature();
    answer_keys();
    answer_time();
    return take();
  }

 private:
  bool has(Reason reason) const { return judgement_.reasons.contains(reason); }

  void answer_record() {
    if (!judgement_.record) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else if (judgement_.other_named) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_ID_UNKNOWN, v1::EFFECT_NOT_FOUND,
          {{"transaction", judgement_.transaction}});
    } else {
      add(v1::CHECK_REC_1, v1::OUTCOME_PASS);
    }
  }

  template <std::size_t N>
  void open(const std::array<Reason, N>& asked, v1::ReasonCode code) {
    const std::string why = names_among<Reason>(judgement_.reasons, asked);
    if (why.empty()) return;
    add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE,
        {{"ledger_reasons", why}});
  }

  // INC-1: does the way lead from the claims to a root that the service signed? Below one that it
  // did not sign there is nothing to be contradicted.
  void answer_inclusion() {
    if (has(Reason::kClaimsMismatch) && judgement_.standing && judgement_.standing->holds) {
      add(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID,
          v1::EFFECT_INCONSISTENT,
          {{"ledger_reasons", std::string(name(Reason::kClaimsMismatch))}});
    }
    open(kMalformed, v1::REASON_INCLUSION_PROOF_MALFORMED);
    open(kUnsupported, v1::REASON_FORMAT_UNSUPPORTED);
    open(kOtherLedger, v1::REASON_LEDGER_NOT_RECOGNISED);
    open(kNotSigned, v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
    if (has(Reason::kNoClaims)) {
      add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MISSING,
          v1::EFFECT_INCONCLUSIVE, {{"part", "claims"}});
    }
    if (is_answered(v1::CHECK_INC_1)) return;
    add(v1::CHECK_INC_1, judgement_.record ? v1::OUTCOME_PASS : v1::OUTCOME_UNDETERMINED);
  }

  void answer_quorum() {
    if (!judgement_.authenticated) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_UNDETERMINED);
      return;
    }
    const v1::Quorum& quorum = judgement_.standing->quorum;
    const Params params{{"required", std::to_string(quorum.required())},
                        {"valid", std::to_string(quorum.valid())}};
    if (judgement_.standing->holds) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, params);
    } else {
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    }
  }

  Params who() const {
    const v1::Signature& signature = judgement_.standing->signature;
    return {{"role", signature.role()}, {"signer", signature.signer()}};
  }

  // QUO-3: is the node's signature mathematically good, as both libraries see it? They may also
  // differ on its certificate, which leaves no signature to name.
  void answer_signature() {
    if (!judgement_.standing) {
      add(v1::CHECK_QUO_3, v1::OUTCOME_NOT_APPLICABLE);
    } else if (has(Reason::kEnginesDisagree)) {
      const bool decides = judgement_.reasons == Reasons{Reason::kEnginesDisagree};
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          decides ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NOTE, who(),
          judgement_.standing->signature.institution());
    } else if (has(Reason::kRootSignature)) {
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_NODE_SIGNATURE_INVALID, v1::EFFECT_NOTE,
          who(), judgement_.standing->signature.institution());
    } else {
      add(v1::CHECK_QUO_3, v1::OUTCOME_PASS);
    }
  }

  // KEY-1: was the node's certificate in its term? Nothing shows when it signed. KEY-2: whose node
  // it is says the service of the trust list.
  void answer_keys() {
    if (!judgement_.standing) {
      add(v1::CHECK_KEY_1, v1::OUTCOME_NOT_APPLICABLE);
      add(v1::CHECK_KEY_2, v1::OUTCOME_NOT_APPLICABLE);
      return;
    }
    const v1::Signature& signature = judgement_.standing->signature;
    const trust::KeyValidity& validity = judgement_.standing->validity;
    if (validity.reason == v1::REASON_NONE) {
      add(v1::CHECK_KEY_1, validity.outcome);
    } else {
      Params params = who();
      params.emplace("valid_from",
                     core::format_rfc3339(core::from_unix_ms(signature.valid_from_ms())));
      params.emplace("valid_until",
                     core::format_rfc3339(core::from_unix_ms(signature.valid_until_ms())));
      add(v1::CHECK_KEY_1, validity.outcome, validity.reason, v1::EFFECT_NOTE, params,
          signature.institution());
    }
    add(v1::CHECK_KEY_2,
        signature.institution().empty() ? v1::OUTCOME_UNDETERMINED : v1::OUTCOME_PASS);
  }

  // TIM-1: a receipt states no time.
  void answer_time() {
    if (judgement_.record) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_DECLARED, v1::REASON_TIME_ONLY_DECLARED, v1::EFFECT_NOTE);
    } else {
      add(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE);
    }
  }

  const Judgement& judgement_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const Judgement& judgement) {
  return Findings(judgement).run();
}

}  // namespace heyan::ledgers::ccf
