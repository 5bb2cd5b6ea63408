// The log's checkpoints, what witnesses make of them, and proofs under them.
//
// Ed25519 signs the same text the same way each time: a checkpoint of an earlier size is made again
// where it is wanted, and is the one that was published.
#include <algorithm>
#include <chrono>

#include "gateway/signer/signer.h"
#include "verifier/transparency/add_checkpoint.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using transparency::NoteVerifier;

const NoteVerifier* find(const std::vector<NoteVerifier>& witnesses, std::string_view name) {
  const auto found = std::ranges::find(witnesses, name, &NoteVerifier::name);
  return found == witnesses.end() ? nullptr : &*found;
}

// No later than a time of ours can be.
core::UtcTime time_of(const transparency::NoteSigner& signer) {
  constexpr std::uint64_t kEndOf9999 = 253'402'300'799;
  return core::UtcTime(
      std::chrono::seconds(std::min(signer.cosigned_at_seconds.value_or(0), kEndOf9999)));
}

constexpr core::Error kNoWitness{ErrorCode::kNotFound, "no such witness is configured"};

// Of two checkpoints, the larger one with the same witnesses, or more, says all that the other
// does.
constexpr std::string_view kForgetTheLesser =
    "DELETE FROM cosigned WHERE size IN"
    " (SELECT a.size FROM cosigned a JOIN cosigned b ON b.size > a.size"
    "  WHERE NOT EXISTS (SELECT 1 FROM cosigned x WHERE x.size = a.size AND NOT EXISTS"
    "   (SELECT 1 FROM cosigned y WHERE y.size = b.size AND y.witness = x.witness)))";

}  // namespace

Result<std::string> Signer::checkpoint_text(std::uint64_t size) const {
  HEYAN_TRY(const auto root, log_->root(size));
  return transparency::encode_checkpoint(
      {.origin = keys_.log_name, .size = size, .root = root, .extensions = {}});
}

Result<std::string> Signer::checkpoint_of(std::uint64_t size) const {
  HEYAN_TRY(report_log::SignedCheckpoint last, log_->checkpoint());
  if (last.size == size && size > 0) return std::move(last.text);
  HEYAN_TRY(const std::string text, checkpoint_text(size));
  return transparency::sign_note(text, keys_.log_name, keys_.log);
}

Result<std::string> Signer::cosigned_checkpoint_of(std::uint64_t size) {
  HEYAN_TRY(std::string note, checkpoint_of(size));
  for (const NoteVerifier& witness : settings_.witnesses) {
    HEYAN_TRY(const auto line, statements_->one<std::string>(
                                   "SELECT line FROM cosigned WHERE size = ? AND witness = ?", size,
                                   witness.encode()));
    if (line) note += std::get<0>(*line);
  }
  return note;
}

// Also lines that another signer was brought.
Result<void> Signer::publish_cosigned() {
  if (settings_.witnesses.empty()) return {};
  HEYAN_TRY([[maybe_unused]] const sql::Snapshot reading, log_->begin_reading());
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  HEYAN_TRY(const std::string note, cosigned_checkpoint_of(last.size));
  return publisher_->publish_cosigned(last.size, note);
}

// Under the checkpoint above it that most witnesses signed; the last one where none did.
Result<std::string> Signer::proof_of(std::uint64_t index) {
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  HEYAN_TRY(const auto best,
            (statements_->one<std::uint64_t, std::uint64_t>(
                "SELECT size, count(*) AS witnesses FROM cosigned WHERE size > ? AND size <= ?"
                " GROUP BY size ORDER BY witnesses DESC, size DESC LIMIT 1",
                index, last.size)));
  const std::uint64_t size = best ? std::get<0>(*best) : last.size;
  HEYAN_TRY(std::string checkpoint, cosigned_checkpoint_of(size));
  HEYAN_TRY(auto path, log_->inclusion_proof(index, size));
  HEYAN_TRY(core::Bytes entry, log_->entry(index));
  return transparency::encode_log_proof({.extra = std::move(entry),
                                         .index = index,
                                         .path = std::move(path),
                                         .checkpoint = std::move(checkpoint)});
}

