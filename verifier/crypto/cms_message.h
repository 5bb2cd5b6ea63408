// A CMS SignedData as others write it: CAdES signatures and time-stamp tokens.
//
// Said of each signer: do its signed attributes bear the signature of the certificate to which
// they are bound by ESS signing-certificate(-v2)? Whether the content is the signed one is the
// caller's to see where it is detached: `message_digest` over it with `hash`.
//
// Threat: the message is anybody's. The parts that are read must be DER; a message that begins with
// an indefinite length is written again in DER first, other BER is refused. A key counts only by
// the certificate that the signer identifier names and the signed attributes digest. Closed lists
// of digests and algorithms: SHA-256, SHA-384, SHA-512, SM3 with RSA (PKCS#1 1.5 or PSS), ECDSA,
// Ed25519, SM2; everything else, SHA-1 too, is kUnsupported and never intact; a weak RSA key
// (weak_keys.h) is not refused here. Unsigned attributes and revocation values are not read.
// Certificates that cannot be read are passed over. Sources: RFC 5652, RFC 5035 (SHA-1 only to tell
// certificates apart, as its first version has it), RFC 5754, RFC 8419, ETSI EN 319 122-1, GM/T
// 0010 (its own names of SignedData and Data, and signers without attributes, where asked for).
// Pure, any thread but for the checker.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

enum class SignerFault : std::uint8_t {
  kNone,
  kUnsupported,       // an algorithm, digest or form beyond the lists
  kNoCertificate,     // the certificate of the signer identifier is not within, or not readable
  kWeakDigest,        // SHA-1: bound to the certificate, the signature not looked at
  kNoAttributes,      // nothing but the content would be signed
  kOtherContentType,  // the signed attributes say another content type than the message
  kUnbound,           // no ESS attribute names the certificate
  kOtherCertificate,  // the ESS attribute names another certificate than the signer identifier
  kContentDiffers,    // the content within has another digest
  kInvalid,           // not the certificate's signature
  kUndecided,         // the engines disagree, or the budget is spent
};

// kNone, kInvalid or kUndecided.
SignerFault fault_of(SignatureOutcome outcome);

// `digest` of `certificate`, by that hash: SHA-1, SHA-256, SHA-384, SHA-512, SM3.
bool has_digest(const Certificate& certificate, Hash hash, core::ByteView digest);

struct CmsSigner {
  std::optional<Certificate> certificate;  // the named one
  Hash hash = Hash::kSha256;               // of the content; not to be used with kUnsupported
  core::Bytes message_digest;              // of the content, as signed
  SignerFault fault = SignerFault::kInvalid;
  bool bare = false;  // no signed attributes: the signature is over the content alone
};

struct CmsMessage {
  bool gm = false;                        // of GM/T 0010
  std::string content_type;               // content octets of the object identifier, hex
  std::optional<core::Bytes> content;     // nothing: detached
  std::vector<Certificate> certificates;  // those that can be read, at most 64 looked at
  std::vector<CmsSigner> signers;         // 1 to 16
};

inline constexpr std::string_view kCmsData = "2a864886f70d010701";               // RFC 5652 4
inline constexpr std::string_view kCmsTimestampInfo = "2a864886f70d0109100104";  // RFC 3161 2.4.2
inline constexpr std::string_view kGmData = "2a811ccf550601040201";              // GM/T 0010

// How a message may be read beyond what it says itself.
struct CmsReading {
  std::span<const Certificate> candidates;  // for a signer whose certificate does not come along
  std::string_view sm2_user_id = "1234567812345678";
  bool gm = false;  // also of GM/T 0010, and there signers without signed attributes
};

// Errors of a reader (kMalformed kTruncated kTrailing kNotCanonical kDuplicate kLimit
// kUnsupported): not such a message.
core::Result<CmsMessage> read_cms(core::ByteView bytes, SignatureChecker& checker,
                                  const core::Limits& limits = {}, const CmsReading& reading = {});

}  // namespace heyan::crypto
