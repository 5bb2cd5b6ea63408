#include "verifier/ledgers/fabric/chain.h"

#include <algorithm>
#include <array>
#include <set>

#include "verifier/ledgers/fabric/definitions.h"
#include "verifier/ledgers/fabric/ordering.h"
#include "verifier/ledgers/fabric/state.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {
namespace {

class Replay {
 public:
  Replay(const ChainQuestion& question, Identities& identities, ChainAnswer& answer)
      : question_(question),
        identities_(identities),
        verifier_(identities.verifier()),
        answer_(answer),
        definitions_(state_, verifier_.limits()) {}

  void run() {
    for (const auto& bytes : question_.blocks) {
      if (!step(bytes)) return;
    }
    if (!answer_.configs) stop(0, Reason::kParse);
  }

 private:
  bool stop(std::uint64_t number, Reason reason) {
    answer_.at = number;
    answer_.reasons.insert(reason);
    return false;
  }

  bool step(const KeptBytes& bytes) {
    if (question_.read != nullptr) {
      const auto known = question_.read->find(bytes.bytes.data());
      if (known != question_.read->end() && known->second->bytes().size() == bytes.bytes.size())
        return take(*known->second, bytes);
    }
    auto block = parse_block(bytes.bytes, verifier_.limits());
    if (!block) return stop(answer_.configs ? answer_.last_block + 1 : 0, Reason::kParse);
    return take(ReadBlock(bytes.bytes, *std::move(block)), bytes);
  }

  bool take(const ReadBlock& block, const KeptBytes& bytes) {
    return answer_.configs ? next(block, bytes) : begin(block.block(), bytes);
  }

  bool begin(const Block& block, const KeptBytes& bytes) {
    auto chain = ConfigChain::start(bytes, question_.pin, question_.channel, verifier_);
    if (!chain) return stop(block.header.number, chain.error());
    answer_.configs = *std::move(chain);
    last_hash_ = answer_.configs->first().header_hash;
    answer_.header_hashes.emplace(0, last_hash_);
    return true;
  }

  bool next(const ReadBlock& read, const KeptBytes& bytes) {
    const Block& block = read.block();
    const std::uint64_t number = block.header.number;
    if (number != answer_.last_block + 1 || !core::equal(block.header.previous_hash, last_hash_)) {
      return stop(number, Reason::kHeaderLink);
    }
    const bool is_config = read.is_config();
    const ConfigLink& link = answer_.configs->latest();
    const Block* const copy = &block;
    const Reasons data = read.data(verifier_);
    const OrderingCheck ordering =
        check_block({&copy, 1}, is_config ? number : link.number, *link.config, identities_, &data);
    if (!ordering.authenticated) {
      answer_.at = number;
      answer_.reasons = ordering.reasons;
      return false;
    }
    if (!(is_config ? take_config(bytes, number) : take_transactions(read))) return false;
    if (!check_peer_metadata(block)) return false;
    state_.commit();
    last_hash_ = ordering.header_hash;
    answer_.header_hashes.emplace(number, last_hash_);
    answer_.last_block = number;
    return true;
  }

  bool take_config(const KeptBytes& bytes, std::uint64_t number) {
    if (const auto added = answer_.configs->append(bytes, identities_); !added)
      return stop(number, added.error());
    answer_.codes[number] = {kValid};
    return true;
  }

  FallbackPolicy fallback(std::uint64_t number) const {
    FallbackPolicy result{std::string(question_.chaincode), nullptr};
    for (const PolicyFrom& one : question_.policies) {
      if (one.from_block <= number) result.policy = &one.policy;
    }
    return result;
  }

  bool take_transactions(const ReadBlock& block) {
    const std::uint64_t number = block.number();
    const ChannelConfig& config = *answer_.configs->latest().config;
    definitions_.use(config, fallback(number));
    const std::vector<ParsedTransaction>& transactions = block.transactions();
    std::vector<std::uint8_t> codes;
    std::set<std::string_view> valid_here;
    for (const ParsedTransaction& transaction : transactions) {
      const auto code = stateless_code(transaction, config);
      if (!code) return stop(number, Reason::kUnsupported);
      // Of two valid ones with the same txid in one block the later is the duplicate.
      const bool repeated =
          *code == kValid && !valid_here.insert(transaction.header.channel.txid).second;
      codes.push_back(repeated ? std::uint8_t{kDuplicateTxid} : *code);
    }
    for (std::size_t i = 0; i < transactions.size(); ++i) {
      if (codes[i] == kValid && !apply(transactions[i], number, i, codes[i])) {
        return stop(number, Reason::kUnsupported);
      }
    }
    for (const ParsedTransaction& one : transactions) {
      if (one.header_code == kValid && !one.header.channel.txid.empty())
        txids_.emplace(one.header.channel.txid);
    }
    answer_.codes[number] = std::move(codes);
    return true;
  }