Result<v1::WitnessQuestion> Signer::witness_question(const v1::WitnessQuestionOf& asks) {
  const NoteVerifier* witness = find(settings_.witnesses, asks.witness());
  if (witness == nullptr) return std::unexpected(kNoWitness);
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  std::uint64_t old_size = 0;
  if (asks.said().empty()) {
    HEYAN_TRY(const auto known,
              statements_->one<std::optional<std::uint64_t>>(
                  "SELECT max(size) FROM cosigned WHERE witness = ?", witness->encode()));
    old_size = known ? std::get<0>(*known).value_or(0) : 0;
  } else {
    HEYAN_TRY(old_size, transparency::parse_witness_size(asks.said()));
  }
  witnesses_met_ = true;
  v1::WitnessQuestion question;
  question.set_ahead(old_size > last.size);
  if (question.ahead()) return question;
  const bool fits = asks.size() > 0 && asks.size() >= old_size && asks.size() <= last.size;
  const std::uint64_t size = fits ? asks.size() : last.size;
  question.set_size(size);
  if (asks.said().empty() && old_size == size) return question;
  transparency::AddCheckpoint request{.old_size = old_size, .proof = {}, .checkpoint = {}};
  HEYAN_TRY(request.proof, log_->consistency_proof(old_size, size));
  HEYAN_TRY(request.checkpoint, checkpoint_of(size));
  question.set_body(transparency::encode_add_checkpoint(request));
  return question;
}

// Who brings it is not believed, and need not be: this log's own key signed it, or it is dropped. A
// larger tree than ours, or another of that size, is a history that we have lost.
Result<void> Signer::compare_with_kept(const v1::WitnessKept& asks) {
  if (find(settings_.witnesses, asks.witness()) == nullptr) return std::unexpected(kNoWitness);
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(asks.checkpoint()));
  HEYAN_TRY(const auto kept, transparency::parse_checkpoint(note.text));
  HEYAN_TRY(const auto own, NoteVerifier::make(keys_.log_name, transparency::NoteKeyType::kEd25519,
                                               keys_.log.public_key()));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  if (kept.origin != keys_.log_name ||
      !transparency::verify_note(note, std::span(&own, 1), checker)) {
    return fail(ErrorCode::kMalformed, "this is no checkpoint of this log");
  }
  HEYAN_TRY(const report_log::Head head, log_->head());
  if (kept.size == 0) return {};
  if (kept.size <= head.size) {
    HEYAN_TRY(const auto root, log_->root(kept.size));
    if (root == kept.root) return {};
  }
  stop_.because(StopReason::kLogSetBack, set_back_by(asks.witness(), kept.size, head.size));
  return {};
}

// The witness is who holds its key, and its clock is no further from ours than that of an authority
// may be (security decision 11).
Result<void> Signer::take_cosignature(const v1::CosignedBy& asks) {
  const NoteVerifier* witness = find(settings_.witnesses, asks.witness());
  if (witness == nullptr) return std::unexpected(kNoWitness);
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  if (asks.size() == 0 || asks.size() > last.size) {
    return fail(ErrorCode::kMalformed, "there is no checkpoint of that size");
  }
  HEYAN_TRY(std::string text, checkpoint_text(asks.size()));
  HEYAN_TRY(auto lines, transparency::parse_signature_lines(asks.lines()));
  const transparency::Note note{.text = std::move(text), .signatures = std::move(lines)};
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const auto signers = transparency::verify_note(note, std::span(witness, 1), checker);
  if (!signers) return fail(ErrorCode::kMalformed, "this is no signature of the witness");
  const core::UtcTime at = time_of(signers->front());
  const Clock::Look look = settings_.clock.look();
  const auto which = static_cast<std::size_t>(witness - settings_.witnesses.data());
  if (!witness_clocks_.compare(which, asks.size(), at, look)) {
    return fail(ErrorCode::kChanged, "the clock of the witness and ours are too far apart");
  }
  if (std::chrono::abs(look.wall - at) > kMostApart) {
    return fail(ErrorCode::kMalformed, "the witness signed this at another time");
  }
  const auto own = std::ranges::find_if(note.signatures, [&](const auto& line) {
    return line.name == witness->name() && line.id == witness->id();
  });
  HEYAN_CHECK_OK(
      statements_->run("INSERT INTO cosigned(size, witness, line) VALUES(?, ?, ?)"
                       " ON CONFLICT(size, witness) DO UPDATE SET line = excluded.line",
                       asks.size(), witness->encode(), transparency::encode_signature_line(*own)));
  return statements_->run(kForgetTheLesser);
}

}  // namespace heyan::signer
