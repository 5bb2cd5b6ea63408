// Payloads to be written as XML, and files that are said to be sealed XML.
//
// What is written holds under a seal and bears no other. What holds under a key that was tricked
// into sealing it is, byte for byte, what is written from the report within it.
#include <cstdlib>

#include "gateway/xml/seal.h"
#include "gateway/xml/validation_report.h"
#include "gateway/xml/verify.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file

void require(bool condition) {
  if (!condition) std::abort();
}

struct Court {
  crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  crypto::Certificate certificate =
      *key.self_signed("Court", core::from_unix_ms(0), core::from_unix_ms(1'000'000'000'000));
  core::UtcTime at = core::from_unix_ms(1);
};

report::SealVerdict sealed(std::string file, core::ByteView payload_sha256, const Court& court) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto digest = xml::digest_to_sign(file);
  require(digest.has_value());
  xml::put_seal(
      file, *crypto::sign_xades(court.key, court.certificate, *digest, payload_sha256, court.at));
  const crypto::PublicKey& key = court.key.public_key();
  return xml::verify_seal(core::as_bytes(file), std::span(&key, 1), checker);
}

void fuzz_payload(core::ByteView bytes, const Court& court) {
  const std::string envelope = R"({"payload":")" + core::to_base64url(bytes) + R"("})";
  const xml::Sealing sealing{.envelope = envelope, .certificate = court.certificate};
  const auto file = xml::write_validation_report(bytes, &sealing);
  if (!file) return;
  require(!xml::find_seal(*file));
  const auto verdict = sealed(*file, crypto::sha256(bytes), court);
  require(verdict.fault == report::SealFault::kNone && verdict.envelope == envelope);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Court court;
  const core::ByteView bytes(data, size);
  fuzz_payload(bytes, court);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const crypto::PublicKey& key = court.key.public_key();
  require(xml::verify_seal(bytes, std::span(&key, 1), checker).fault != report::SealFault::kNone);
  (void)crypto::verify_xades(core::as_text(bytes), checker);
  if (xml::digest_to_sign(core::as_text(bytes))) {
    const auto verdict = sealed(core::to_string(bytes), core::Bytes(32, 1), court);
    require(verdict.fault != report::SealFault::kNone);  // no payload has that digest
  }
  return 0;
}
