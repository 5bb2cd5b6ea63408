// DER from outside: certificates, revocation lists, public keys, signatures and private keys.
//
// What is accepted must be the one encoding of what was understood, and the two libraries must
// agree on it.
#include <algorithm>
#include <cstdlib>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/pem.h"
#include "verifier/crypto/signing.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file

void require(bool condition) {
  if (!condition) std::abort();
}

void fuzz_key(core::ByteView bytes, crypto::SignatureChecker& checker) {
  const auto key = crypto::PublicKey::from_spki(bytes);
  if (!key) return;
  require(core::equal(key->spki(), bytes));
  if (key->algorithm() == crypto::KeyAlgorithm::kRsa) return;
  require(*crypto::PublicKey::from_point(key->algorithm(), key->point()) == *key);
  // A signature out of the key's own bytes: whatever it is, no disagreement.
  core::Bytes signature = core::to_bytes(key->spki());
  signature.resize(64);
  for (const auto kind : {crypto::SignatureKind::kEcdsa, crypto::SignatureKind::kEd25519,
                          crypto::SignatureKind::kSm2}) {
    (void)checker.verify(*key, {.kind = kind, .encoding = crypto::SignatureEncoding::kRs}, bytes,
                         signature);
  }
}

void fuzz_signature(core::ByteView bytes, crypto::SignatureChecker& checker) {
  for (const std::size_t size : {32u, 48u}) {
    const auto rs = crypto::from_der_signature(bytes, size);
    if (!rs) continue;
    require(core::equal(crypto::to_der_signature(*rs), bytes));
    require(crypto::check_der(bytes).has_value());
  }
  // RFC 6979 A.2.5.
  static const auto key = crypto::PublicKey::from_point(
      crypto::KeyAlgorithm::kEcdsaP256,
      *core::from_hex("0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                      "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"));
  (void)checker.verify(*key, {}, core::as_bytes("sample"), bytes);
}

void fuzz_certificate(core::ByteView bytes, crypto::SignatureChecker& checker) {
  const auto certificate = crypto::Certificate::from_der(bytes);
  if (!certificate) return;
  require(core::equal(certificate->der(), bytes));
  require(crypto::check_der(bytes).has_value());
  require(!certificate->serial().empty() && !certificate->subject().empty());
  (void)certificate->subject_values("CN");
  (void)certificate->subject_values("OU");
  const auto chain =
      crypto::verify_chain(*certificate, std::span(&*certificate, 1), std::span(&*certificate, 1),
                           certificate->not_before(), checker);
  require(chain.path.empty() == (chain.fault != crypto::ChainFault::kNone));
  (void)certificate->verify_signed_by(*certificate, checker);
}

void fuzz_list(core::ByteView bytes) {
  const auto list = crypto::RevocationList::from_der(bytes);
  if (!list) return;
  require(crypto::check_der(bytes).has_value());
  (void)list->revoked_at(bytes.first(std::min<std::size_t>(bytes.size(), 8)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView bytes(data, size);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  fuzz_key(bytes, checker);
  fuzz_signature(bytes, checker);
  fuzz_certificate(bytes, checker);
  fuzz_list(bytes);
  (void)crypto::SigningKey::from_pem(crypto::write_pem(bytes, "PRIVATE KEY"));
  (void)crypto::Certificate::list_from_pem(core::as_text(bytes));
  require(!checker.disagreed());
  return 0;
}
