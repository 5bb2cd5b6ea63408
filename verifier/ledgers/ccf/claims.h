// What an application claims of a transaction: entries of a ledger, or digests of such.
//
//   [{"kind": "LedgerEntry", "ledgerEntry": {"protocol": "LedgerEntryV1", "collectionId": TEXT,
//     "contents": TEXT, "secretKey": BASE64}},
//    {"kind": "ClaimDigest", "digest": {"protocol": "LedgerEntryV1", "value": HEX}}]
//
//   claims digest  SHA-256(count, u32 little-endian || for each claim SHA-256(protocol || d))
//   d of an entry  SHA-256(HMAC-SHA256(key, collectionId) || HMAC-SHA256(key, contents))
//
// Threat: contents are the depositor's. Unknown members and kinds are refused; at most kMostClaims.
// Source: Azure/azure-sdk-for-python sdk/confidentialledger, receipt/_claims_digest_computation.py.
// Errors: kMalformed, kUnknown, kLimit, kUnsupported (another kind or protocol). Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/crypto/signature.h"
#include "verifier/ledgers/members.h"

namespace heyan::ledgers::ccf {

inline constexpr std::size_t kMostClaims = 64;

struct EntryClaim {
  std::string collection;
  std::string contents;
  core::Bytes key;
};

struct Claim {
  std::optional<EntryClaim> entry;
  Bytes32 digest{};  // d, where there is no entry
};

core::Result<std::vector<Claim>> read_claims(const core::json::Value& value);

// Nothing where the libraries differ.
std::optional<core::Bytes> claims_digest(const std::vector<Claim>& claims,
                                         crypto::SignatureChecker& checker);

}  // namespace heyan::ledgers::ccf
