// The time stamp over a detached CMS signature (cms.h): the one unsigned attribute that it may
// have, id-aa-signatureTimeStampToken with one RFC 3161 token, whose imprint is over the
// SignatureValue.
//
// The token is carried, not read: it is another's, and judged by itself. All else stays byte for
// byte what was signed; what is taken out and put in again gives the same bytes, so that a
// signature can have its stamp in one form only. Sources: RFC 5652 5.3, RFC 3161 appendix A, ETSI
// EN 319 122-1 5.3. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::crypto {

// What a token for this signature is over: SHA-256 of the SignatureValue's octets. Errors of a
// reader: no signature, or one with unsigned attributes.
core::Result<core::Bytes> cms_digest_to_stamp(core::ByteView cms);

// `cms` without unsigned attributes. kMalformed and others of a reader: that it is not, or the
// token is not one value of DER.
core::Result<core::Bytes> put_cms_time_stamp(core::ByteView cms, core::ByteView token);

struct StampedCms {
  core::Bytes cms;  // as it was signed
  std::optional<core::Bytes> token;
};
// Errors of a reader: other unsigned attributes, several, or another form.
core::Result<StampedCms> take_cms_time_stamp(core::ByteView cms);

}  // namespace heyan::crypto
