// A detached CMS signature as the seal of a PDF needs it: one signer, ECDSA on P-256 with SHA-256,
// the certificate within and bound by ESS signing-certificate-v2, and besides the digest of the
// document that of the report's payload, so that the signer itself says what it sealed.
//
//   signed attributes: contentType (id-data), messageDigest, signingCertificateV2 and
//   2.25.54930751201364072014503829241023875028, an OCTET STRING with the SHA-256 of the payload
//
// No signing time stands in it: PAdES has it in the PDF. Threat: a seal comes from anybody. It must
// be DER of this one shape, nothing missing, doubled or besides; of unsigned attributes it may have
// one time stamp (cms_time_stamp.h). Sources: RFC 5652, RFC 5754, RFC 5035, ETSI EN 319 142-1 6.3.
// Pure, any thread.
#pragma once

#include <optional>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {

// kUnsupported: not a key of P-256; kMalformed: not the key of the certificate; kInternal.
core::Result<core::Bytes> sign_cms(const SigningKey& key, const Certificate& certificate,
                                   core::ByteView document_sha256, core::ByteView payload_sha256);

struct CmsSignature {
  Certificate certificate;  // of whoever signed; who may is the caller's to know
  core::Bytes document_sha256;
  core::Bytes payload_sha256;
  std::optional<core::Bytes> time_stamp;  // a token as it came: nothing of it was read
  core::Bytes signature_sha256;           // what a time stamp must be over
  SignatureOutcome outcome = SignatureOutcome::kInvalid;
};
// kMalformed and others of a reader: no such signature.
core::Result<CmsSignature> verify_cms(core::ByteView der, SignatureChecker& checker);

}  // namespace heyan::crypto
