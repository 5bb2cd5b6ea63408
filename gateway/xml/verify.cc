#include "gateway/xml/verify.h"

#include "gateway/xml/seal.h"
#include "gateway/xml/validation_report.h"
#include "gateway/xml/within.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::xml {
namespace {

using report::SealFault;
using report::SealVerdict;

// Of a file whose seal holds.
SealFault compare(const Sealed& file, const SealVerdict& verdict, std::string& envelope) {
  const auto within = envelope_in(file.before);
  if (!within) return SealFault::kShape;
  core::Limits limits;
  limits.json_bytes = kMostFileBytes;
  const auto payload = report::payload_within(core::as_bytes(*within), limits);
  if (!payload) return SealFault::kShape;
  if (crypto::sha256(*payload) != verdict.payload_sha256) return SealFault::kAttachments;
  const Sealing sealing{.envelope = *within, .certificate = *verdict.certificate};
  const auto again = write_validation_report(*payload, &sealing);
  if (!again || *again != std::string(file.before).append(file.behind)) return SealFault::kShape;
  envelope = *within;
  return SealFault::kNone;
}

}  // namespace

SealVerdict verify_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                        crypto::SignatureChecker& checker) {
  SealVerdict verdict = check_seal(file, pinned, checker);
  if (verdict.fault != SealFault::kNone) return verdict;
  const auto sealed = find_seal(core::as_text(file));
  verdict.fault = sealed ? compare(*sealed, verdict, verdict.envelope) : SealFault::kCoverage;
  return verdict;
}

}  // namespace heyan::xml
