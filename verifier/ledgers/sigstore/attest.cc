#include "verifier/ledgers/sigstore/attest.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>

#include "verifier/ledgers/operated.h"
#include "verifier/ledgers/sigstore/evaluation.h"
#include "verifier/ledgers/tlog/judgement.h"
#include "verifier/transparency/note.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ByteView;
using core::ErrorCode;
using crypto::SignatureOutcome;
using tlog::Judgement;
using tlog::Reason;
using tlog::Standing;

constexpr std::string_view kLog = "LOG";
constexpr std::string_view kDepositor = "DEPOSITOR";
constexpr std::chrono::minutes kClocks{10};  // that clocks may be apart

// The judgement points to the head.
struct JudgedBundle {
  tlog::JudgedHead head;
  Judgement judgement;
  bool numbered = false;  // the record's id is the entry's number
};
using Judged = std::unique_ptr<JudgedBundle>;

Reason reason_of(const core::Error& error) {
  if (error.code == ErrorCode::kUnsupported) return Reason::kUnsupported;
  return error.code == ErrorCode::kChanged ? Reason::kEntryMismatch : Reason::kParse;
}

v1::Signature describe(std::string_view role, std::string signer, const crypto::PublicKey& key,
                       SignatureOutcome outcome, v1::ReasonCode invalid) {
  v1::Signature entry;
  entry.set_role(std::string(role));
  entry.set_signer(std::move(signer));
  entry.set_key_sha256(core::to_string(key.sha256()));
  const bool good = outcome == SignatureOutcome::kValid;
  entry.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!good) {
    entry.set_reason(outcome == SignatureOutcome::kEnginesDisagree
                         ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
                         : invalid);
  }
  return entry;
}

// The time at which the log says that it took the entry: one clock, and its operator's.
v1::TimeInterval time_of(const LogEntry& entry, core::UtcTime as_of) {
  constexpr std::uint64_t kYear10000 = 253'402'300'800;
  v1::TimeInterval time;
  time.set_source("node-clock");
  if (entry.integrated_seconds >= kYear10000) return time;
  const std::int64_t at = static_cast<std::int64_t>(entry.integrated_seconds) * 1000;
  if (at <= core::to_unix_ms(as_of + kClocks)) time.set_not_after_ms(at);
  return time;
}

Standing stand(const Evaluation& evaluation, const LogEntry& entry, const SigstoreConfig& config,
               const trust::LedgerEntry& listed, const Judging& judging) {
  Standing standing;
  if (evaluation.log == nullptr || !evaluation.log_signature) {
    standing.quorum = operator_quorum(config.operator_id, false, listed, judging);
    return standing;
  }
  const TrustedLog& key = *evaluation.log;
  const trust::ValidityPeriod term{.from = key.from, .until = key.until, .revoked_at = {}};
  standing.validity = trust::key_validity(term, {}, judging.as_of, judging.policy);
  const bool authenticated = evaluation.head.authenticated();
  const bool counts = authenticated && standing.validity->counted;
  standing.quorum = operator_quorum(config.operator_id, counts, listed, judging);
  v1::Signature& log = standing.signatures.emplace_back(describe(
      kLog, key.name, key.key, *evaluation.log_signature, v1::REASON_NODE_SIGNATURE_INVALID));
  if (authenticated && !counts) log.set_reason(standing.validity->reason);
  log.set_institution(config.operator_id);
  log.set_valid_from_ms(core::to_unix_ms(key.from));
  if (key.until) log.set_valid_until_ms(core::to_unix_ms(*key.until));
  log.set_counted(counts);
  log.set_quorum(counts);
  if (evaluation.promised && standing.quorum.reached())
    standing.time = time_of(entry, judging.as_of);
  return standing;
}

v1::LedgerRecord record_of(const Body& body, std::uint64_t index) {
  v1::LedgerRecord record;
  record.set_id(std::to_string(index));
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_value(core::to_string(body.digest));
  return record;
}

core::Result<Judged> judge_bundle(ByteView bytes, const trust::LedgerEntry& listed,
                                  const SigstoreConfig& config, const Judging& judging) {
  auto judged = std::make_unique<JudgedBundle>();
  Judgement& judgement = judged->judgement;
  const auto bundle = read_bundle(bytes, judging.limits);
  const auto body =
      bundle ? read_body(bundle->entry, judging.limits) : std::unexpected(bundle.error());
  if (!body) {
    judgement.reasons.insert(reason_of(body.error()));
    return judged;
  }
  HEYAN_TRY(Evaluation evaluation, evaluate(*bundle, *body, config, judging.checker));
  judged->head.standing = stand(evaluation, bundle->entry, config, listed, judging);
  judged->head.head = std::move(evaluation.head);
  tlog::take_head(judged->head, judgement);
  judgement.reasons.insert(evaluation.reasons.begin(), evaluation.reasons.end());
  judgement.leaf = std::move(evaluation.leaf);
  judged->numbered = evaluation.numbered;
  judgement.index = evaluation.promised ? bundle->entry.log_index : bundle->entry.index;
  if (evaluation.submitter) {
    judgement.submitter = describe(kDepositor, core::to_hex(body->key.sha256()), body->key,
                                   *evaluation.submitter, v1::REASON_DEPOSIT_SIGNATURE_INVALID);
  }
  if (judgement.reasons.empty()) judgement.record = record_of(*body, judgement.index);
  return judged;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// An entry's name is its number; a name that is no number is one outside this log. A number that is
// not known is no other one.
void compare_names(const std::string& wanted, bool numbered, Judgement& judgement) {
  if (!judgement.record || !numbered) return;
  judgement.named = wanted == judgement.record->id();
  judgement.other_named = !judgement.named && is_number(wanted);
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const SigstoreConfig& config, const Judging& judging) {
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    HEYAN_TRY(const Judged judged, judge_bundle(proof.bytes, entry, config, judging));
    compare_names(item.record().id(), judged->numbered, judged->judgement);
    tlog::compare_digests(measured, judged->judgement);
    attestations.push_back(tlog::describe(proof, judged->judgement));
  }
  return attestations;
}

std::optional<std::string> excerpt_of(ByteView bytes, const trust::LedgerEntry& entry,
                                      const SigstoreConfig& config, const Judging& judging) {
  const auto judged = judge_bundle(bytes, entry, config, judging);
  if (!judged || !(*judged)->judgement.record) return std::nullopt;
  const auto bundle = read_bundle(bytes, judging.limits);
  if (!bundle) return std::nullopt;
  const auto log = std::ranges::find(config.logs, bundle->entry.log, &TrustedLog::id);
  auto note = transparency::parse_note(bundle->entry.checkpoint);
  if (!note || log == config.logs.end()) return std::nullopt;
  std::erase_if(note->signatures, [&log](const transparency::NoteSignature& line) {
    return !log->signs(line.name, line.id);
  });
  return write_signed_parts(bytes, transparency::encode_note(*note), judging.limits);
}

core::Result<tlog::Reasons> check(ByteView bundle, ByteView sha256, const trust::LedgerEntry& entry,
                                  const SigstoreConfig& config, const Judging& judging) {
  HEYAN_TRY(const Judged judged, judge_bundle(bundle, entry, config, judging));
  v1::ItemRecord measured;
  v1::MeasuredDigest& digest = *measured.mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(sha256));
  digest.set_second(core::to_string(sha256));
  tlog::compare_digests(measured, judged->judgement);
  return std::move(judged->judgement.reasons);
}

}  // namespace heyan::ledgers::sigstore
