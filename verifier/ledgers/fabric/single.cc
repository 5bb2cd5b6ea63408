#include "verifier/ledgers/fabric/single.h"

#include <algorithm>

#include "verifier/ledgers/fabric/block_replay.h"

namespace heyan::ledgers::fabric {
namespace {

class KnownPolicies : public PolicySource {
 public:
  KnownPolicies(std::string_view chaincode, const EndorsementPolicy* policy,
                const ChannelConfig& config)
      : chaincode_(chaincode), policy_(policy), config_(config) {}

  Answer evaluate(std::string_view name, std::string_view collection,
                  std::span<const Identity* const> endorsers) override {
    if (name == chaincode_) {
      return policy_ != nullptr && policy_->evaluate(config_, endorsers) ? Answer::kSatisfied
                                                                         : Answer::kNotSatisfied;
    }
    if (name == kLifecycleNamespace && collection.empty()) {
      return config_.satisfied(kLifecycleEndorsement, endorsers) ? Answer::kSatisfied
                                                                 : Answer::kNotSatisfied;
    }
    return Answer::kSatisfied;
  }

 private:
  std::string_view chaincode_;
  const EndorsementPolicy* policy_;
  const ChannelConfig& config_;
};

// The last write of the key in the transaction is the one that stays. Where the key stands in
// another namespace only, that one's: the finding NAMESPACE says so. Null where nothing stays.
const Write* record_write(const ParsedTransaction& transaction, std::string_view chaincode,
                          std::string_view key) {
  const Write* found = last_write(transaction, chaincode, key);
  if (found != nullptr) return found->is_delete ? nullptr : found;
  for (const NamespaceSet& set : transaction.rwset.namespaces) {
    const Write* other = last_write(transaction, set.name, key);
    if (other != nullptr && !other->is_delete) found = other;
  }
  return found;
}

void check_flags(const Block& block, SingleAnswer& answer) {
  if (block.flags.empty()) {
    answer.reasons.insert(Reason::kNoValidationFlags);
    return;
  }
  if (block.flags.size() != block.entries.size()) {
    answer.reasons.insert(Reason::kFlagsLength);
    return;
  }
  if (!answer.transaction || !answer.check) return;
  answer.flag = block.flags[*answer.transaction];
  if (*answer.flag == answer.code) return;
  const bool beyond_one_block = *answer.flag == kDuplicateTxid ||
                                *answer.flag == kMvccReadConflict ||
                                *answer.flag == kPhantomReadConflict;
  answer.reasons.insert(answer.code == kValid && beyond_one_block ? Reason::kFlaggedInvalid
                                                                  : Reason::kFlagMismatch);
}

// STRICTER than Fabric: what a peer might let pass, but no evidence should rest on.
void check_strictly(const ParsedTransaction& transaction, std::string_view chaincode,
                    SingleAnswer& answer) {
  if (transaction.response.response.status != 200) answer.reasons.insert(Reason::kTransaction);
  const NamespaceSet* set = transaction.rwset.find(chaincode);
  // A key with a policy of its own answers to that one, which is not evaluated here.
  const bool own_policies = set != nullptr && set->metadata_writes;
  if (own_policies || (answer.check && answer.check->unsupported))
    answer.reasons.insert(Reason::kUnsupported);
}

std::optional<std::size_t> choose(const KeyPlaces& places, const SingleQuestion& question,
                                  BlockReplay& replay, Reasons& reasons) {
  const auto is_named = [&](std::size_t index) {
    return !question.transaction || index == *question.transaction;
  };
  std::optional<std::size_t> first;
  for (const std::size_t index : places.in_namespace) {
    if (!is_named(index)) continue;
    if (!first) first = index;
    if (question.transaction || replay.check(index).code == kValid) return index;
  }
  if (first) return first;
  for (const std::size_t index : places.elsewhere) {
    if (!is_named(index)) continue;
    reasons.insert(Reason::kNamespace);
    return index;
  }
  reasons.insert(Reason::kKeyNotFound);
  return std::nullopt;
}

void take_transaction(const SingleQuestion& question,
                      std::span<const ParsedTransaction> transactions, BlockReplay& replay,
                      SingleAnswer& answer) {
  const KeyPlaces places = find_key(transactions, question.chaincode, question.key);
  answer.transaction = choose(places, question, replay, answer.reasons);
  if (!answer.transaction) return;
  const ParsedTransaction& transaction = transactions[*answer.transaction];
  answer.txid = transaction.header.channel.txid;
  answer.client_time = transaction.header.channel.time;
  answer.check = replay.check(*answer.transaction);
  answer.code = answer.check->code;
  answer.reasons.insert(answer.check->reasons.begin(), answer.check->reasons.end());
  check_strictly(transaction, question.chaincode, answer);
  const Write* write = record_write(transaction, question.chaincode, question.key);
  if (answer.ordering.authenticated && write != nullptr) answer.value = write->value;
  if (question.policy == nullptr) return;
  for (const Identity* identity : good_identities(answer.check->endorsers)) {
    if (question.policy->names(*answer.config->config, *identity))
      answer.endorsing_msps.push_back(identity->msp);
  }
  std::ranges::sort(answer.endorsing_msps);
}

}  // namespace

std::unique_ptr<PolicySource> known_policies(std::string_view chaincode,
                                             const EndorsementPolicy* policy,
                                             const ChannelConfig& config) {
  return std::make_unique<KnownPolicies>(chaincode, policy, config);
}

KeyPlaces find_key(std::span<const ParsedTransaction> transactions, std::string_view chaincode,
                   std::string_view key) {
  KeyPlaces places;
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    if (record_write(transactions[i], chaincode, key) == nullptr) continue;
    const bool here = last_write(transactions[i], chaincode, key) != nullptr;
    (here ? places.in_namespace : places.elsewhere).push_back(i);
  }
  return places;
}

SingleAnswer judge_single(const SingleQuestion& question, const ConfigChain& configs,
                          Identities& identities) {
  SingleAnswer answer;
  const Block& block = *question.copies.front();
  answer.config = configs.in_force(block.header.number);
  if (answer.config == nullptr) answer.config = &configs.first();
  const ChannelConfig& config = *answer.config->config;
  // Read here where nobody has read it before.
  std::optional<ReadBlock> own;
  if (question.read == nullptr) own.emplace(ByteView{}, block);
  const ReadBlock& read = own ? *own : *question.read;
  if (question.ordering != nullptr) {
    answer.ordering = *question.ordering;
  } else {
    const Reasons data = read.data(identities.verifier());
    answer.ordering =
        check_block(question.copies, answer.config->number, config, identities, &data);
  }
  answer.reasons = answer.ordering.reasons;
  if (answer.ordering.authenticated &&
      answer.ordering.organisations.size() < question.min_orderer_orgs) {
    answer.reasons.insert(Reason::kOrdererQuorum);
  }

  const std::span<const ParsedTransaction> transactions = read.transactions();
  const std::unique_ptr<PolicySource> policies =
      known_policies(question.chaincode, question.policy, config);
  BlockReplay replay(transactions, read.index(), block.header.number, configs.channel(), *policies,
                     config, identities);
  // Only what the data hash binds is worth looking into; an ambiguous or unbound list holds no
  // record.
  const bool bound =
      !answer.reasons.contains(Reason::kDataHash) && !answer.reasons.contains(Reason::kTxEncoding);
  if (bound) take_transaction(question, transactions, replay, answer);
  check_flags(block, answer);
  return answer;
}

}  // namespace heyan::ledgers::fabric
