#include "gateway/xml/verify.h"

#include <algorithm>

#include "gateway/xml/seal.h"
#include "gateway/xml/within.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"
#include "verifier/report/envelope.h"

namespace heyan::xml {
namespace {

using crypto::SignatureOutcome;
using report::SealFault;

SealFault fault_of(const core::Error& error) {
  return error.code == core::ErrorCode::kNotFound ? SealFault::kNoSeal : SealFault::kCoverage;
}

}  // namespace

bool is_xml(core::ByteView file) { return core::as_text(file).starts_with("<"); }

report::SealVerdict check_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                               crypto::SignatureChecker& checker) {
  report::SealVerdict verdict;
  const auto fails = [&verdict](SealFault fault) {
    verdict.fault = fault;
    return verdict;
  };
  if (file.size() > kMostFileBytes) return fails(SealFault::kShape);
  const auto sealed = find_seal(core::as_text(file));
  if (!sealed) return fails(fault_of(sealed.error()));
  const auto seal = crypto::verify_xades(sealed->seal, checker);
  if (!seal) return fails(SealFault::kSignature);
  if (seal->outcome == SignatureOutcome::kEnginesDisagree) {
    return fails(SealFault::kEnginesDisagree);
  }
  if (seal->outcome != SignatureOutcome::kValid) return fails(SealFault::kSignature);
  if (seal->document_sha256 != signed_digest(*sealed)) return fails(SealFault::kChanged);
  verdict.certificate = seal->certificate;
  verdict.payload_sha256 = seal->payload_sha256;
  verdict.stamp = report::read_time_stamp(seal->time_stamp, seal->signature_sha256, checker);
  const bool known = std::ranges::find(pinned, seal->certificate.key()) != pinned.end();
  return fails(known ? SealFault::kNone : SealFault::kIssuerUnknown);
}

report::SealVerdict check_report(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                                 crypto::SignatureChecker& checker) {
  report::SealVerdict verdict = check_seal(file, pinned, checker);
  if (verdict.fault != SealFault::kNone) return verdict;
  const auto sealed = find_seal(core::as_text(file));
  const auto envelope = sealed ? envelope_in(sealed->before) : std::nullopt;
  core::Limits limits;
  limits.json_bytes = kMostFileBytes;
  const auto payload =
      envelope ? report::payload_within(core::as_bytes(*envelope), limits) : std::nullopt;
  if (payload && crypto::sha256(*payload) == verdict.payload_sha256) {
    verdict.envelope = *envelope;
  } else {
    verdict.fault = SealFault::kAttachments;
  }
  return verdict;
}

}  // namespace heyan::xml
