// What is found of the seal of a file made from a report: a PDF, or XML.
//
// The file proves nothing by itself; the signed report within it is the original (security decision
// 15). Whether that report stands is verify_envelope's to say. Values, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/crypto/certificate.h"
#include "verifier/report/time_stamp.h"

namespace heyan::report {

enum class SealFault : std::uint8_t {
  kNone,
  kNoSeal,           // a draft, or not ours
  kCoverage,         // more than one signature, or one that leaves out a part of the file
  kSignature,        // the seal does not verify, or is of another form
  kChanged,          // it verifies, and is over other bytes
  kEnginesDisagree,  // one library accepts it, the other refuses
  kIssuerUnknown,    // it holds, and nobody said that this key is an issuer's
  kShape,            // sealed by the issuer, and not of the one shape
  kAttachments,      // the report within is not the one that the seal names
};

struct SealVerdict {
  SealFault fault = SealFault::kNoSeal;
  std::optional<crypto::Certificate> certificate;  // where the seal holds, whoever made it
  core::Bytes payload_sha256;                      // likewise: what the signer says it sealed
  TimeStamp stamp;                                 // likewise: over the seal's signature
  std::string envelope;                            // where all is well
};

}  // namespace heyan::report
