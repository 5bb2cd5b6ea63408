// An enveloped XML signature as the XML form of a report needs it: XAdES baseline B-B, ECDSA on
// P-256 with SHA-256, the certificate within and bound by SigningCertificateV2, the signer's time,
// and the digest of the report's payload, so that the signer itself says what it sealed.
//
//   reference 1: URI="", enveloped-signature and C14N 1.0: the whole document but this element
//   reference 2: SignedProperties; its DataObjectFormat/Description is
//                urn:heyan:payload:sha-256:HEX
//
// The element is written in one form only, in which SignedInfo and SignedProperties stand as
// exclusive canonicalisation leaves them; nothing is ever canonicalised here. Threat: a seal comes
// from anybody. What is not, character for character, what the writer would have written is
// refused before a key is looked at: no other algorithm, transform, reference or object can be
// said. Beside what is signed there may be one time stamp (XAdES B-T): an RFC 3161 token over the
// SignatureValue element as exclusive canonicalisation writes it; it is carried, not read. Sources:
// XML Signature 1.1, Exclusive XML Canonicalization 1.0, RFC 4051 2.3.6, ETSI EN 319 132-1 5.3 and
// 6.3. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {

// How every such element begins, and how it ends.
inline constexpr std::string_view kXadesBegins =
    R"(<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="seal">)";
inline constexpr std::string_view kXadesEnds = "</ds:Signature>";

// `document_sha256`: of the canonical document without this element. kUnsupported: not a key of
// P-256; kMalformed: not the key of the certificate; kInternal.
core::Result<std::string> sign_xades(const SigningKey& key, const Certificate& certificate,
                                     core::ByteView document_sha256, core::ByteView payload_sha256,
                                     core::UtcTime at);

// Of an element without a time stamp: what a token for it is over (SHA-256), and the element with a
// token in it. kMalformed: it is none, or has one; kLimit: it would be too large.
core::Result<core::Bytes> xades_digest_to_stamp(std::string_view element);
core::Result<std::string> put_xades_time_stamp(std::string_view element, core::ByteView token);

struct XadesSignature {
  Certificate certificate;  // of whoever signed; who may is the caller's to know
  core::Bytes document_sha256;
  core::Bytes payload_sha256;
  core::UtcTime at;                       // as the signer says
  std::optional<core::Bytes> time_stamp;  // a token as it came: nothing of it was read
  core::Bytes signature_sha256;           // what a time stamp must be over
  SignatureOutcome outcome = SignatureOutcome::kInvalid;
};
// kMalformed and others of a reader: not an element of that form.
core::Result<XadesSignature> verify_xades(std::string_view element, SignatureChecker& checker);

}  // namespace heyan::crypto
