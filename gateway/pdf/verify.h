// Does the seal of a PDF hold, and what report is attached?
//
// Nothing of the file is parsed before the seal was verified with a key that the caller knows; the
// pages prove nothing by themselves, the attached report is the original (security decisions 15 and
// 19). Whether that report stands is verify_envelope's to say. Pure, any thread.
#pragma once

#include <span>

#include "verifier/core/bytes.h"
#include "verifier/crypto/signature.h"
#include "verifier/report/seal_verdict.h"

namespace heyan::pdf {

bool is_pdf(core::ByteView file);

using report::SealFault;
using report::SealVerdict;

// The seal alone: nothing of the file is read, so the shape is not checked and `envelope` stays
// empty. kNone: it covers the whole file and was made with a key that is pinned.
SealVerdict check_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                       crypto::SignatureChecker& checker);

// The seal, then the attached report as it stands in the file's text; the pages are not looked at,
// nor the shape. For a program that holds no reader of PDF. `envelope` stays empty where no report
// stands there in the clear.
SealVerdict check_report(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                         crypto::SignatureChecker& checker);

// The seal, then the shape and what is attached.
SealVerdict verify_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                        crypto::SignatureChecker& checker);

}  // namespace heyan::pdf
