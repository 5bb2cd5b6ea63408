// The signed report: RFC 7515 general JSON over the exact bytes of the payload, signed twice.
//
//   {"payload": B64(payload), "signatures": [{"protected": B64(header), "signature": B64(r || s)},
//   ...]} header, canonical JSON: {"alg", "heyan-log"?: {"index", "origin"}, "heyan-signatures":
//   [all algorithms], "iat",
//                            "typ": "heyan-report+jws", "x5c": [base64 DER, leaf first]}
//
// One signature is ES256, one SM2 with SM3 (user id 1234567812345678, no name is registered for
// it). Each verifies alone; here both are required, so that neither can be taken off.
//
// Threat: a signed report comes from anybody. The pinned key fixes the algorithm; no header can
// name a key, a URL, a critical extension or a detached payload; every member that is not in this
// list is refused. Sources: RFC 7515, RFC 7518 3.4, RFC 8785, GB/T 32918.2. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"
#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::report {

inline constexpr std::string_view kJwsType = "heyan-report+jws";
inline constexpr std::string_view kJwsEs256 = "ES256";
inline constexpr std::string_view kJwsSm2 = "urn:heyan:jws:sm2-sm3";

// Where the payload's digest stands in the report log.
struct LogPosition {
  std::string origin;
  std::int64_t index = 0;
  bool operator==(const LogPosition&) const = default;
};

struct ReportSigner {
  crypto::SigningKey key;
  std::vector<crypto::Certificate> chain;  // leaf first; its key is `key`
};

// Signs with one P-256 and one SM2 signer, in any order; ES256 stands first. `payload` must be
// canonical JSON. The time is cut to whole seconds.
core::Result<std::string> sign_report(core::ByteView payload, std::span<const ReportSigner> signers,
                                      core::UtcTime signed_at,
                                      const std::optional<LogPosition>& log = std::nullopt);

enum class JwsOutcome : std::uint8_t {
  kValid,          // both signatures verify, with pinned keys
  kInvalid,        // see JwsVerdict::fault
  kIssuerUnknown,  // both verify, but at least one key is not pinned
};

enum class JwsFault : std::uint8_t {
  kNone,
  kNotJson,        // not one strict JSON document
  kMembers,        // a member missing, unknown or of another type
  kBase64,         // not strict base64url
  kPayload,        // the payload is not a canonical JSON object
  kHeader,         // a protected header is not canonical or holds something else than listed above
  kAlgorithm,      // algorithm unknown, or not that of the certificate's key
  kSignatureSet,   // a signature missing, doubled or beyond the expected set
  kHeadersDiffer,  // the two headers state different times or log positions
  kCertificate,    // a certificate does not read, does not chain, or was not valid when it signed
  kSignature,      // a signature does not verify
  kEnginesDisagree,  // one library accepts it, the other refuses
  kBudget,           // Limits::signatures reached
};

// "not-json" "members" "base64" "payload" "header" "algorithm" "signature-set" "headers-differ"
// "certificate" "signature" "engines-disagree" "budget"; "none".
std::string_view name(JwsFault fault);

struct JwsSignature {
  std::string_view algorithm;  // kJwsEs256 or kJwsSm2
  std::vector<crypto::Certificate> chain;
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;
  bool issuer_known = false;  // the leaf's key is pinned
};

struct JwsVerdict {
  JwsOutcome outcome = JwsOutcome::kInvalid;
  JwsFault fault = JwsFault::kNotJson;
  core::Bytes payload;                   // empty unless the whole envelope was read
  std::vector<JwsSignature> signatures;  // likewise; in the order of the document
  core::UtcTime signed_at;
  std::optional<LogPosition> log;
};

// Verifies a signed report against pinned keys (of certificates or bare).
JwsVerdict verify_report(core::ByteView jws_json, std::span<const crypto::PublicKey> pinned,
                         crypto::SignatureChecker& checker, const core::Limits& limits = {});

}  // namespace heyan::report
