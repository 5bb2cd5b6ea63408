#include "verifier/ledgers/fabric/evaluation.h"

#include <algorithm>
#include <map>

#include "verifier/ledgers/fabric/block_replay.h"
#include "verifier/ledgers/fabric/definition_block.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxCopies = 64;  // of one block; more orderers than any network has

class Evaluator {
 public:
  Evaluator(const OfferedProofs& proofs, const FabricConfig& config, const v1::ItemRecord& measured,
            Identities& identities)
      : proofs_(proofs),
        config_(config),
        measured_(measured.measured()),
        identities_(identities),
        verifier_(identities.verifier()) {}

  Evaluation run() {
    if (!proofs_.unreadable.empty()) result_.reasons.insert(Reason::kParse);
    result_.selection =
        select_record(proofs_, config_.chaincode, config_.places, measured_, verifier_.limits());
    take_configs();
    check_other_data();
    if (result_.configs && result_.selection) {
      run_chain();
      take_policy();
      judge_block();
      check_stricter_policy();
      judge_answers();
      read_record();
      use_chain();
      find_later_write();
    }
    return std::move(result_);
  }

 private:
  const OfferedBlock& record_block() const { return *result_.selection->copies.front(); }

  void add(const Reasons& reasons) { result_.reasons.insert(reasons.begin(), reasons.end()); }

  // A proof that does not lead to its own header speaks against the item, whichever block it is.
  void check_other_data() {
    for (const OfferedBlock& block : proofs_.blocks) {
      const bool judged_later = result_.configs && result_.selection && &block == &record_block();
      if (!judged_later) add(check_data(block.block, verifier_));
    }
  }

  // The reviewed chain, then those blocks of the submission that go on from it.
  void take_configs() {
    std::vector<const OfferedBlock*> offered;
    for (const OfferedBlock& block : proofs_.blocks) {
      if (block.is_config) offered.push_back(&block);
    }
    std::ranges::stable_sort(offered, {},
                             [](const OfferedBlock* one) { return one->block.header.number; });
    if (config_.configs) {
      result_.configs = config_.configs;
    } else if (!start_from_pin(offered)) {
      return;
    }
    for (const OfferedBlock* block : offered) take_config(*block);
  }

  bool start_from_pin(const std::vector<const OfferedBlock*>& offered) {
    if (offered.empty() || offered.front()->block.header.number != 0) return false;
    auto chain = ConfigChain::start(KeptBytes::view(offered.front()->bytes), *config_.pin,
                                    config_.channel, verifier_);
    if (!chain) {
      result_.reasons.insert(chain.error());
      return false;
    }
    result_.configs = *std::move(chain);
    return true;
  }

  void take_config(const OfferedBlock& block) {
    const std::uint64_t number = block.block.header.number;
    if (const ConfigLink* known = result_.configs->at(number)) {
      const bool same = core::equal(header_hash(block.block.header, verifier_), known->header_hash);
      if (!same) result_.reasons.insert(number == 0 ? Reason::kConfigAnchor : Reason::kConfigChain);
      return;
    }
    if (number < result_.configs->latest().number) {
      result_.reasons.insert(Reason::kConfigChain);
      return;
    }
    if (const auto added = result_.configs->append(KeptBytes::view(block.bytes), identities_);
        !added) {
      result_.reasons.insert(Reason::kConfigChain);
      return;
    }
    if (result_.configs->latest().changes_trust) result_.config_unapproved = true;
  }

  // The whole chain, where the proofs are one.
  void run_chain() {
    std::map<std::uint64_t, KeptBytes> reviewed;
    if (config_.configs) {
      for (const ConfigLink& link : config_.configs->links())
        reviewed.emplace(link.number, link.block);
    }
    const std::vector<KeptBytes> run = contiguous_run(proofs_, record_block(), reviewed);
    if (run.empty()) return;
    const Bytes& pin = result_.configs->first().header_hash;
    const ChainQuestion question{.blocks = run,
                                 .pin = pin,
                                 .channel = config_.channel,
                                 .chaincode = config_.chaincode,
                                 .key = result_.selection->key,
                                 .policies = {}};
    result_.chain = judge_chain(question, identities_);
  }

