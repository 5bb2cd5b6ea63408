// Why a time stamp is what it is, in the words of our vectors (tests/vectors/timestamps/FORMAT.md).
#pragma once

#include <cstdint>
#include <string_view>

namespace heyan::timestamps {

enum class Reason : std::uint8_t {
  kTrailingData,
  kStatus,  // the authority refused: there is no token
  kContentType,
  kVersion,
  kTimeSyntax,
  kTimeInFuture,
  kCriticalExtension,
  kSignerCount,
  kSignerCertificateMissing,
  kSignature,
  kContentTypeAttribute,
  kEssMissing,
  kEssMismatch,
  kNoSignedAttributes,
  kGmWithoutAttributes,  // as the GM profile has it
  kUnsupported,          // a signature algorithm beyond our lists
  kCertificateUsage,
  kCertificateUsageNotCritical,
  kCertificateKeyUsage,
  kCertificateNotValid,  // at genTime
  kUntrustedIssuer,
  kRevokedBefore,   // before genTime
  kRevokedWithKey,  // for a reason that makes every token of the key worthless, or none
  kRevocationNotChecked,
  kAuthorityName,
  kImprintAlgorithm,  // not known here, or the file has no such digest
  kImprintLength,
  kImprintMismatch,
  kNonce,
  kPolicy,
  kNotAcceptedThen,  // genTime before the trust list accepts the authority
  kWeakImprint,
  kWeakSignatureDigest,
  kWeakKey,
  kEnginesDisagree,
  kTooManyChains,
  kNotPinned,  // a GM token without attributes, by a certificate whose key is not listed itself
};

std::string_view name(Reason reason);  // "TRAILING_DATA" ...; several have one name

}  // namespace heyan::timestamps
