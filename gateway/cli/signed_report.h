// A signed report (JWS), checked and told. What does not stand is not repeated: nobody could tell
// the words of a report from anybody's.
//
// Threat: the report comes from anybody. Only keys that the user names are believed (security
// decision 14). Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/cli/exit_status.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/bytes.h"
#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/key.h"
#include "verifier/transparency/note_key.h"
#include "verifier/transparency/policy.h"

namespace heyan::cli {

struct Issuer {
  std::vector<crypto::PublicKey> keys;
  std::optional<transparency::NoteVerifier> log;
  std::optional<transparency::LogPolicy> log_policy;  // whose signatures the log must bear, too
  std::vector<crypto::Certificate> tsa;               // whose time stamps count
  core::UtcTime now;
};

struct CheckedReport {
  ExitStatus status = ExitStatus::kInconsistent;  // or kOk, kOpen
  std::string text;                               // lines, the last one ends
  core::Bytes payload;                            // as signed; empty where it does not stand
  // When the first certificate of its signers ends; nothing where it does not stand.
  std::optional<core::UtcTime> certificates_until = {};
};

CheckedReport check_signed(core::ByteView document, const Issuer& issuer,
                           catalogue::Language language);

}  // namespace heyan::cli
