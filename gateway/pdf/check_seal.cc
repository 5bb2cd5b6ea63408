#include "gateway/pdf/verify.h"

#include <algorithm>

#include "gateway/pdf/seal.h"
#include "verifier/crypto/cms.h"

namespace heyan::pdf {
namespace {

using crypto::SignatureOutcome;

SealFault fault_of(const core::Error& error) {
  return error.code == core::ErrorCode::kNotFound ? SealFault::kNoSeal : SealFault::kCoverage;
}

}  // namespace

bool is_pdf(core::ByteView file) { return core::as_text(file).starts_with("%PDF-"); }

SealVerdict check_seal(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                       crypto::SignatureChecker& checker) {
  SealVerdict verdict;
  const std::string_view text = core::as_text(file);
  const auto fails = [&verdict](SealFault fault) {
    verdict.fault = fault;
    return verdict;
  };
  const auto place = find_seal(text);
  if (!place) return fails(fault_of(place.error()));
  const auto bytes = take_seal(text, *place);
  const auto seal = bytes ? crypto::verify_cms(*bytes, checker) : std::unexpected(bytes.error());
  if (!seal) return fails(SealFault::kSignature);
  if (seal->outcome == SignatureOutcome::kEnginesDisagree) {
    return fails(SealFault::kEnginesDisagree);
  }
  if (seal->outcome != SignatureOutcome::kValid) return fails(SealFault::kSignature);
  if (seal->document_sha256 != signed_digest(text, *place)) return fails(SealFault::kChanged);
  verdict.certificate = seal->certificate;
  verdict.payload_sha256 = seal->payload_sha256;
  const bool known = std::ranges::find(pinned, seal->certificate.key()) != pinned.end();
  return fails(known ? SealFault::kNone : SealFault::kIssuerUnknown);
}

}  // namespace heyan::pdf
