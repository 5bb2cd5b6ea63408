#include "verifier/ledgers/fabric/findings.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/answers.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::array<Reason, 4> kNotIncluded{Reason::kDataHash, Reason::kTxEncoding,
                                             Reason::kHeaderLink, Reason::kCommitHash};

class Findings : Answers {
 public:
  explicit Findings(const Judgement& judgement)
      : judgement_(judgement), evaluation_(judgement.evaluation) {}

  std::vector<v1::Finding> run() {
    answer_record();
    answer_inclusion();
    answer_quorum();
    answer_signatures();
    answer_keys();
    answer_time();
    answer_fork();
    answer_rejection();
    return take();
  }

 private:
  bool has(Reason reason) const { return judgement_.reasons.contains(reason); }

  bool is_authenticated() const {
    return evaluation_.single && evaluation_.single->ordering.authenticated;
  }

  // Numbers of the blocks that were looked through.
  std::string blocks() const {
    std::set<std::uint64_t> numbers;
    for (const BlockGroup& group : evaluation_.scene->groups) numbers.insert(group.number());
    std::string text;
    for (const std::uint64_t number : numbers)
      text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
  }

  // REC-1. A record is missing only where the block that lacks it is what the orderers signed.
  void answer_record() {
    const bool missing =
        has(Reason::kKeyNotFound) || has(Reason::kNamespace) || evaluation_.record_names_other_key;
    if (!is_authenticated()) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else if (missing) {
      const std::string& key = evaluation_.selection->key;
      const v1::ReasonCode code =
          key.empty() ? v1::REASON_RECORD_NOT_FOUND : v1::REASON_RECORD_ID_UNKNOWN;
      Params params{{"blocks", blocks()}};
      if (!key.empty()) params.emplace("record", key);
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, code, v1::EFFECT_NOT_FOUND, params);
    } else {
      answer_effect();
    }
  }

  // The record is there: does it count, was it committed, was it changed later?
  void answer_effect() {
    if (evaluation_.declared_invalid) {
      Params params{{"code", std::to_string(evaluation_.single->code)}};
      if (evaluation_.single->flag)
        params.emplace("flag", std::to_string(*evaluation_.single->flag));
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE,
          v1::EFFECT_INCONCLUSIVE, params);
    } else {
      add(v1::CHECK_REC_1, v1::OUTCOME_PASS);
      if (!judgement_.committed) {
        add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_COMMIT_NOT_PROVEN,
            v1::EFFECT_NOTE);
      }
    }
    if (evaluation_.later) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_RECORD_REVOKED_BY_PLATFORM,
          v1::EFFECT_NOTE,
          {{"block", std::to_string(evaluation_.later->block)},
           {"transaction", std::to_string(evaluation_.later->transaction)}});
    }
  }

  // INC-1: does the way lead from the record to what the orderers of the pinned network signed?
  void answer_inclusion() {
    const auto open = [&](v1::ReasonCode code) {
      add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE);
    };
    if (const std::string broken = names_among<Reason>(judgement_.reasons, kNotIncluded);
        !broken.empty()) {
      add(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID,
          v1::EFFECT_INCONSISTENT, {{"ledger_reasons", broken}});
    }
    if (has(Reason::kParse) || has(Reason::kFlagsLength))
      open(v1::REASON_INCLUSION_PROOF_MALFORMED);
    for (const std::string& hint : judgement_.proofs.unread_hints) open_hint(hint);
    if (evaluation_.named->contradicts_item) open_hint("key");
    if (has(Reason::kConfigAnchor)) open(v1::REASON_LEDGER_NOT_RECOGNISED);
    if (has(Reason::kOrdererSignature)) open(v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
    if (has(Reason::kUnsupported) || evaluation_.record_unreadable)
      open(v1::REASON_FORMAT_UNSUPPORTED);
    const bool nothing_offered = !evaluation_.selection && !has(Reason::kParse);
    if (nothing_offered && !is_answered(v1::CHECK_INC_1)) open(v1::REASON_INCLUSION_PROOF_MISSING);
    if (is_answered(v1::CHECK_INC_1)) return;
    add(v1::CHECK_INC_1, is_authenticated() ? v1::OUTCOME_PASS : v1::OUTCOME_UNDETERMINED);
  }

  // A hint that says nothing, or names another record than the item does: whoever wrote it meant
  // something, and what that was must not be guessed.
  void open_hint(const std::string& name) {
    add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MALFORMED,
        v1::EFFECT_INCONCLUSIVE, {{"hint", name}});
  }

  void answer_quorum() {
    const v1::Quorum& quorum = judgement_.quorum.quorum;
    const Params params{{"required", std::to_string(quorum.required())},
                        {"valid", std::to_string(quorum.valid())}};
    if (quorum.reached()) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, params);
    } else if (evaluation_.single && evaluation_.single->check) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    } else {
      add(v1::CHECK_QUO_1, v1::OUTCOME_UNDETERMINED);
    }
  }

  // QUO-3: is each signature mathematically good, as both libraries see it?
  void answer_signatures() {
    for (const JudgedSignature& one : judgement_.signatures) {
      for (const v1::ReasonCode code : one.reasons) {
        if (code != v1::REASON_NODE_SIGNATURE_INVALID &&
            code != v1::REASON_SIGNATURE_ENGINES_DISAGREE)
          continue;
        const bool decides =
            code == v1::REASON_SIGNATURE_ENGINES_DISAGREE && judgement_.disagreement_decides;
        add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, code,
            decides ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NOTE, who(one),
            one.entry.institution());
      }
    }
    // A disagreement inside a chain of certificates leaves no signature of its own to name.
    const bool named = std::ranges::any_of(findings_, [](const v1::Finding& finding) {
      return finding.code() == v1::REASON_SIGNATURE_ENGINES_DISAGREE;
    });
    if (judgement_.disagreement_decides && !named) {
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          v1::EFFECT_NOT_COMPLETED);
    }
    if (!is_answered(v1::CHECK_QUO_3)) add(v1::CHECK_QUO_3, nothing_wrong());
  }

  v1::Outcome nothing_wrong() const {
    return judgement_.signatures.empty() ? v1::OUTCOME_NOT_APPLICABLE : v1::OUTCOME_PASS;
  }

  static Params who(const JudgedSignature& one) {
    return {{"role", one.entry.role()}, {"signer", one.entry.signer()}};
  }

  // KEY-1 and KEY-2: certificates in time, and of institutions on the trust list; a config that
  // nobody approved.
  void answer_keys() {
    for (const JudgedSignature& one : judgement_.signatures) {
      for (const v1::ReasonCode code : one.reasons) {
        switch (code) {
          case v1::REASON_NODE_CERT_EXPIRED_NO_POE:
          case v1::REASON_NODE_CERT_NOT_YET_VALID:
          case v1::REASON_NODE_CERT_REVOKED_NO_POE:
          case v1::REASON_REVOCATION_UNAVAILABLE:
            add(v1::CHECK_KEY_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_NOTE, with_period(one),
                one.entry.institution());
            break;
          case v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST:
            add(v1::CHECK_KEY_2, v1::OUTCOME_FAIL, code, v1::EFFECT_NOTE, who(one));
            break;
          default:
            break;
        }
      }
    }
    if (evaluation_.scene->config_unapproved || has(Reason::kConfigChain) ||
        has(Reason::kConfigMismatch)) {
      add(v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::REASON_CONFIG_NOT_APPROVED,
          v1::EFFECT_INCONCLUSIVE);
    }
    for (const v1::CheckId check : {v1::CHECK_KEY_1, v1::CHECK_KEY_2}) {
      if (!is_answered(check)) add(check, nothing_wrong());
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

  // TIM-1: headers of blocks have no time; the client's is a claim that endorsers signed but did
  // not measure.
  void answer_time() {
    if (evaluation_.record) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_DECLARED, v1::REASON_TIME_ONLY_DECLARED, v1::EFFECT_NOTE);
    } else {
      add(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE);
    }
  }

  // INC-2: blocks that the orderers signed and that contradict each other. From that height on
  // nothing is concluded until the court has ruled (security decision 22).
  void answer_fork() {
    if (!evaluation_.fork) return;
    add(v1::CHECK_INC_2, v1::OUTCOME_FAIL, v1::REASON_CHAIN_FORK_DETECTED, v1::EFFECT_INCONCLUSIVE,
        {{"height", std::to_string(*evaluation_.fork)}});
  }

  bool is_kept_open() const {
    return std::ranges::any_of(findings_, [](const v1::Finding& one) {
      if (one.effect() != v1::EFFECT_NONE && one.effect() != v1::EFFECT_NOTE) return true;
      const bool decides = one.check() == v1::CHECK_REC_1 || one.check() == v1::CHECK_INC_1 ||
                           one.check() == v1::CHECK_QUO_1;
      return decides && one.outcome() != v1::OUTCOME_PASS && one.effect() == v1::EFFECT_NONE;
    });
  }

  // The last word: a proof that the network's own rules refuse establishes nothing.
  void answer_rejection() {
    const Reasons reasons = without_uncounted(judgement_.reasons);
    if (outcome(reasons) != v1::PROOF_OUTCOME_REJECT || is_kept_open()) return;
    std::string text;
    for (const std::string& one : sorted_names(reasons)) text += (text.empty() ? "" : ",") + one;
    add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE, v1::EFFECT_INCONCLUSIVE,
        {{"ledger_reasons", text}});
  }

  const Judgement& judgement_;
  const Evaluation& evaluation_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const Judgement& judgement) {
  return Findings(judgement).run();
}

}  // namespace heyan::ledgers::fabric
