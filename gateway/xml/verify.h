// Does the seal of an XML report hold, and does the file say what the report within it says?
//
// Threat: the file comes from anybody: wrapped signatures, second ones, DOCTYPE and entities,
// comments, other namespaces, other canonical forms. So no XML parser ever reads it: the seal
// stands in one place and one form (seal.h, crypto/xades.h), and once it holds with a key that the
// caller knows, the whole file is written anew from the signed report within it and must be the
// same, byte for byte. The report is the original (security decision 15). Pure, any thread.
#pragma once

#include <span>

#include "verifier/core/bytes.h"
#include "verifier/crypto/signature.h"
#include "verifier/report/seal_verdict.h"

namespace heyan::xml {

inline constexpr std::size_t kMostFileBytes = 256u << 20;

bool is_xml(core::ByteView file);

// The seal alone: nothing of the file is read, so what it says is not compared and `envelope` stays
// empty. kNone: it covers the whole file and was made with a key that is pinned.
report::SealVerdict check_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                               crypto::SignatureChecker& checker);

// The seal, then the report within as it stands in the text; what the file says besides is not
// compared with it. For a program that holds no writer of XML.
report::SealVerdict check_report(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                                 crypto::SignatureChecker& checker);

// The seal, then what the file says and the report within it.
report::SealVerdict verify_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                                crypto::SignatureChecker& checker);

}  // namespace heyan::xml
