// HTTP message signatures: made, and verified under a policy.
//
// Source: RFC 9421 sections 3.1 and 3.2; Content-Digest by RFC 9530. A signature that covers
// nothing proves nothing about the message and is refused, however valid. The algorithm follows
// from the key, never from the message: Ed25519, ECDSA on P-256 with SHA-256 (r || s), RSASSA-PSS
// with SHA-512. Times are Unix seconds. Pure, any thread; a SignatureChecker is one judgement's.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/message_signatures/signature_base.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::message_signatures {

enum class Fault : std::uint8_t {
  kMissing,           // no signature of that label, or no input for it
  kMalformed,         // the fields are not of their grammar
  kComponentMissing,  // what is covered is not in the message, or cannot be read
  kInvalid,           // the signature does not verify
  kDigestMismatch,    // Content-Digest names other bytes than the body's
  kNothingCovered,
  kNotCovered,      // a component that the policy asks for
  kUntimed,         // no `created`
  kStale,           // `created` too long ago, or `expires` is past
  kFuture,          // `created` is to come
  kVersionUnknown,  // of webhooks: no signature of a version that is known
  kOtherKey,        // `keyid`, `alg` or `tag` is not the expected one
};
std::string_view name(Fault fault);  // "nothing-covered"

struct Policy {
  std::int64_t now = 0;
  std::int64_t max_age = 300;
  std::int64_t skew = 30;               // by which a clock may be ahead
  std::vector<std::string> required{};  // identifiers as written: "\"@method\""
  std::optional<std::string> keyid{};
  std::optional<std::string> tag{};
};

struct Verification {
  std::set<Fault> faults;              // empty: it holds
  std::string base;                    // what was signed; empty where it could not be made
  bool has_signature = false;          // Signature and Signature-Input have the label
  bool signature_valid = false;        // by itself, whatever the policy says
  std::optional<bool> digest_matches;  // nothing: no Content-Digest of an algorithm known here
  std::optional<std::int64_t> created;
  std::string keyid;
};

// `label`: which signature. `body`: the message's content.
Verification verify(const Message& message, core::ByteView body, std::string_view label,
                    const crypto::PublicKey& key, const Policy& policy,
                    crypto::SignatureChecker& checker);

struct Parameters {
  std::int64_t created = 0;
  std::string keyid;
  std::string tag;  // empty: none
};
// Values of the two fields.
struct SignedFields {
  std::string signature_input;
  std::string signature;
};
// `components`: names without parameters. kUnsupported: a key that is neither Ed25519 nor of P-256;
// the errors of signature_base.
core::Result<SignedFields> sign(const Message& message, std::string_view label,
                                const std::vector<std::string>& components,
                                const Parameters& parameters, const crypto::SigningKey& key);

// Whether Content-Digest names these bytes. Nothing: no digest of an algorithm known here.
// kMalformed.
core::Result<std::optional<bool>> check_digest(std::string_view field, core::ByteView body);

}  // namespace heyan::message_signatures
