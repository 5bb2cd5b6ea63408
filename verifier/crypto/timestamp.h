// A time-stamp token: that somebody's bytes of a digest existed at a time, as an authority says.
//
// Threat: the token is anybody's. It is a CMS message (cms_message.h, with all that is refused
// there) with a TSTInfo inside, in DER, of one signer; the certificate must be for time stamping
// and nothing else. Whose certificate counts as an authority's is the caller's to know: the chain
// is not judged here. Source: RFC 3161 2.3 and 2.4.2, RFC 5816. Pure, any thread but for the
// checker.
#pragma once

#include <optional>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/crypto/cms_message.h"

namespace heyan::crypto {

struct TimestampToken {
  std::optional<Certificate> authority;   // of the signer
  std::vector<Certificate> certificates;  // that came along
  Hash hash = Hash::kSha256;              // SHA-256, SHA-384, SHA-512, SM3
  core::Bytes imprint;                    // of the stamped bytes
  core::UtcTime time;                     // cut to milliseconds
  SignerFault fault = SignerFault::kInvalid;
};

// The token itself (ContentInfo), not a response that holds one. Errors of a reader: no such token;
// kUnsupported also where the imprint's hash is not one of those, a certificate is not only for
// time stamping, or an extension is critical.
core::Result<TimestampToken> read_timestamp(core::ByteView der, SignatureChecker& checker,
                                            const core::Limits& limits = {});

}  // namespace heyan::crypto