  // Nothing where the transaction has something in it that is not recomputed here.
  std::optional<std::uint8_t> stateless_code(const ParsedTransaction& transaction,
                                             const ChannelConfig& config) {
    TransactionCheck check = check_transaction(transaction, question_.channel, config, identities_);
    if (check.code != kValid) return check.code;
    if (txids_.contains(transaction.header.channel.txid)) return kDuplicateTxid;
    check_endorsements(transaction, definitions_, config, identities_, check);
    if (check.unsupported) return std::nullopt;
    return check.code;
  }

  // Checks versions and writes; false where ranges were read.
  bool apply(const ParsedTransaction& transaction, std::uint64_t number, std::size_t index,
             std::uint8_t& code) {
    const ReadWriteSet& rwset = transaction.rwset;
    if (!state_.reads_hold(rwset)) {
      code = kMvccReadConflict;
      return true;
    }
    if (std::ranges::any_of(rwset.namespaces, &NamespaceSet::range_queries)) return false;
    state_.update(rwset, Version{number, index});
    remember(rwset, number, index);
    return true;
  }

  void remember(const ReadWriteSet& rwset, std::uint64_t number, std::size_t index) {
    const NamespaceSet* set = question_.key ? rwset.find(question_.chaincode) : nullptr;
    if (set == nullptr) return;
    std::optional<HistoryEntry> entry;
    for (const Write& write : set->writes) {
      if (core::as_text(write.key) != *question_.key) continue;
      entry = HistoryEntry{.block = number, .transaction = index, .value = {}, .policy = {}};
      if (!write.is_delete) entry->value = write.value;
    }
    if (!entry) return;
    if (const EndorsementPolicy* policy = definitions_.policy(question_.chaincode))
      entry->policy = *policy;
    answer_.history.push_back(*std::move(entry));
  }

  // Flags and commit hash as this peer wrote them must be those recomputed. An orderer's copy has
  // neither.
  bool check_peer_metadata(const Block& block) {
    const std::uint64_t number = block.header.number;
    const std::vector<std::uint8_t>& codes = answer_.codes[number];
    if (!block.flags.empty()) {
      if (block.flags.size() != codes.size()) return stop(number, Reason::kFlagsLength);
      if (!std::ranges::equal(block.flags, codes)) return stop(number, Reason::kFlagMismatch);
    }
    Bytes length;
    append_varint(codes.size(), length);
    const Bytes updates = state_.encode_updates();
    const std::array<ByteView, 4> pieces{length, codes, updates, answer_.commit_hash};
    Bytes hash = verifier_.digest(verifier_.profile().commit_hash, pieces);
    // A peer that writes flags writes commit hashes from the first block on, or never.
    if (!block.flags.empty()) {
      if (number == 1) has_commit_hashes_ = block.commit_hash.has_value();
      const bool equal = block.commit_hash && core::equal(*block.commit_hash, hash);
      if (block.commit_hash.has_value() != has_commit_hashes_ || (has_commit_hashes_ && !equal)) {
        return stop(number, Reason::kCommitHash);
      }
    }
    answer_.commit_hash = std::move(hash);
    return true;
  }

  static void append_varint(std::uint64_t value, Bytes& out) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
  }

  const ChainQuestion& question_;
  Identities& identities_;
  Verifier& verifier_;
  ChainAnswer& answer_;
  State state_;
  Definitions definitions_;
  std::set<std::string_view> txids_;
  Bytes last_hash_;
  bool has_commit_hashes_ = true;
};

}  // namespace

ChainAnswer judge_chain(const ChainQuestion& question, Identities& identities) {
  ChainAnswer answer;
  Replay(question, identities, answer).run();
  return answer;
}

}  // namespace heyan::ledgers::fabric
