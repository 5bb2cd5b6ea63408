#include "verifier/ledgers/sigsum/attest.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "verifier/ledgers/sigsum/evaluation.h"
#include "verifier/ledgers/tlog/judgement.h"

namespace heyan::ledgers::sigsum {
namespace {

using core::ByteView;
using tlog::JudgedHead;
using tlog::Judgement;
using tlog::Reason;

constexpr std::string_view kDepositor = "DEPOSITOR";

// Readable proofs with their heads, judged so far: items may share a proof.
struct OpenedProof {
  Proof proof;
  JudgedHead head;
};
struct OpenedProofs {
  std::map<std::pair<std::string, core::Bytes>, std::unique_ptr<const OpenedProof>> by_digest;
};

core::Result<const OpenedProof*> opened_once(Proof proof, ByteView sha256,
                                             const trust::LedgerEntry& entry,
                                             const SigsumConfig& config, const Judging& judging) {
  auto& place = judging.memo->of<OpenedProofs>().by_digest[{entry.id, core::to_bytes(sha256)}];
  if (place) return place.get();
  HEYAN_TRY(tlog::Head head, read_head(proof, config, judging.checker));
  tlog::Standing standing = tlog::stand(head, config, entry, judging);
  place = std::make_unique<const OpenedProof>(
      OpenedProof{.proof = std::move(proof),
                  .head = {.head = std::move(head), .standing = std::move(standing)}});
  return place.get();
}

v1::Signature describe_submitter(const Submission& submission, const SigsumConfig& config) {
  const SubmitKey& key = config.submit_keys[submission.key];
  v1::Signature entry;
  entry.set_role(std::string(kDepositor));
  entry.set_signer(core::to_hex(key.hash));
  entry.set_key_sha256(core::to_string(key.key.sha256()));
  const bool good = submission.outcome == crypto::SignatureOutcome::kValid;
  entry.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!good) {
    entry.set_reason(submission.outcome == crypto::SignatureOutcome::kEnginesDisagree
                         ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
                         : v1::REASON_DEPOSIT_SIGNATURE_INVALID);
  }
  return entry;
}

v1::LedgerRecord record_of(ByteView message, std::uint64_t index) {
  v1::LedgerRecord record;
  record.set_id(std::to_string(index));
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_value(core::to_string(message));
  return record;
}

core::Result<Judgement> judge_proof(const ProofView& proof, ByteView message,
                                    const trust::LedgerEntry& entry, const SigsumConfig& config,
                                    const Judging& judging) {
  Judgement judgement;
  auto read = parse_proof(core::as_text(proof.bytes));
  if (!read) {
    const bool other_version = read.error().code == core::ErrorCode::kUnsupported;
    judgement.reasons.insert(other_version ? Reason::kUnsupported : Reason::kParse);
    return judgement;
  }
  HEYAN_TRY(const OpenedProof* opened,
            opened_once(*std::move(read), proof.sha256, entry, config, judging));
  tlog::take_head(opened->head, judgement);
  Evaluation evaluation{
      .reasons = {}, .head = opened->head.head, .index = 0, .leaf = {}, .submission = {}};
  HEYAN_CHECK_OK(judge_entry(opened->proof, message, config, judging.checker, evaluation));
  judgement.reasons.insert(evaluation.reasons.begin(), evaluation.reasons.end());
  judgement.index = evaluation.index;
  judgement.leaf = evaluation.leaf;
  if (evaluation.submission)
    judgement.submitter = describe_submitter(*evaluation.submission, config);
  if (judgement.reasons.empty()) judgement.record = record_of(message, judgement.index);
  return judgement;
}

// SHA-256 of the file, by both libraries; nothing where they differ or it was not measured.
std::optional<ByteView> message_of(const v1::ItemRecord& measured) {
  const auto& digests = measured.measured().digests();
  const auto own =
      std::ranges::find(digests, v1::DIGEST_ALGORITHM_SHA_256, &v1::MeasuredDigest::algorithm);
  if (own == digests.end() || own->first() != own->second()) return std::nullopt;
  return core::as_bytes(own->first());
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// An entry's name is its number; a name that is no number is one outside this log.
void compare_names(const std::string& wanted, Judgement& judgement) {
  if (!judgement.record) return;
  judgement.named = wanted == judgement.record->id();
  judgement.other_named = !judgement.named && is_number(wanted);
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const SigsumConfig& config, const Judging& judging) {
  const auto message = message_of(measured);
  if (!message) return core::fail(core::ErrorCode::kInternal, "the file has no SHA-256");
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    HEYAN_TRY(Judgement judgement, judge_proof(proof, *message, entry, config, judging));
    compare_names(item.record().id(), judgement);
    attestations.push_back(tlog::describe(proof, judgement));
  }
  return attestations;
}

std::optional<std::string> signed_alone(ByteView proof, const SigsumConfig& config,
                                        const Judging& judging) {
  auto read = parse_proof(core::as_text(proof));
  if (!read || transparency::inclusion_path_length(read->index, read->size) != read->path.size())
    return std::nullopt;
  const auto head = read_head(*read, config, judging.checker);
  if (!head || !head->authenticated()) return std::nullopt;
  std::erase_if(read->cosignatures, [&](const CosignatureLine& line) {
    return std::ranges::find(config.witnesses, line.key) == config.witnesses.end();
  });
  return encode_proof(*read);
}

core::Result<tlog::Reasons> check(ByteView proof, ByteView message, const trust::LedgerEntry& entry,
                                  const SigsumConfig& config, const Judging& judging) {
  const v1::Proof nothing_declared;
  const ProofView view{.declared = &nothing_declared, .bytes = proof, .sha256 = {}};
  HEYAN_TRY(Judgement judgement, judge_proof(view, message, entry, config, judging));
  return std::move(judgement.reasons);
}

}  // namespace heyan::ledgers::sigsum
