// Containers, and the files in them alone, from any bytes: nothing is covered but by a signature
// that was found intact, and nothing is intact with a fault.
#include <algorithm>
#include <cstdlib>

#include "court_adapters/asic/assessment.h"
#include "court_adapters/asic/manifest.h"
#include "court_adapters/asic/xml_signature.h"
#include "verifier/crypto/timestamp.h"

namespace {

using namespace heyan;  // NOLINT(google-build-using-namespace): nothing else is here

void require(bool condition) {
  if (!condition) std::abort();
}

void assess_container(core::ByteView bytes, crypto::SignatureChecker& checker,
                      const core::Limits& limits) {
  using court_adapters::asic::Result;
  const contents::MemorySource source(bytes);
  const auto found = court_adapters::asic::assess(source, {}, checker, limits);
  const bool any_holds = std::ranges::any_of(found.signatures, [](const auto& one) {
    return one.signature.fault == crypto::SignerFault::kNone && one.content_holds;
  });
  for (const auto& object : found.objects) require(!object.covered() || any_holds);
  for (const auto& one : found.signatures) {
    require(!one.trusted);
    require(!one.intact || one.signature.certificate.has_value());
  }
  require(found.result == Result::kInvalid || found.result == Result::kNotAsic || any_holds);
  for (const auto& fault : found.faults) {
    require(!name(fault.code).empty() && !sentence(fault.code).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView bytes(data, size);
  core::Limits limits;
  limits.zip_inflated_bytes = 4u << 20;
  limits.zip_entries = 64;
  limits.signatures = 64;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  assess_container(bytes, checker, limits);
  std::size_t work = court_adapters::asic::kMostXmlWork;
  if (const auto signatures =
          court_adapters::asic::read_xml_signatures(bytes, checker, limits, work)) {
    require(signatures->size() <= court_adapters::asic::kMostXmlSignatures);
    for (const auto& one : *signatures) {
      require(one.fault != crypto::SignerFault::kNone || one.certificate.has_value());
    }
  }
  if (const auto manifest = court_adapters::asic::read_manifest(bytes)) {
    require(!manifest->references.empty());
  }
  if (const auto message = crypto::read_cms(bytes, checker, limits)) {
    for (const crypto::CmsSigner& signer : message->signers) {
      require(signer.fault != crypto::SignerFault::kNone || signer.certificate.has_value());
    }
  }
  static_cast<void>(crypto::read_timestamp(bytes, checker, limits));
  return 0;
}
