#include "verifier/ledgers/fabric/evaluation.h"

#include <algorithm>
#include <map>

#include "verifier/ledgers/fabric/definition_block.h"

namespace heyan::ledgers::fabric {
namespace {

class Evaluator {
 public:
  Evaluator(const NamedRecord& named, const Scene& scene, const OfferedProofs& proofs,
            const FabricConfig& config, const v1::ItemRecord& measured, Identities& identities)
      : named_(named),
        scene_(scene),
        proofs_(proofs),
        config_(config),
        measured_(measured.measured()),
        identities_(identities),
        verifier_(identities.verifier()) {}

  Evaluation run() {
    result_.scene = &scene_;
    result_.named = &named_;
    result_.reasons = scene_.reasons;
    select();
    take_fork();
    if (scene_.configs && result_.selection) {
      run_chain();
      take_policy();
      judge_block();
      check_stricter_policy();
      judge_answers();
      read_record();
      use_chain();
      find_other_writes();
    }
    return std::move(result_);
  }

 private:
  const BlockGroup& group() const { return *result_.selection->group; }
  const ReadBlock& record_block() const { return group().front(); }

  void add(const Reasons& reasons) { result_.reasons.insert(reasons.begin(), reasons.end()); }

  void select() {
    std::string key = resolve_key(named_, scene_, config_.chaincode, config_.places, measured_,
                                  verifier_.limits());
    result_.history =
        std::make_shared<KeyHistory>(std::move(key), scene_, config_, proofs_, identities_);
    result_.selection = select_record(named_, *result_.history, scene_, config_.chaincode,
                                      config_.places, measured_, verifier_.limits());
  }

  // Blocks below a fork stand on both branches.
  void take_fork() {
    const bool below =
        result_.selection && result_.selection->found && group().number() < scene_.fork.value_or(0);
    if (!scene_.fork || below) return;
    result_.fork = scene_.fork;
    result_.reasons.insert(Reason::kChainFork);
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
    std::map<const std::uint8_t*, const ReadBlock*> read;
    for (const OfferedBlock& block : proofs_.blocks)
      read.emplace(block.read->bytes().data(), block.read.get());
    const Bytes& pin = scene_.configs->first().header_hash;
    const ChainQuestion question{.blocks = run,
                                 .pin = pin,
                                 .channel = config_.channel,
                                 .chaincode = config_.chaincode,
                                 .key = result_.selection->key,
                                 .policies = {},
                                 .read = &read};
    result_.chain = judge_chain(question, identities_);
  }

  // What the chain, or a definition that came along, says of the policy at the record's block.
  std::optional<EndorsementPolicy> policy_on_chain() {
    if (result_.chain) {
      for (const HistoryEntry& entry : result_.chain->history) {
        if (entry.block == record_block().number() && entry.policy) return entry.policy;
      }
    }
    return find_definition(proofs_, record_block(), result_.selection->key, config_.chaincode,
                           *scene_.configs, identities_);
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
    const std::vector<const Block*> copies = group().blocks();
    const SingleQuestion question{.copies = copies,
                                  .chaincode = config_.chaincode,
                                  .key = result_.selection->key,
                                  .transaction = result_.selection->transaction,
                                  .policy = result_.policy ? &*result_.policy : nullptr,
                                  .min_orderer_orgs = config_.min_orderer_orgs,
                                  .read = &record_block(),
                                  .ordering = &group().ordering};
    result_.single = judge_single(question, *scene_.configs, identities_);
    add(result_.single->reasons);
    if (!result_.single->transaction) return;
    result_.declared_invalid = (result_.single->check && result_.single->code != kValid) ||
                               group().is_flagged(*result_.single->transaction);
    for (const Reason reason :
         {Reason::kFlagMismatch, Reason::kFlaggedInvalid, Reason::kTransaction}) {
      if (result_.single->reasons.contains(reason)) result_.declared_invalid = true;
    }
    if (!result_.selection->duplicate) return;
    // Another envelope of the same id was ordered before: peers refuse this one.
    result_.single->code = kDuplicateTxid;
    result_.reasons.insert(Reason::kFlaggedInvalid);
    result_.declared_invalid = true;
  }

  // Each answer with the question whose hash it carries.
  void judge_answers() {
    if (!result_.single->transaction) return;
    const ByteView entry = record_block().block().entries[*result_.single->transaction];
    const ChannelConfig& latest = *scene_.configs->latest().config;
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
    const std::uint64_t number = record_block().number();
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

  // What else was written to the key. A block's number places a transaction only where the replay
  // reaches it: the same envelope may have been committed in an earlier block that was not offered.
  void find_other_writes() {
    if (!result_.selection->found || !result_.single->transaction || !group().authenticated) return;
    const std::pair own{record_block().number(), *result_.single->transaction};
    const auto note_later = [&](const std::pair<std::uint64_t, std::size_t>& place) {
      if (place <= own) return;
      const LaterWrite later{place.first, place.second};
      if (!result_.later || place < std::pair(result_.later->block, result_.later->transaction))
        result_.later = later;
    };
    if (result_.chain) {
      for (const HistoryEntry& entry : result_.chain->history)
        note_later({entry.block, entry.transaction});
    }
    for (const KeyWrite& write : result_.history->writes()) {
      if (write.position() == own || result_.history->effect(write) == Effect::kNone) continue;
      if (write.position() > own) {
        note_later(write.position());
      } else if (!result_.chain_reaches_record && !was_read_by_record(write)) {
        result_.order_unproven = true;
      }
    }
  }

  // Did the record's transaction see that write when it was endorsed? Then it is the later one.
  bool was_read_by_record(const KeyWrite& write) const {
    const ParsedTransaction& own = record_block().transactions()[*result_.single->transaction];
    const NamespaceSet* set = own.rwset.find(config_.chaincode);
    return set != nullptr && std::ranges::any_of(set->reads, [&](const Read& read) {
             return core::as_text(read.key) == result_.selection->key && read.version &&
                    std::pair(read.version->block, read.version->transaction) >=
                        std::pair(write.position().first,
                                  static_cast<std::uint64_t>(write.position().second));
           });
  }

  const NamedRecord& named_;
  const Scene& scene_;
  const OfferedProofs& proofs_;
  const FabricConfig& config_;
  const v1::Measured& measured_;
  Identities& identities_;
  Verifier& verifier_;
  Evaluation result_;
};

}  // namespace

Evaluation evaluate(const NamedRecord& named, const Scene& scene, const OfferedProofs& proofs,
                    const FabricConfig& config, const v1::ItemRecord& measured,
                    Identities& identities) {
  return Evaluator(named, scene, proofs, config, measured, identities).run();
}

}  // namespace heyan::ledgers::fabric
