#include "verifier/ledgers/sigsum/evaluation.h"

#include <algorithm>
#include <array>

#include "verifier/transparency/lines.h"
#include "verifier/transparency/note.h"

namespace heyan::ledgers::sigsum {
namespace {

using core::Bytes;
using core::ByteView;
using core::Result;
using crypto::SignatureChecker;
using crypto::SignatureOutcome;
using tlog::Head;
using tlog::Reason;

constexpr std::string_view kOrigin = "sigsum.org/v1/tree/";
constexpr std::string_view kLeaf{"sigsum.org/v1/tree-leaf\0", 24};

crypto::Scheme ed25519() { return {.kind = crypto::SignatureKind::kEd25519}; }

std::optional<std::size_t> find(const std::vector<KeyHash>& known, const KeyHash& hash) {
  const auto found = std::ranges::find(known, hash);
  if (found == known.end()) return std::nullopt;
  return static_cast<std::size_t>(found - known.begin());
}

Result<void> judge_witnesses(const Proof& proof, ByteView text, const SigsumConfig& config,
                             SignatureChecker& checker, Head& head) {
  for (const CosignatureLine& line : proof.cosignatures) {
    const auto witness = find(config.witnesses, line.key);
    if (!witness) continue;
    const std::string start = transparency::cosigned_text_start(line.seconds);
    const std::array<ByteView, 2> pieces = {core::as_bytes(start), text};
    const SignatureOutcome outcome =
        checker.verify(config.policy.witnesses()[*witness].key, ed25519(), pieces, line.signature);
    head.cosignatures.push_back({*witness, line.seconds, outcome});
    HEYAN_CHECK_OK(tlog::judge_cosignature(outcome, head.reasons));
  }
  return {};
}

core::Error disagreement() {
  return {core::ErrorCode::kInternal, "the libraries differ on a digest"};
}

// The submitter's signature in the entry.
Result<void> judge_submitter(const Proof& proof, ByteView checksum, const SigsumConfig& config,
                             SignatureChecker& checker, Evaluation& evaluation) {
  const auto key = std::ranges::find(config.submit_keys, proof.submitter, &SubmitKey::hash);
  if (key == config.submit_keys.end()) {
    evaluation.reasons.insert(Reason::kSubmitKey);
    return {};
  }
  const std::array<ByteView, 2> pieces = {core::as_bytes(kLeaf), checksum};
  const SignatureOutcome outcome =
      checker.verify(key->key, ed25519(), pieces, proof.leaf_signature);
  if (outcome == SignatureOutcome::kBudgetSpent)
    return core::fail(core::ErrorCode::kLimit, "the budget of signatures is spent");
  if (outcome == SignatureOutcome::kInvalid) evaluation.reasons.insert(Reason::kLeafSignature);
  if (outcome == SignatureOutcome::kEnginesDisagree)
    evaluation.reasons.insert(Reason::kEnginesDisagree);
  evaluation.submission = Submission{
      .key = static_cast<std::size_t>(key - config.submit_keys.begin()), .outcome = outcome};
  return {};
}

}  // namespace

Result<Head> read_head(const Proof& proof, const SigsumConfig& config, SignatureChecker& checker) {
  Head head;
  const auto log = find(config.logs, proof.log);
  if (!log) {
    head.reasons.insert(Reason::kLogUnknown);
    return head;
  }
  head.checkpoint = {std::string(kOrigin) + core::to_hex(proof.log), proof.size, proof.root, {}};
  const std::string text = head.checkpoint.origin + "\n" + std::to_string(proof.size) + "\n" +
                           transparency::encode_hash(proof.root) + "\n";
  const SignatureOutcome outcome = checker.verify(config.policy.logs()[*log].key, ed25519(),
                                                  core::as_bytes(text), proof.log_signature);
  head.logs.push_back({*log, outcome});
  HEYAN_CHECK_OK(tlog::judge_log_signature(outcome, head.reasons));
  HEYAN_CHECK_OK(judge_witnesses(proof, core::as_bytes(text), config, checker, head));
  return head;
}

Result<void> judge_entry(const Proof& proof, ByteView message, const SigsumConfig& config,
                         SignatureChecker& checker, Evaluation& evaluation) {
  evaluation.index = proof.index;
  const auto checksum = checker.digest(crypto::Hash::kSha256, message);
  if (!checksum) return std::unexpected(disagreement());
  HEYAN_CHECK_OK(judge_submitter(proof, *checksum, config, checker, evaluation));
  if (!evaluation.head.authenticated()) return {};
  if (transparency::inclusion_path_length(proof.index, proof.size) != proof.path.size()) {
    evaluation.reasons.insert(Reason::kNotIncluded);
    return {};
  }
  Bytes entry = *checksum;
  entry.insert(entry.end(), proof.leaf_signature.begin(), proof.leaf_signature.end());
  entry.insert(entry.end(), proof.submitter.begin(), proof.submitter.end());
  const auto leaf = transparency::leaf_hash(entry, checker);
  const auto root =
      leaf ? transparency::root_from_inclusion(*leaf, proof.index, proof.size, proof.path, checker)
           : std::nullopt;
  if (!root) return std::unexpected(disagreement());
  if (*root == proof.root) {
    evaluation.leaf = core::to_bytes(*leaf);
  } else {
    evaluation.reasons.insert(Reason::kNotIncluded);
  }
  return {};
}

}  // namespace heyan::ledgers::sigsum
