#include "court_adapters/asic/xml_keys.h"

#include <algorithm>
#include <utility>

#include "court_adapters/asic/xml_algorithms.h"
#include "verifier/crypto/weak_keys.h"

namespace heyan::court_adapters::asic {
namespace {

using crypto::Certificate;
using crypto::Hash;
using crypto::SignerFault;
using markup::Element;

constexpr std::size_t kMostCertificates = 16;
constexpr std::size_t kMostKeyBytes = 4096;

// The first Cert of such a property is the signer's; further ones are of its chain.
Element certificate_digest(const Element& property) {
  return one(property.child(kXadesSpace, "Cert"), kXadesSpace, "CertDigest");
}

core::Bytes der(std::uint8_t tag, core::ByteView content) {
  core::Bytes out = {tag};
  const std::size_t size = content.size();
  if (size < 0x80) {
    out.push_back(static_cast<std::uint8_t>(size));
  } else {  // a key of Limits::rsa_bits needs no more than two octets
    const auto high = static_cast<std::uint8_t>(size >> 8);
    out.push_back(high == 0 ? 0x81 : 0x82);
    if (high != 0) out.push_back(high);
    out.push_back(static_cast<std::uint8_t>(size & 0xff));
  }
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

core::Bytes der_integer(core::Bytes magnitude) {
  const auto first = std::ranges::find_if(magnitude, [](std::uint8_t b) { return b != 0; });
  magnitude.erase(magnitude.begin(), first);
  if (magnitude.empty() || (magnitude.front() & 0x80) != 0) magnitude.insert(magnitude.begin(), 0);
  return der(0x02, magnitude);
}

// The SubjectPublicKeyInfo of an RSAKeyValue (RFC 8017 A.1.1, RFC 3279 2.3.1).
core::Bytes rsa_key_info(const core::Bytes& modulus, const core::Bytes& exponent) {
  core::Bytes numbers = der_integer(modulus);
  const core::Bytes second = der_integer(exponent);
  numbers.insert(numbers.end(), second.begin(), second.end());
  core::Bytes bits = {0};
  const core::Bytes key = der(0x30, numbers);
  bits.insert(bits.end(), key.begin(), key.end());
  core::Bytes content = *core::from_hex("300d06092a864886f70d0101010500");
  const core::Bytes string = der(0x03, bits);
  content.insert(content.end(), string.begin(), string.end());
  return der(0x30, content);
}

}  // namespace

std::vector<Certificate> certificates_of(const Element& key_info, const core::Limits& limits) {
  std::vector<Certificate> found;
  for (const Element& data : key_info.children(kSignatureSpace, "X509Data")) {
    for (const Element& one : data.children(kSignatureSpace, "X509Certificate")) {
      if (found.size() == kMostCertificates) return found;
      const auto der = base64_of(one);
      if (!der) continue;
      auto certificate = Certificate::from_der(*der, limits);
      if (!certificate) certificate = crypto::read_weak_certificate(*der, limits);
      if (certificate) found.push_back(*std::move(certificate));
    }
  }
  return found;
}

SignerFault bound_certificate(const Element& signed_properties,
                              std::span<const Certificate> certificates,
                              std::optional<Certificate>& bound) {
  const Element properties = one(signed_properties, kXadesSpace, "SignedSignatureProperties");
  std::vector<Element> digests;
  for (const std::string_view name : {"SigningCertificate", "SigningCertificateV2"}) {
    const auto found = properties.children(kXadesSpace, name);
    if (found.size() > 1) return SignerFault::kUnsupported;
    if (!found.empty()) digests.push_back(certificate_digest(found.front()));
  }
  if (digests.empty()) return SignerFault::kUnbound;
  std::vector<std::pair<Hash, core::Bytes>> named;
  for (const Element& element : digests) {
    const auto hash = digest_method(one(element, kSignatureSpace, "DigestMethod"));
    const auto digest = base64_of(one(element, kSignatureSpace, "DigestValue"));
    if (!hash || !digest) return SignerFault::kUnsupported;
    named.emplace_back(*hash, *digest);
  }
  const auto found = std::ranges::find_if(certificates, [&](const Certificate& certificate) {
    return std::ranges::all_of(named, [&](const auto& one) {
      return crypto::has_digest(certificate, one.first, one.second);
    });
  });
  if (found == certificates.end()) return SignerFault::kNoCertificate;
  bound = *found;
  return SignerFault::kNone;
}

std::vector<crypto::PublicKey> other_keys(const Element& key_info,
                                          std::span<const Certificate> certificates) {
  std::vector<crypto::PublicKey> keys;
  for (const Certificate& certificate : certificates) keys.push_back(certificate.key());
  const Element rsa =
      one(key_info.child(kSignatureSpace, "KeyValue"), kSignatureSpace, "RSAKeyValue");
  const auto modulus = base64_of(one(rsa, kSignatureSpace, "Modulus"));
  const auto exponent = base64_of(one(rsa, kSignatureSpace, "Exponent"));
  if (modulus && exponent && modulus->size() + exponent->size() < kMostKeyBytes) {
    const auto key = crypto::PublicKey::from_spki(rsa_key_info(*modulus, *exponent));
    if (key) keys.push_back(*key);
  }
  return keys;
}

}  // namespace heyan::court_adapters::asic
