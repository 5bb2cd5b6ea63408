#include "verifier/ledgers/chainmaker/signatures.h"

#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/trust/links.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::string_view kVoter = "VALIDATOR";
constexpr std::string_view kProposer = "PROPOSER";
constexpr std::string_view kSender = "CREATOR";
constexpr std::string_view kEndorser = "ENDORSER";
constexpr std::size_t kMostUnknown = 32;     // votes of nobody that are shown
constexpr std::size_t kNameCharacters = 64;  // of a signer, who may be anybody

class Collector {
 public:
  explicit Collector(const Judging& judging) : judging_(judging) {}

  void add_vote(const VoteCheck& vote) {
    if (vote.validator == nullptr && ++unknown_ > kMostUnknown) return;
    JudgedSignature judged = start(vote.by, kVoter);
    judged.entry.set_signer(core::visible(vote.voter, kNameCharacters));
    judged.decides = true;
    if (vote.state == VoteState::kCounted) {
      judged.entry.set_institution(vote.validator->institution);
      judged.entry.set_counted(true);
      judged.entry.set_quorum(true);
      judge_period(vote.by.signer, judged);
    } else {
      refuse(vote, judged);
    }
    finish(std::move(judged));
  }

  void add_other(const SignatureCheck& by, std::string_view role) {
    JudgedSignature judged = start(by, role);
    judged.entry.set_signer(core::visible(by.signer.org_id, kNameCharacters));
    judged.entry.set_institution(by.signer.institution);
    const bool anybody = by.signer.fault == SignerFault::kUnknownKey;
    if (by.is_bad()) {
      judged.reasons.push_back(bad(by));
    } else if (!by.signer.is_trusted()) {
      // In public-key mode anybody may send.
      judged.voids = role != kProposer && !anybody;
      if (role != kSender || !anybody) judged.reasons.push_back(untrusted(by.signer));
    } else {
      judged.entry.set_counted(role != kSender && !by.signer.revoked);
      judge_period(by.signer, judged);
    }
    finish(std::move(judged));
  }

  std::vector<JudgedSignature> result;

 private:
  static JudgedSignature start(const SignatureCheck& by, std::string_view role) {
    JudgedSignature judged;
    v1::Signature& entry = judged.entry;
    entry.set_role(std::string(role));
    entry.set_outcome(by.is_good()  ? v1::OUTCOME_PASS
                      : by.is_bad() ? v1::OUTCOME_FAIL
                                    : v1::OUTCOME_NOT_PERFORMED);
    entry.set_key_sha256(by.signer.key_sha256());
    if (by.signer.certificate) {
      entry.set_valid_from_ms(core::to_unix_ms(by.signer.certificate->not_before()));
      entry.set_valid_until_ms(core::to_unix_ms(by.signer.certificate->not_after()));
    }
    return judged;
  }

  static v1::ReasonCode bad(const SignatureCheck& by) {
    return by.outcome == crypto::SignatureOutcome::kEnginesDisagree
               ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
               : v1::REASON_NODE_SIGNATURE_INVALID;
  }

  static v1::ReasonCode untrusted(const Signer& signer) {
    if (signer.revoked) return v1::REASON_NODE_CERT_REVOKED_NO_POE;
    switch (signer.fault) {
      case SignerFault::kExpired:
        return v1::REASON_NODE_CERT_EXPIRED_AT_SIGNING;
      case SignerFault::kNotYetValid:
        return v1::REASON_NODE_CERT_NOT_YET_VALID;
      case SignerFault::kFrozen:
        return v1::REASON_NODE_CERT_REVOKED_BEFORE;
      default:
        return v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST;
    }
  }

