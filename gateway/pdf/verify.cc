#include "gateway/pdf/verify.h"

#include "gateway/pdf/read.h"
#include "verifier/crypto/digest.h"

namespace heyan::pdf {

SealVerdict verify_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                        crypto::SignatureChecker& checker) {
  SealVerdict verdict = check_seal(file, pinned, checker);
  if (verdict.fault != SealFault::kNone) return verdict;
  auto attached = read_attached(core::as_text(file));
  const std::string reason = "Payload SHA-256 " + core::to_hex(verdict.payload_sha256);
  if (!attached) {
    verdict.fault = SealFault::kShape;
  } else if (crypto::sha256(core::as_bytes(attached->payload)) != verdict.payload_sha256 ||
             attached->reason != reason) {
    verdict.fault = SealFault::kAttachments;
  } else {
    verdict.envelope = std::move(attached->envelope);
  }
  return verdict;
}

}  // namespace heyan::pdf
