// The signed report as it is handed out: the JWS, and beside it the proof that it stands in the
// report log, the personal fields that are disclosed to whoever has this copy (copy.h), and a time
// stamp over the signatures.
//
//   {"heyan-disclosures": [...], "heyan-log-proof": "c2sp.org/tlog-proof@v1\n...",
//    "heyan-time-stamp": base64 of an RFC 3161 token, "payload": ..., "signatures": [...]}
//
// The token's imprint is SHA-256 over the bytes of the signatures (ES256, then SM2: 128 bytes). A
// token over anything else is a fault; by whose clock it is, is the reader's to judge.
// The proof's extra line holds the leaf; its index and origin are those of the JWS headers.
// Threat: a stolen report key could sign a second report in silence; one that must be in the log
// cannot stay unseen (security decision 17). So a proof that is there must hold, and whoever knows
// the log's key must see one. Sources: RFC 7515 7.2.1, C2SP tlog-proof. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/report/copy.h"
#include "verifier/report/jws.h"
#include "verifier/report/log_entry.h"
#include "verifier/report/time_stamp.h"
#include "verifier/transparency/note_key.h"

namespace heyan::report {

// `jws` is what sign_report made. kMalformed otherwise.
core::Result<std::string> seal(std::string_view jws, std::string_view log_proof);

enum class LogOutcome : std::uint8_t {
  kAbsent,      // neither a place in a log nor a proof
  kMissing,     // the headers name a place, and there is no proof; or a key was given and no proof
  kKeyUnknown,  // there is a proof, and no key to check it with
  kValid,
  kInvalid,
};

// What an envelope of one's own says of its place in the log; nothing is verified. Nothing where it
// names no place, or not in which log.
std::optional<LoggedAs> logged_as(core::ByteView document, const core::Limits& limits = {});

// The log proof as it stands beside the signatures; nothing is verified. Nothing where there is
// none.
std::optional<std::string> log_proof_of(core::ByteView document, const core::Limits& limits = {});
// The exact bytes that an envelope holds as its payload; nothing is verified. Nothing where it
// reads otherwise.
std::optional<core::Bytes> payload_within(core::ByteView document, const core::Limits& limits);

struct EnvelopeVerdict {
  JwsVerdict jws;
  LogOutcome log = LogOutcome::kAbsent;
  // Not looked at where the signatures do not hold.
  TimeStamp stamp;
  // What the payload commits to, and what of it this copy discloses. A fault of the disclosures
  // voids the copy, whatever the signatures say; neither is looked at where they do not hold.
  std::vector<PersonalField> personal;
  Disclosed disclosed;
};

// `log_key`: of the log in which the issuer's reports must stand; null where none is known.
EnvelopeVerdict verify_envelope(core::ByteView document, std::span<const crypto::PublicKey> pinned,
                                const transparency::NoteVerifier* log_key,
                                crypto::SignatureChecker& checker, const core::Limits& limits = {});

}  // namespace heyan::report
