#include "gateway/pdf/verify.h"

#include <algorithm>

#include "gateway/pdf/seal.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::pdf {
namespace {

using crypto::SignatureOutcome;

SealFault fault_of(const core::Error& error) {
  return error.code == core::ErrorCode::kNotFound ? SealFault::kNoSeal : SealFault::kCoverage;
}

// Of a file whose seal holds: the one stream that is a JSON text on one line with a payload, as
// complete.h attaches a signed report. Empty: there is none, or more than one.
std::string envelope_in(std::string_view file) {
  constexpr std::string_view kBegins = "\nstream\n{\"";
  constexpr std::string_view kEnds = "endstream";  // after a line feed, or at once
  std::string found;
  for (std::size_t at = file.find(kBegins); at != std::string_view::npos;
       at = file.find(kBegins, at + 1)) {
    std::string_view text = file.substr(at + kBegins.size() - 2);
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) continue;
    const bool after_line_feed = text.substr(end + 1).starts_with(kEnds);
    text = text.substr(0, end);
    if (!after_line_feed) {
      if (!text.ends_with(kEnds)) continue;
      text.remove_suffix(kEnds.size());
    }
    if (text.find("\"payload\":\"") == std::string_view::npos) continue;
    if (!found.empty()) return {};
    found = text;
  }
  return found;
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
  verdict.stamp = report::read_time_stamp(seal->time_stamp, seal->signature_sha256, checker);
  const bool known = std::ranges::find(pinned, seal->certificate.key()) != pinned.end();
  return fails(known ? SealFault::kNone : SealFault::kIssuerUnknown);
}

SealVerdict check_report(core::ByteView file, std::span<const crypto::PublicKey> pinned,
                         crypto::SignatureChecker& checker) {
  SealVerdict verdict = check_seal(file, pinned, checker);
  if (verdict.fault != SealFault::kNone) return verdict;
  const std::string envelope = envelope_in(core::as_text(file));
  if (envelope.empty()) return verdict;
  core::Limits limits;
  limits.json_bytes = envelope.size();
  const auto payload = report::payload_within(core::as_bytes(envelope), limits);
  if (payload && crypto::sha256(*payload) == verdict.payload_sha256) {
    verdict.envelope = envelope;
  } else {
    verdict.fault = SealFault::kAttachments;
  }
  return verdict;
}

}  // namespace heyan::pdf