  static void refuse(const VoteCheck& vote, JudgedSignature& judged) {
    if (vote.by.signer.is_trusted()) judged.entry.set_institution(vote.by.signer.institution);
    switch (vote.state) {
      case VoteState::kNotValidator:
      case VoteState::kSharedKey:
        judged.reasons.push_back(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
        break;
      case VoteState::kNotTrusted:
        judged.reasons.push_back(untrusted(vote.by.signer));
        break;
      case VoteState::kBadSignature:
        judged.reasons.push_back(bad(vote.by));
        break;
      default:
        break;  // no vote for this block, or one that was counted already
    }
  }

  // A block's own time never proves that its own signers were in order (security decision 7).
  void judge_period(const Signer& signer, JudgedSignature& judged) {
    if (!signer.certificate) return;
    if (signer.revocation_unavailable) judged.reasons.push_back(v1::REASON_REVOCATION_UNAVAILABLE);
    if (signer.revoked) judged.reasons.push_back(v1::REASON_NODE_CERT_REVOKED_NO_POE);
    if (signer.certificate->not_after() >= judging_.as_of) return;
    judged.reasons.push_back(v1::REASON_NODE_CERT_EXPIRED_NO_POE);
    if (judging_.policy.strict_expiry) judged.entry.set_counted(false);
  }

  void finish(JudgedSignature judged) {
    if (!judged.reasons.empty()) judged.entry.set_reason(judged.reasons.front());
    result.push_back(std::move(judged));
  }

  const Judging& judging_;
  std::size_t unknown_ = 0;
};

// The institutions whose signatures count, of one of the two quorums.
std::set<std::string> institutions_of(const std::vector<JudgedSignature>& signatures,
                                      std::string_view role) {
  std::set<std::string> result;
  for (const JudgedSignature& one : signatures) {
    if (one.entry.role() == role && one.entry.counted()) result.insert(one.entry.institution());
  }
  return result;
}

std::size_t votes_of(const std::vector<JudgedSignature>& signatures,
                     const std::set<std::string>& left_out) {
  return static_cast<std::size_t>(std::ranges::count_if(signatures, [&](const auto& one) {
    return one.decides && one.entry.counted() && !left_out.contains(one.entry.institution());
  }));
}

}  // namespace

std::vector<JudgedSignature> judge_signatures(const BlockCheck& block,
                                              const TransactionCheck& transaction,
                                              const Judging& judging) {
  Collector collector(judging);
  for (const VoteCheck& vote : block.votes) collector.add_vote(vote);
  if (block.header && block.header->proposer) collector.add_other(block.proposer, kProposer);
  if (!transaction.transaction) return std::move(collector.result);
  collector.add_other(transaction.signers.sender, kSender);
  for (const SignatureCheck& one : transaction.signers.endorsers)
    collector.add_other(one, kEndorser);
  return std::move(collector.result);
}

QuorumFacts count(const std::vector<JudgedSignature>& signatures, const BlockCheck& block,
                  const ChainmakerConfig& config, const trust::LedgerEntry& entry,
                  const Judging& judging) {
  const std::set<std::string> linked =
      trust::find_links(judging.trust, judging.record, judging.circumstances).institutions;
  const auto quorum_of = [&](const std::string& rule, std::string_view role, v1::Quorum& quorum) {
    const std::set<std::string> present = institutions_of(signatures, role);
    const auto all = trust::count_quorum(judging.trust, rule, present);
    const auto neutral = trust::count_quorum(judging.trust, rule, trust::without(present, linked));
    quorum.set_rule(rule);
    quorum.set_required(all.required);
    quorum.set_valid(all.valid);
    quorum.set_neutral(neutral.valid);
    quorum.set_reached(all.reached);
    quorum.set_neutral_reached(neutral.reached);
    return present;
  };
  QuorumFacts facts;
  quorum_of(entry.quorum, kVoter, facts.quorum);
  const auto holds = [&](const std::set<std::string>& left_out) {
    return config.is_cosigned() && block.needed > 0 &&
           votes_of(signatures, left_out) >= block.needed;
  };
  facts.quorum.set_reached(facts.quorum.reached() && holds({}));
  facts.quorum.set_neutral_reached(facts.quorum.reached() && facts.quorum.neutral_reached() &&
                                   holds(linked));
  v1::Quorum record;
  const std::set<std::string> signed_by = quorum_of(config.record_quorum, kEndorser, record);
  if (signed_by.empty()) return facts;
  if (config.record_quorum.empty()) {
    record.set_valid(static_cast<std::uint32_t>(signed_by.size()));
    record.set_neutral(static_cast<std::uint32_t>(trust::without(signed_by, linked).size()));
  }
  facts.record_quorum = std::move(record);
  return facts;
}

}  // namespace heyan::ledgers::chainmaker
