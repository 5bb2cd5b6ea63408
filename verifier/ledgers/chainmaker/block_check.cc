#include "verifier/ledgers/chainmaker/block_check.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace heyan::ledgers::chainmaker {
namespace {

using crypto::SignatureOutcome;

constexpr std::size_t kMaxVotes = 2'000;
constexpr std::int64_t kLatestSecond = 253'402'300'799;  // end of the year 9999
constexpr std::uint64_t kMaxBftNumber = 3;

class Checker {
 public:
  Checker(ByteView header, ByteView vote_set, Signers& signers)
      : signers_(signers), config_(signers.config()), check_(std::make_shared<BlockCheck>()) {
    check_->header_bytes = core::to_bytes(header);
    check_->vote_bytes = core::to_bytes(vote_set);
  }

  std::shared_ptr<const BlockCheck> run() {
    auto header = parse_header(check_->header_bytes);
    if (!header || header->time_seconds < 0 || header->time_seconds > kLatestSecond) {
      check_->reasons.insert(Reason::kParse);
      return check_;
    }
    check_->header = *std::move(header);
    check_->time = core::from_unix_ms(this->header().time_seconds * 1000);
    check_identity();
    if (check_->reasons.contains(Reason::kUnsupported)) return check_;
    if (config_.is_cosigned()) {
      check_votes();
    } else {
      check_->reasons.insert(Reason::kNotCosigned);
    }
    check_proposer();
    return check_;
  }

 private:
  const Header& header() const { return *check_->header; }

  void check_identity() {
    if (header().chain_id != config_.chain_id) check_->reasons.insert(Reason::kChainMismatch);
    check_->hash = signers_.verifier().digest(header().hashed());
    if (!core::equal(check_->hash, header().hash))
      check_->reasons.insert(Reason::kBlockHashMismatch);
    const bool max_bft =
        config_.consensus == Consensus::kMaxBft || header().consensus == kMaxBftNumber;
    if (max_bft) {
      check_->reasons.insert(Reason::kUnsupported);
    } else if (header().consensus != 0 && header().consensus != number_of(config_.consensus)) {
      check_->reasons.insert(Reason::kConfigMismatch);
    }
    if (!config_.knows_config(header().config_height, header().height))
      check_->reasons.insert(Reason::kConfigMismatch);
  }

  void check_votes() {
    const auto validators = config_.validators_at(header().height);
    check_->needed = votes_needed(validators.size());
    const auto set = parse_vote_set(check_->vote_bytes);
    if (!set || set->votes.size() > kMaxVotes) {
      check_->reasons.insert(Reason::kParse);
    } else {
      check_->votes.reserve(set->votes.size());
      for (const Vote& vote : set->votes)
        check_->votes.push_back(check_vote(vote, *set, validators));
      leave_out_shared_keys();
    }
    for (const VoteCheck& one : check_->votes) tell(one.state);
    if (check_->counted < check_->needed || validators.empty())
      check_->reasons.insert(Reason::kNoQuorum);
  }

  VoteCheck check_vote(const Vote& vote, const VoteSet& set,
                       const std::vector<const Validator*>& validators) {
    VoteCheck check;
    check.voter = vote.key;
    check.state = judge_vote(vote, set, validators, check);
    return check;
  }

  void tell(VoteState state) {
    switch (state) {
      case VoteState::kCounted:
        ++check_->counted;
        break;
      case VoteState::kOtherBlock:
        check_->reasons.insert(Reason::kQcHashMismatch);
        break;
      case VoteState::kNotValidator:
      case VoteState::kNotTrusted:
      case VoteState::kSharedKey:
        check_->reasons.insert(Reason::kSignerNotTrusted);
        break;
      case VoteState::kBadSignature:
        check_->reasons.insert(Reason::kBadSignature);
        break;
      default:
        break;
    }
  }

  // Of one institution the first vote stands; of several none does.
  void leave_out_shared_keys() {
    std::map<Bytes, std::vector<VoteCheck*>> by_key;
    for (VoteCheck& one : check_->votes) {
      if (one.state == VoteState::kCounted)
        by_key[core::to_bytes(one.by.signer.key->sha256())].push_back(&one);
    }
    for (const auto& [key, votes] : by_key) {
      const bool shared = std::ranges::any_of(votes, [&](const VoteCheck* one) {
        return one->validator->institution != votes.front()->validator->institution;
      });
      for (VoteCheck* one : votes) {
        if (shared) one->state = VoteState::kSharedKey;
        if (!shared && one != votes.front()) one->state = VoteState::kRepeated;
      }
    }
  }

