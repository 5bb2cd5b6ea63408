// Signatures of Standard Webhooks: an HMAC with a secret that both sides know.
//
// Source: standardwebhooks.com, specification 1.0: HMAC-SHA-256 over "id.timestamp.body"; several
// signatures in one field while a secret is being replaced. Times are Unix seconds. Pure, any
// thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message_signatures/signatures.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::message_signatures {

// "whsec_" and base64 of 24 to 64 bytes; kMalformed.
core::Result<core::Bytes> parse_webhook_secret(std::string_view text);

struct Delivery {
  std::string id;         // webhook-id
  std::string timestamp;  // webhook-timestamp, decimal
  std::string signature;  // webhook-signature
};

// The value of webhook-signature: one "v1,…" for each secret, a space between.
std::string sign_webhook(std::string_view id, std::int64_t timestamp, core::ByteView body,
                         const std::vector<core::Bytes>& secrets);

// Empty: one of the signatures is of one of the secrets, and the time is within `tolerance`
// seconds. kMissing: a field is; kVersionUnknown, kMalformed, kInvalid, kStale, kFuture.
std::set<Fault> verify_webhook(const Delivery& delivery, core::ByteView body,
                               const std::vector<core::Bytes>& secrets, std::int64_t now,
                               std::int64_t tolerance = 300);

}  // namespace heyan::message_signatures
