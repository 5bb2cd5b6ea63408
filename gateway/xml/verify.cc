#include "gateway/xml/verify.h"

#include "gateway/xml/seal.h"
#include "gateway/xml/validation_report.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::xml {
namespace {

using report::SealFault;
using report::SealVerdict;

// How objects.h writes the signed report.
constexpr std::string_view kEnvelopeBegins =
    R"(<ValidationObject id="report.jws">)"
    R"(<ObjectType>urn:etsi:019102:validationObject:other</ObjectType>)"
    R"(<ValidationObjectRepresentation><direct>)";

// As C14N writes text; whatever else stands there is noticed when it is written anew.
std::string plain(std::string text) {
  for (const auto& [reference, character] :
       {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}}) {
    const std::string_view name(reference);
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

std::optional<std::string> envelope_in(std::string_view text) {
  const std::size_t at = text.find(kEnvelopeBegins);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + kEnvelopeBegins.size());
  return plain(std::string(text.substr(0, text.find('<'))));
}

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
