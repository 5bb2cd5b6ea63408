// Does the seal of a PDF hold, and what report is attached?
//
// Nothing of the file is parsed before the seal was verified with a key that the caller knows; the
// pages prove nothing by themselves, the attached report is the original (security decisions 15 and
// 19). Whether that report stands is verify_envelope's to say. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signature.h"

namespace heyan::pdf {

bool is_pdf(core::ByteView file);

enum class SealFault : std::uint8_t {
  kNone,
  kNoSeal,           // a draft, or not ours
  kCoverage,         // more than one signature, or one that leaves out a part of the file
  kSignature,        // the seal does not verify, or is of another form
  kChanged,          // it verifies, and is over other bytes
  kEnginesDisagree,  // one library accepts it, the other refuses
  kIssuerUnknown,    // it holds, and nobody said that this key is an issuer's
  kShape,            // sealed by the issuer, and not of the one shape
  kAttachments,      // the attached report is not the one that the seal names
};

struct SealVerdict {
  SealFault fault = SealFault::kNoSeal;
  std::optional<crypto::Certificate> certificate;  // where the seal holds, whoever made it
  core::Bytes payload_sha256;                      // likewise: what the signer says it sealed
  std::string envelope;                            // where all is well
};

// The seal alone: nothing of the file is read, so the shape is not checked and `envelope` stays
// empty. kNone: it covers the whole file and was made with a key that is pinned.
SealVerdict check_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                       crypto::SignatureChecker& checker);

// The seal, then the shape and what is attached.
SealVerdict verify_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                        crypto::SignatureChecker& checker);

}  // namespace heyan::pdf
