#include "verifier/ledgers/chainmaker/excerpt.h"

#include "verifier/core/json.h"
#include "verifier/ledgers/chainmaker/evaluation.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::uint64_t kMostIndex = (std::uint64_t{1} << 53) - 1;

// Do both hold the same members and values?
bool same_document(ByteView one, std::string_view other, const core::Limits& limits) {
  if (!begins_as_json(one)) return false;
  const auto first = core::json::parse(one, limits);
  const auto second = core::json::parse(core::as_bytes(other), limits);
  return first && second &&
         core::json::write_canonical(*first) == core::json::write_canonical(*second);
}

}  // namespace

std::optional<std::string> excerpt_of(const ProofView& proof, const v1::Item& item,
                                      const trust::LedgerEntry& entry,
                                      const ChainmakerConfig& config, const Judging& judging) {
  Verifier verifier(judging.checker, config.hash, judging.limits);
  Signers signers(config, verifier, judging.as_of, judging.memo->of<KnownSigners>());
  const auto offered =
      sort_proofs({&proof, 1}, item, config, verifier, judging.memo->of<KnownWholeBlocks>());
  const Offered& only = offered.front();
  if (!only.proof || only.proof->index > kMostIndex) return std::nullopt;
  const Evaluation evaluation = evaluate(only, item, entry, signers, judging);
  if (!evaluation.authentic || verifier.fault()) return std::nullopt;
  std::string written = write_proof(*only.proof);
  const ByteView head = proof.bytes.first(std::min(kHeadBytes, proof.bytes.size()));
  const bool is_block = looks_like_block_info(head);
  if (!is_block && same_document(proof.bytes, written, judging.limits)) {
    return core::to_string(proof.bytes);
  }
  return written;
}

}  // namespace heyan::ledgers::chainmaker
