#include "verifier/ledgers/chainmaker/offered.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::string_view kTransactionHint = "transaction";

std::optional<std::uint64_t> position(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // It must print back to the same characters; ids of transactions are longer.
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(value) != text)
    return std::nullopt;
  return value;
}

std::string hint_of(const v1::Proof& declared) {
  for (const v1::Hint& one : declared.hints()) {
    if (one.name() == kTransactionHint) return one.value();
  }
  return {};
}

void take_proof(ByteView bytes, const std::string& hint, const core::Limits& limits,
                Offered& offered) {
  auto proof = parse_proof(bytes, limits);
  if (!proof) return;
  offered.readable = true;
  const auto transaction = parse_transaction(proof->transaction);
  const bool met = hint.empty() || position(hint) == proof->index ||
                   (transaction && transaction->payload.tx_id == hint);
  if (!met) offered.unmet = kTransactionHint;
  offered.proof = *std::move(proof);
}

const ReadBlock* read_once(ByteView bytes, ByteView sha256, const ChainmakerConfig& config,
                           Verifier& verifier, KnownWholeBlocks& known) {
  const KnownWholeBlocks::Question question{&config, core::to_bytes(sha256)};
  auto found = known.blocks.find(question);
  if (found == known.blocks.end()) {
    auto block = ReadBlock::read(bytes, config.places, verifier);
    auto kept = block ? std::make_shared<const ReadBlock>(*std::move(block)) : nullptr;
    found = known.blocks.emplace(question, std::move(kept)).first;
  }
  return found->second.get();
}

void take_block(const ReadBlock* block, const std::string& hint, const std::string& record,
                Offered& offered) {
  if (block == nullptr) return;
  offered.readable = true;
  offered.reasons = block->reasons();
  std::optional<std::size_t> index;
  if (!hint.empty()) {
    const auto at = position(hint);
    index = at && *at < block->transactions() ? at : block->find(hint);
    if (!index) offered.unmet = kTransactionHint;
  } else if (!record.empty()) {
    index = block->find(record);
  } else if (block->transactions() == 1) {
    index = 0;
  }
  if (index) offered.proof = block->proof_of(*index);
}

}  // namespace

std::vector<Offered> sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                                 const ChainmakerConfig& config, Verifier& verifier,
                                 KnownWholeBlocks& known) {
  std::vector<Offered> result;
  std::set<std::pair<std::string, std::string>> seen;
  for (const ProofView& one : proofs) {
    const std::string hint = hint_of(*one.declared);
    Offered offered;
    offered.sha256 = core::to_string(one.sha256);
    if (!seen.emplace(offered.sha256, hint).second) continue;
    const ByteView head = one.bytes.first(std::min(kHeadBytes, one.bytes.size()));
    if (looks_like_block_info(head)) {
      const ReadBlock* block = read_once(one.bytes, one.sha256, config, verifier, known);
      take_block(block, hint, item.record().id(), offered);
    } else {
      take_proof(one.bytes, hint, verifier.limits(), offered);
    }
    result.push_back(std::move(offered));
  }
  if (result.empty()) result.emplace_back().readable = true;  // nothing was offered
  return result;
}

}  // namespace heyan::ledgers::chainmaker