  // What the chain, or a definition that came along, says of the policy at the record's block.
  std::optional<EndorsementPolicy> policy_on_chain() {
    if (result_.chain) {
      for (const HistoryEntry& entry : result_.chain->history) {
        if (entry.block == record_block().block.header.number && entry.policy) return entry.policy;
      }
    }
    return find_definition(proofs_, record_block(), result_.selection->key, config_.chaincode,
                           *result_.configs, identities_);
  }

  // The trust list's policy holds; what stands on the chain may ask for more, never for less.
  void take_policy() {
    std::optional<EndorsementPolicy> found = policy_on_chain();
    if (config_.policy) {
      result_.policy = config_.policy;
      result_.stricter_policy = std::move(found);
    } else {
      result_.policy = std::move(found);
    }
  }

  void check_stricter_policy() {
    const SingleAnswer& single = *result_.single;
    if (!result_.stricter_policy || !single.check || single.code != kValid) return;
    if (result_.stricter_policy->evaluate(*single.config->config,
                                          good_identities(single.check->endorsers)))
      return;
    result_.reasons.insert(Reason::kEndorsementPolicy);
    result_.declared_invalid = true;
  }

  void judge_block() {
    std::vector<const Block*> copies;
    for (const OfferedBlock* copy : result_.selection->copies) {
      if (copies.size() < kMaxCopies) copies.push_back(&copy->block);
    }
    const SingleQuestion question{.copies = copies,
                                  .chaincode = config_.chaincode,
                                  .key = result_.selection->key,
                                  .transaction = result_.selection->transaction,
                                  .policy = result_.policy ? &*result_.policy : nullptr,
                                  .min_orderer_orgs = config_.min_orderer_orgs};
    result_.single = judge_single(question, *result_.configs, identities_);
    add(result_.single->reasons);
    if (!result_.single->transaction) return;
    const std::size_t index = *result_.single->transaction;
    result_.declared_invalid = result_.single->check && result_.single->code != kValid;
    for (const Block* copy : copies) {
      const bool flagged =
          copy->flags.size() == copy->entries.size() && copy->flags[index] != kValid;
      if (flagged) result_.declared_invalid = true;
    }
    for (const Reason reason :
         {Reason::kFlagMismatch, Reason::kFlaggedInvalid, Reason::kTransaction}) {
      if (result_.single->reasons.contains(reason)) result_.declared_invalid = true;
    }
  }

  // Each answer with the question whose hash it carries.
  void judge_answers() {
    if (!result_.single->transaction) return;
    const ByteView entry = record_block().block.entries[*result_.single->transaction];
    const ChannelConfig& latest = *result_.configs->latest().config;
    std::map<Bytes, const SignedQuestion*> questions;
    for (const SignedQuestion& one : proofs_.questions)
      questions.emplace(question_hash(one, verifier_), &one);
    for (const OfferedAnswer& answer : proofs_.answers) {
      const auto question = questions.find(core::to_bytes(answer.reply.content.proposal_hash));
      JudgedAnswer judged{.proof = answer.proof, .check = {}};
      if (question == questions.end()) {
        judged.check.reasons.insert(Reason::kAttestProposalHash);
      } else {
        judged.check = check_answer(*question->second, answer.reply, config_.channel,
                                    result_.single->txid, latest, identities_);
        // The answer must be about these very bytes, not only about the same id.
        if (judged.check.holds() && !core::equal(judged.check.envelope, entry)) {
          judged.check.reasons.insert(Reason::kAttestInconsistent);
        }
      }
      if (judged.check.holds() && judged.check.code != kValid) result_.declared_invalid = true;
      add(judged.check.reasons);
      result_.answers.push_back(std::move(judged));
    }
  }

