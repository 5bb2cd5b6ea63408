#include "gateway/witness/witness.h"

#include <algorithm>

#include "verifier/crypto/digest.h"
#include "verifier/transparency/add_checkpoint.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::witness {
namespace {

using core::ErrorCode;
using transparency::Checkpoint;
using transparency::Note;

Cosigned refused(Outcome outcome) {
  return {.outcome = outcome, .origin = {}, .size = 0, .lines = {}, .new_evidence = false};
}

// Without the lines of anybody but the log.
std::string as_the_log_signed_it(Note note, const Log& log) {
  std::erase_if(note.signatures, [&](const transparency::NoteSignature& line) {
    return std::ranges::none_of(log.keys, [&](const transparency::NoteVerifier& key) {
      return key.name() == line.name && key.id() == line.id;
    });
  });
  return transparency::encode_note(note);
}

}  // namespace

// A request whose checkpoint the log signed.
struct Witness::Asked {
  std::uint64_t old_size = 0;
  std::vector<transparency::TreeHash> proof;
  Checkpoint checkpoint;
  std::string text;  // of the note
  std::string note;  // as the log signed it
};

std::uint16_t status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCosigned:
      return 200;
    case Outcome::kMalformed:
      return 400;
    case Outcome::kBadSignature:
      return 403;
    case Outcome::kUnknownLog:
      return 404;
    case Outcome::kOtherSize:
      return 409;
    case Outcome::kInconsistent:
    case Outcome::kForked:
      break;
  }
  return 422;
}

const Log* Witness::find(std::string_view origin) const {
  const auto log = std::ranges::find(logs_, origin, &Log::origin);
  return log == logs_.end() ? nullptr : &*log;
}

core::Result<Cosigned> Witness::add_checkpoint(std::string_view body) {
  auto request = transparency::parse_add_checkpoint(body);
  if (!request) return refused(Outcome::kMalformed);
  auto note = transparency::parse_note(request->checkpoint);
  if (!note) return refused(Outcome::kMalformed);
  auto checkpoint = transparency::parse_checkpoint(note->text);
  if (!checkpoint) return refused(Outcome::kMalformed);
  const Log* log = find(checkpoint->origin);
  if (log == nullptr) return refused(Outcome::kUnknownLog);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  if (!transparency::verify_note(*note, log->keys, checker)) {
    return refused(Outcome::kBadSignature);
  }
  if (request->old_size > checkpoint->size) return refused(Outcome::kMalformed);
  std::string text = note->text;
  return remember({.old_size = request->old_size,
                   .proof = std::move(request->proof),
                   .checkpoint = *std::move(checkpoint),
                   .text = std::move(text),
                   .note = as_the_log_signed_it(*std::move(note), *log)});
}

core::Result<Cosigned> Witness::remember(const Asked& asked) {
  const Checkpoint& next = asked.checkpoint;
  Cosigned cosigned = refused(Outcome::kInconsistent);
  cosigned.origin = next.origin;
  std::uint64_t seconds = 0;
  const auto decide =
      [&](const std::optional<Remembered>& last) -> core::Result<std::optional<Remembered>> {
    const std::uint64_t size = last ? last->size : 0;
    const transparency::TreeHash root = last ? last->root : transparency::empty_root();
    if (asked.old_size != size) {
      cosigned.outcome = Outcome::kOtherSize;
      cosigned.size = size;
      return std::nullopt;
    }
    if (last && next.size == size && next.root != root) {
      cosigned.outcome = Outcome::kForked;
      return std::nullopt;
    }
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    if (!transparency::verify_consistency(size, root, next.size, next.root, asked.proof, checker)) {
      return std::nullopt;
    }
    seconds = now_seconds_();
    if (last && seconds < last->cosigned_at_seconds) {
      return core::fail(ErrorCode::kInternal, "the clock stands before the last cosignature");
    }
    cosigned.outcome = Outcome::kCosigned;
    cosigned.size = next.size;
    return Remembered{
        .size = next.size, .root = next.root, .note = asked.note, .cosigned_at_seconds = seconds};
  };
  HEYAN_CHECK_OK(memory_.change(next.origin, decide));
  if (cosigned.outcome == Outcome::kForked) {
    HEYAN_TRY(cosigned.new_evidence,
              memory_.keep_other_view(next.origin, next.size, next.root, asked.note));
  }
  if (cosigned.outcome != Outcome::kCosigned) return cosigned;
  HEYAN_TRY(const auto line, transparency::cosign(asked.text, seconds, name_, key_));
  cosigned.lines = transparency::encode_signature_line(line);
  return cosigned;
}

// The signature is made anew: it is the same for the same text and time.
core::Result<std::optional<std::string>> Witness::checkpoint(std::string_view origin_hash) {
  const auto log = std::ranges::find_if(logs_, [&](const Log& one) {
    return core::to_hex(crypto::sha256(core::as_bytes(one.origin))) == origin_hash;
  });
  if (log == logs_.end()) return std::nullopt;
  HEYAN_TRY(const auto last, memory_.find(log->origin));
  if (!last) return std::nullopt;
  HEYAN_TRY(Note note, transparency::parse_note(last->note));
  HEYAN_TRY(auto line, transparency::cosign(note.text, last->cosigned_at_seconds, name_, key_));
  note.signatures.push_back(std::move(line));
  return transparency::encode_note(note);
}

}  // namespace heyan::witness
