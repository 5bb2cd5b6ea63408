// Signed notes: text with signatures below it.
//
//   TEXT, ends in LF
//   (blank line)
//   — NAME BASE64(KEY ID || SIGNATURE)            one or more, U+2014 first
//
// Threat: notes come from anybody, and the text means nothing before a known key has verified.
// Unknown signatures are ignored; a known (name, key id) that stands twice or does not verify voids
// the whole note. Bounds: kNoteBytes and kNoteSignatures. Source: C2SP signed-note,
// tlog-cosignature (type 04: u64 seconds || signature over "cosignature/v1", the time and the
// text). Errors of reading: kMalformed, kLimit. Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/note_key.h"

namespace heyan::transparency {

inline constexpr std::size_t kNoteBytes = 64u << 10;
inline constexpr std::size_t kNoteSignatures = 64;

struct NoteSignature {
  std::string name;
  KeyId id{};
  core::Bytes signature;  // what follows the key id; not empty
  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  // with its last LF
  std::vector<NoteSignature> signatures;
  bool operator==(const Note&) const = default;
};

// Split at the last blank line. What is accepted is what encode_note writes.
core::Result<Note> parse_note(std::string_view bytes);
std::string encode_note(const Note& note);

enum class NoteFault : std::uint8_t {
  kUnsigned,         // no signature of a known key
  kDuplicate,        // a known key signed twice, or two known keys have one name and id
  kSignature,        // a known key's signature does not verify, or its time is above 2^63 - 1
  kEnginesDisagree,  // one library accepts it, the other refuses
  kBudget,           // Limits::signatures reached
};

// "unsigned" "duplicate" "signature" "engines-disagree" "budget".
std::string_view name(NoteFault fault);

// What stands before the note's text where type 04 signs it (C2SP tlog-cosignature).
std::string cosigned_text_start(std::uint64_t seconds);

// One line of a known key, whatever came of it.
struct NoteCheck {
  std::size_t key = 0;                               // which of the known keys
  std::optional<std::uint64_t> cosigned_at_seconds;  // as written; of type 04 only
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;
  bool repeated = false;  // a line above is of the same key
};

// Every line of a known key, in their order; nobody is believed before all are looked at: see
// verify_note. kDuplicate where two known keys have one name and id.
std::expected<std::vector<NoteCheck>, NoteFault> check_note(const Note& note,
                                                            std::span<const NoteVerifier> known,
                                                            crypto::SignatureChecker& checker);

// One signature that verified.
struct NoteSigner {
  std::size_t key = 0;                               // which of the known keys
  std::optional<std::uint64_t> cosigned_at_seconds;  // POSIX; of type 04 only
  bool operator==(const NoteSigner&) const = default;
};

// Who of `known` signed, in the order of the lines: at least one.
std::expected<std::vector<NoteSigner>, NoteFault> verify_note(const Note& note,
                                                              std::span<const NoteVerifier> known,
                                                              crypto::SignatureChecker& checker);

// The whole note: `text` with one signature of type 01. kMalformed where the text does not end in
// LF or is not note text, where `name` is no key name or the key is not Ed25519; kLimit above
// kNoteBytes.
core::Result<std::string> sign_note(std::string_view text, std::string_view name,
                                    const crypto::SigningKey& key);

}  // namespace heyan::transparency
