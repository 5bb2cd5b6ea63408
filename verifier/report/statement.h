// The statement in the QR code of a printed report: what a reader of the paper needs to compare,
// signed with a key of its own, small enough for a code, and verified without a network.
//
//   "HY1." base32( body || r || s )        RFC 4648 section 6, without padding: QR alphanumeric
//   body: 0x01  key(4)  flags(1: bit 0 sample list)  number(10)  asOf(5, seconds)  index(varint)
//         payload(32)  verdict(1)  count(varint)
//         up to 8 items: each verdict(1) fingerprint(10: SHA-256, its beginning)
//         more:          how many of each verdict, six varints in the order of v1::Verdict
//
// Signed is "heyan.statement.v1\n" || body, ES256. `key` are the first bytes of the SHA-256 of its
// SubjectPublicKeyInfo: they tell another issuer's statement from one that was changed.
// Threat: anybody can print a code. Nothing is believed but what a key signed that the reader has
// from elsewhere, nothing in it is a link, and what it says is as of a date (security decision 14).
// Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::report {

inline constexpr std::size_t kStatementItems = 8;
inline constexpr std::size_t kStatementDigestBytes = 10;

struct StatementItem {
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  core::Bytes fingerprint;  // kStatementDigestBytes; zeros where the file has none
  bool operator==(const StatementItem&) const = default;
};

struct Statement {
  std::string number;  // "HY-XXXX-XXXX-XXXX-XXXX"
  core::UtcTime as_of;
  std::uint64_t log_index = 0;
  core::Bytes payload_sha256;
  v1::SubmissionVerdict verdict = v1::SUBMISSION_VERDICT_UNSPECIFIED;
  bool sample = false;
  std::uint64_t count = 0;
  std::vector<StatementItem> items;       // where there are at most kStatementItems
  std::array<std::uint64_t, 6> counts{};  // otherwise: of each verdict, CONSISTENT first
  bool operator==(const Statement&) const = default;
};

// kUnsupported: the number is not one that a gateway gives.
core::Result<Statement> statement_of(const v1::Report& report, core::ByteView payload_sha256,
                                     std::uint64_t log_index);

// `key`: of P-256, for statements alone.
core::Result<std::string> sign_statement(const Statement& statement, const crypto::SigningKey& key);

enum class StatementOutcome : std::uint8_t {
  kNotOne,         // not a statement, or not in its one form
  kIssuerUnknown,  // signed with another key than those named; or changed so that it seems so
  kInvalid,        // it names one of the keys, and the signature does not fit
  kEnginesDisagree,
  kValid,
};
struct StatementVerdict {
  StatementOutcome outcome = StatementOutcome::kNotOne;
  std::optional<Statement> statement;  // only where it is valid: nothing else is repeated
};
StatementVerdict verify_statement(std::string_view text, std::span<const crypto::PublicKey> pinned,
                                  crypto::SignatureChecker& checker);

}  // namespace heyan::report
