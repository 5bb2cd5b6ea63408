#include "tests/unit/fabric/members.h"

namespace heyan::ledgers::fabric::testing {
namespace {

void append_varint(std::uint64_t value, Bytes& out) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

std::string base64(ByteView bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? std::uint32_t{bytes[i + k]} : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kAlphabet[bits >> (18 - 6 * k) & 63u];
  }
  return out;
}

// DER, for certificates.
Bytes tlv(std::uint8_t tag, ByteView content) {
  Bytes out{tag};
  Bytes length;
  for (std::size_t rest = content.size(); rest > 0; rest >>= 8)
    length.insert(length.begin(), static_cast<std::uint8_t>(rest));
  if (content.size() < 0x80) {
    out.push_back(static_cast<std::uint8_t>(content.size()));
  } else {
    out.push_back(static_cast<std::uint8_t>(0x80 | length.size()));
    out.insert(out.end(), length.begin(), length.end());
  }
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

Bytes hex(std::string_view text) { return *core::from_hex(text); }

Bytes attribute(std::string_view oid, std::string_view value) {
  return tlv(0x31, tlv(0x30, joined({tlv(0x06, hex(oid)), tlv(0x0C, core::as_bytes(value))})));
}

Bytes name_of(std::string_view common_name, std::string_view unit) {
  const Bytes ou = unit.empty() ? Bytes() : attribute("55040b", unit);
  return tlv(0x30, joined({ou, attribute("550403", common_name)}));
}

Bytes extension(std::string_view oid, bool critical, const Bytes& value) {
  const Bytes flag = critical ? Bytes{0x01, 0x01, 0xFF} : Bytes();
  return tlv(0x30, joined({tlv(0x06, hex(oid)), flag, tlv(0x04, value)}));
}

struct Subject {
  std::string common_name;
  std::string unit;
  bool is_ca = false;
};

std::string issue(const Subject& subject, const crypto::PublicKey& key, const std::string& issuer,
                  const crypto::SigningKey& issuer_key) {
  const Bytes algorithm = tlv(0x30, tlv(0x06, hex("2a8648ce3d040302")));
  const Bytes validity = tlv(0x30, joined({tlv(0x17, core::as_bytes("260101000000Z")),
                                           tlv(0x17, core::as_bytes("360101000000Z"))}));
  Bytes serial = crypto::random_bytes(8);
  serial.front() = 0x4A;
  const Bytes constraints = subject.is_ca ? tlv(0x30, tlv(0x01, Bytes{0xFF})) : tlv(0x30, Bytes());
  const Bytes usage = subject.is_ca ? hex("03020204") : hex("03020780");
  const Bytes key_id(key.sha256().begin(), key.sha256().begin() + 20);
  const Bytes issuer_hash = core::to_bytes(issuer_key.public_key().sha256());
  const Bytes issuer_id(issuer_hash.begin(), issuer_hash.begin() + 20);
  const Bytes extensions = tlv(
      0xA3,
      tlv(0x30, joined({extension("551d13", true, constraints), extension("551d0f", true, usage),
                        extension("551d0e", false, tlv(0x04, key_id)),
                        extension("551d23", false, tlv(0x30, tlv(0x80, issuer_id)))})));
  const Bytes tbs = tlv(
      0x30,
      joined({hex("a003020102"), tlv(0x02, serial), algorithm, name_of(issuer, ""), validity,
              name_of(subject.common_name, subject.unit), core::to_bytes(key.spki()), extensions}));
  const crypto::Scheme scheme{.low_s = true};
  Bytes signature{0x00};
  const Bytes signed_bytes = *issuer_key.sign(scheme, tbs);
  signature.insert(signature.end(), signed_bytes.begin(), signed_bytes.end());
  const Bytes der = tlv(0x30, joined({tbs, algorithm, tlv(0x03, signature)}));
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  const std::string text = base64(der);
  for (std::size_t i = 0; i < text.size(); i += 64) pem += text.substr(i, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

}  // namespace

Bytes field(std::uint32_t number, ByteView content) {
  Bytes out;
  append_varint(number << 3 | 2, out);
  append_varint(content.size(), out);
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

Bytes field(std::uint32_t number, std::string_view content) {
  return field(number, core::as_bytes(content));
}

Bytes number_field(std::uint32_t number, std::uint64_t value) {
  Bytes out;
  append_varint(number << 3, out);
  append_varint(value, out);
  return out;
}

Bytes joined(const std::vector<Bytes>& parts) {
  Bytes out;
  for (const Bytes& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Bytes joined(std::initializer_list<Bytes> parts) { return joined(std::vector<Bytes>(parts)); }

crypto::SigningKey new_key() {
  return *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
}

Ca::Ca(std::string common_name)
    : name(std::move(common_name)),
      key(new_key()),
      pem(issue({name, "", true}, key.public_key(), name, key)) {}

Bytes Member::identity() const { return joined({field(1, msp), field(2, pem)}); }

Bytes Member::sign(ByteView message) const {
  return *key.sign(crypto::Scheme{.low_s = true}, message);
}

Member enrol(const std::string& msp, const Ca& ca, const std::string& role,
             std::optional<crypto::SigningKey> key) {
  crypto::SigningKey own = key ? *std::move(key) : new_key();
  std::string pem = issue({role, role, false}, own.public_key(), ca.name, ca.key);
  return {.msp = msp, .key = std::move(own), .pem = std::move(pem)};
}

}  // namespace heyan::ledgers::fabric::testing