  void read_record() {
    const SingleAnswer& single = *result_.single;
    if (!single.ordering.authenticated || !single.transaction) return;
    if (single.reasons.contains(Reason::kNamespace)) return;
    const auto parsed =
        parse_record(single.value, result_.selection->key, config_.places, verifier_.limits());
    if (!parsed) {
      result_.record_unreadable = true;
      return;
    }
    result_.record_names_other_key = !parsed->names_its_key;
    if (parsed->names_its_key) result_.record = parsed->record;
  }

  // What the replay says of the record's own transaction.
  void use_chain() {
    if (!result_.chain) return;
    const ChainAnswer& chain = *result_.chain;
    const std::uint64_t number = record_block().block.header.number;
    // A chain that cannot be recomputed proves nothing, and takes nothing away.
    Reasons reasons = chain.reasons;
    reasons.erase(Reason::kUnsupported);
    add(reasons);
    const auto codes = chain.codes.find(number);
    const auto hash = chain.header_hashes.find(number);
    const bool replayed = codes != chain.codes.end() && hash != chain.header_hashes.end() &&
                          core::equal(hash->second, result_.single->ordering.header_hash);
    if (chain.at == number && reasons.contains(Reason::kFlagMismatch))
      result_.declared_invalid = true;
    if (!replayed || !result_.single->transaction) return;
    const std::size_t index = *result_.single->transaction;
    if (index >= codes->second.size() || codes->second[index] != kValid) {
      result_.declared_invalid = true;
    } else {
      result_.chain_reaches_record = true;
    }
  }

  void find_later_write() {
    if (!result_.single->transaction) return;
    const std::uint64_t number = record_block().block.header.number;
    const std::size_t index = *result_.single->transaction;
    const auto note = [&](std::uint64_t block, std::size_t transaction) {
      if (std::pair(block, transaction) <= std::pair(number, index)) return;
      if (!result_.later || block < result_.later->block)
        result_.later = LaterWrite{block, transaction};
    };
    if (result_.chain) {
      for (const HistoryEntry& entry : result_.chain->history) note(entry.block, entry.transaction);
    }
    for (const OfferedBlock& block : proofs_.blocks) {
      if (block.is_config || block.block.header.number <= number) continue;
      if (const auto transaction = effective_write(block))
        note(block.block.header.number, *transaction);
    }
  }

  // A transaction of another offered block that ordered, endorsed and valid changes or deletes the
  // same key.
  std::optional<std::size_t> effective_write(const OfferedBlock& block) {
    const ConfigLink* link = result_.configs->in_force(block.block.header.number);
    if (link == nullptr) return std::nullopt;
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
      const NamespaceSet* set = block.transactions[i].rwset.find(config_.chaincode);
      const bool writes =
          set != nullptr && std::ranges::any_of(set->writes, [&](const Write& write) {
            return core::as_text(write.key) == result_.selection->key;
          });
      if (writes && is_effective(block, i, *link)) return i;
    }
    return std::nullopt;
  }

  bool is_effective(const OfferedBlock& block, std::size_t index, const ConfigLink& link) {
    const Block* const copy = &block.block;
    if (!check_block({&copy, 1}, link.number, *link.config, identities_).authenticated)
      return false;
    const std::unique_ptr<PolicySource> policies = known_policies(
        config_.chaincode, result_.policy ? &*result_.policy : nullptr, *link.config);
    BlockReplay replay(block.transactions, copy->header.number, config_.channel, *policies,
                       *link.config, identities_);
    const bool flagged = copy->flags.size() == copy->entries.size() && copy->flags[index] != kValid;
    return !flagged && replay.check(index).code == kValid;
  }

  const OfferedProofs& proofs_;
  const FabricConfig& config_;
  const v1::Measured& measured_;
  Identities& identities_;
  Verifier& verifier_;
  Evaluation result_;
};

}  // namespace

Evaluation evaluate(const OfferedProofs& proofs, const FabricConfig& config,
                    const v1::ItemRecord& measured, Identities& identities) {
  return Evaluator(proofs, config, measured, identities).run();
}

}  // namespace heyan::ledgers::fabric