  VoteState judge_vote(const Vote& vote, const VoteSet& set,
                       const std::vector<const Validator*>& validators, VoteCheck& check) {
    // A map has each key once; of those that stand again on the wire nothing is looked at.
    if (!seen_.insert(vote.key).second) return VoteState::kRepeated;
    const auto validator = std::ranges::find(validators, vote.key, &Validator::node_id);
    if (validator == validators.end() || vote.key != vote.voter) return VoteState::kNotValidator;
    check.validator = *validator;
    const bool this_set = set.type == kPrecommit && set.height == header().height &&
                          vote.type == kPrecommit && vote.height == set.height &&
                          vote.round == set.round;
    if (!this_set) return VoteState::kNotThisVote;
    if (core::as_text(vote.hash) == kNilHash) return VoteState::kNil;
    if (!core::equal(vote.hash, check_->hash)) return VoteState::kOtherBlock;
    if (!vote.endorsement || !vote.endorsement->signer) return VoteState::kNotTrusted;
    check.by.signer = signers_.resolve(*vote.endorsement->signer, check_->time, header().height);
    check.by.outcome =
        signers_.verify(check.by.signer, vote.signed_bytes, vote.endorsement->signature);
    if (!speaks_for(check.by.signer, *check.validator)) return VoteState::kNotTrusted;
    if (!check.by.is_good()) return VoteState::kBadSignature;
    return VoteState::kCounted;
  }

  bool speaks_for(const Signer& signer, const Validator& validator) const {
    if (!signer.is_trusted() || signer.revoked) return false;
    if (!config_.with_certificates) return validator.key && *signer.key == *validator.key;
    return signer.role == kConsensusRole && signer.org_id == validator.org_id;
  }

  // Revocation is no fault of a proposer: it is not counted, and the block stands by its votes.
  void check_proposer() {
    if (header().proposer) {
      check_->proposer.signer = signers_.resolve(*header().proposer, check_->time, header().height);
      check_->proposer.outcome =
          signers_.verify(check_->proposer.signer, check_->hash, header().signature);
    }
    const Signer& signer = check_->proposer.signer;
    const bool may_propose = signer.is_trusted() &&
                             (!config_.with_certificates || signer.role == kConsensusRole) &&
                             is_of_validator(signer);
    if (!may_propose) check_->reasons.insert(Reason::kSignerNotTrusted);
    if (!may_propose || !check_->proposer.is_good())
      check_->reasons.insert(Reason::kBadProposerSignature);
  }

  bool is_of_validator(const Signer& signer) const {
    const auto validators = config_.validators_at(header().height);
    if (validators.empty()) return !config_.is_cosigned();
    return std::ranges::any_of(validators, [&](const Validator* one) {
      return config_.with_certificates ? one->org_id == signer.org_id
                                       : one->key && *one->key == *signer.key;
    });
  }

  Signers& signers_;
  const ChainmakerConfig& config_;
  std::shared_ptr<BlockCheck> check_;
  std::set<std::string_view> seen_;  // keys of the set
};

}  // namespace

bool BlockCheck::is_authentic() const {
  Reasons deciding = without_uncounted(reasons);
  deciding.erase(Reason::kNotCosigned);
  return header && deciding.empty();
}

std::size_t votes_needed(std::size_t validators) { return validators * 2 / 3 + 1; }

std::shared_ptr<const BlockCheck> check_block(ByteView header, ByteView vote_set, Signers& signers,
                                              KnownBlocks& known) {
  const auto question = [&](ByteView of_header, ByteView of_votes) {
    return KnownBlocks::Question{&signers.config(), signers.verifier().counts_disagreeing(),
                                 core::as_text(of_header), core::as_text(of_votes)};
  };
  const auto found = known.answers.find(question(header, vote_set));
  if (found != known.answers.end()) return found->second;
  auto check = Checker(header, vote_set, signers).run();
  known.answers.emplace(question(check->header_bytes, check->vote_bytes), check);
  return check;
}

}  // namespace heyan::ledgers::chainmaker
