#include "verifier/transparency/note.h"

#include <algorithm>
#include <array>

#include "verifier/core/cursor.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/lines.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::transparency {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::SignatureChecker;
using crypto::SignatureOutcome;

constexpr std::size_t kEd25519Bytes = 64;
constexpr std::array<std::string_view, 5> kFaultNames = {"unsigned", "duplicate", "signature",
                                                         "engines-disagree", "budget"};

crypto::Scheme ed25519() { return {.kind = crypto::SignatureKind::kEd25519}; }

NoteFault fault_of(SignatureOutcome outcome) {
  switch (outcome) {
    case SignatureOutcome::kEnginesDisagree:
      return NoteFault::kEnginesDisagree;
    case SignatureOutcome::kBudgetSpent:
      return NoteFault::kBudget;
    case SignatureOutcome::kValid:
    case SignatureOutcome::kInvalid:
      break;
  }
  return NoteFault::kSignature;
}

bool names(const NoteSignature& signature, const NoteVerifier& verifier) {
  return signature.id == verifier.id() && signature.name == verifier.name();
}

NoteCheck check_one(std::size_t key, const NoteVerifier& verifier, ByteView signature,
                    std::string_view text, SignatureChecker& checker) {
  NoteCheck check{.key = key,
                  .cosigned_at_seconds = std::nullopt,
                  .outcome = SignatureOutcome::kInvalid,
                  .repeated = false};
  std::string message;
  if (verifier.type() == NoteKeyType::kCosignature) {
    core::Cursor cursor(signature);
    const auto seconds = cursor.take_u64();
    if (!seconds || *seconds > kLastSecond) return check;
    check.cosigned_at_seconds = *seconds;
    message = cosigned_text_start(*seconds);
    signature = signature.subspan(cursor.offset());
  }
  message += text;
  if (signature.size() != kEd25519Bytes) return check;
  check.outcome = checker.verify(verifier.key(), ed25519(), core::as_bytes(message), signature);
  return check;
}

// Two known keys that one signature line could name: nobody could say which of them has to verify.
bool has_collision(std::span<const NoteVerifier> known) {
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto same = [&](const NoteVerifier& other) {
      return other.id() == known[i].id() && other.name() == known[i].name();
    };
    if (std::ranges::any_of(known.subspan(i + 1), same)) return true;
  }
  return false;
}

}  // namespace

std::string_view name(NoteFault fault) { return kFaultNames.at(static_cast<std::size_t>(fault)); }

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kNoteBytes) return fail(ErrorCode::kLimit, "note is too long");
  if (!is_note_text(bytes)) {
    return fail(ErrorCode::kMalformed, "note is not UTF-8 without control characters");
  }
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos) return fail(ErrorCode::kMalformed, "note has no signatures");
  Note note{std::string(bytes.substr(0, blank + 1)), {}};
  HEYAN_TRY(note.signatures, parse_signature_lines(bytes.substr(blank + 2)));
  return note;
}

std::string encode_note(const Note& note) {
  std::string bytes = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) bytes += encode_signature_line(signature);
  return bytes;
}

std::string cosigned_text_start(std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n";
}

std::expected<std::vector<NoteCheck>, NoteFault> check_note(const Note& note,
                                                            std::span<const NoteVerifier> known,
                                                            SignatureChecker& checker) {
  if (has_collision(known)) return std::unexpected(NoteFault::kDuplicate);
  std::vector<NoteCheck> checks;
  for (const NoteSignature& signature : note.signatures) {
    const auto found = std::ranges::find_if(
        known, [&](const NoteVerifier& verifier) { return names(signature, verifier); });
    if (found == known.end()) continue;
    const auto key = static_cast<std::size_t>(found - known.begin());
    NoteCheck check = check_one(key, *found, signature.signature, note.text, checker);
    check.repeated = std::ranges::find(checks, key, &NoteCheck::key) != checks.end();
    checks.push_back(check);
  }
  return checks;
}

std::expected<std::vector<NoteSigner>, NoteFault> verify_note(const Note& note,
                                                              std::span<const NoteVerifier> known,
                                                              SignatureChecker& checker) {
  const auto checks = check_note(note, known, checker);
  if (!checks) return std::unexpected(checks.error());
  if (checks->empty()) return std::unexpected(NoteFault::kUnsigned);
  std::vector<NoteSigner> signers;
  for (const NoteCheck& check : *checks) {
    if (check.repeated) return std::unexpected(NoteFault::kDuplicate);
    if (check.outcome != SignatureOutcome::kValid) return std::unexpected(fault_of(check.outcome));
    signers.push_back({check.key, check.cosigned_at_seconds});
  }
  return signers;
}

Result<std::string> sign_note(std::string_view text, std::string_view name,
                              const crypto::SigningKey& key) {
  if (!is_note_text(text) || !text.ends_with('\n')) {
    return fail(ErrorCode::kMalformed, "not the text of a note");
  }
  HEYAN_TRY(const NoteVerifier verifier,
            NoteVerifier::make(name, NoteKeyType::kEd25519, key.public_key()));
  HEYAN_TRY(Bytes signature, key.sign(ed25519(), core::as_bytes(text)));
  Note note{std::string(text), {{std::string(name), verifier.id(), std::move(signature)}}};
  std::string bytes = encode_note(note);
  if (bytes.size() > kNoteBytes) return fail(ErrorCode::kLimit, "note is too long");
  return bytes;
}

}  // namespace heyan::transparency
