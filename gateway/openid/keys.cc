#include "gateway/openid/keys.h"

#include <algorithm>
#include <array>
#include <set>

#include "verifier/core/json.h"
#include "verifier/crypto/der_writer.h"

namespace heyan::openid {
namespace {

using core::Bytes;
using core::json::Value;

constexpr std::size_t kMostKeys = 32;
constexpr std::size_t kMostName = 256;  // of a key
constexpr std::size_t kLeastRsaBits = 2048;
constexpr core::Limits kLimits{.json_bytes = kKeysBytes, .json_depth = 6, .json_nodes = 4096};

constexpr std::array<std::pair<Algorithm, std::string_view>, 4> kNames = {
    {{Algorithm::kEs256, "ES256"},
     {Algorithm::kRs256, "RS256"},
     {Algorithm::kPs256, "PS256"},
     {Algorithm::kEdDsa, "EdDSA"}}};

std::string_view text_of(const Value& key, std::string_view name) {
  const Value* value = key.find(name);
  const std::string* text = value == nullptr ? nullptr : value->as_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool says(const Value& key, std::string_view name, std::string_view wanted) {
  return key.find(name) == nullptr || text_of(key, name) == wanted;
}

bool is_private(const Value& key) {
  constexpr std::array<std::string_view, 8> kSecret = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
  return text_of(key, "kty") == "oct" || std::ranges::any_of(kSecret, [&](std::string_view member) {
           return key.find(member) != nullptr;
         });
}

bool may_verify(const Value& key) {
  const Value* operations = key.find("key_ops");
  if (operations == nullptr) return true;
  const Value::Array* all = operations->as_array();
  return all != nullptr && std::ranges::any_of(*all, [](const Value& one) {
           return one.as_string() != nullptr && *one.as_string() == "verify";
         });
}

std::optional<Bytes> bytes_of(const Value& key, std::string_view name) {
  auto bytes = core::from_base64url(text_of(key, name));
  return bytes && !bytes->empty() ? bytes : std::nullopt;
}

std::optional<crypto::PublicKey> some(core::Result<crypto::PublicKey> key) {
  return key ? std::optional(*std::move(key)) : std::nullopt;
}

// SubjectPublicKeyInfo (RFC 3279 section 2.3.1), for our reader of keys to look at.
std::optional<crypto::PublicKey> rsa_of(const Value& key) {
  constexpr std::uint8_t kSequence = 0x30;
  constexpr std::uint8_t kInteger = 0x02;
  constexpr std::uint8_t kBitString = 0x03;
  constexpr std::array<std::uint8_t, 15> kRsaEncryption = {
      0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};
  const auto modulus = bytes_of(key, "n");
  const auto exponent = bytes_of(key, "e");
  if (!modulus || !exponent || modulus->front() == 0 || exponent->front() == 0) return std::nullopt;
  Bytes numbers;
  for (const Bytes* each : {&*modulus, &*exponent}) {
    Bytes positive;
    if (each->front() >= 0x80) positive.push_back(0);
    positive.insert(positive.end(), each->begin(), each->end());
    crypto::append_der(numbers, kInteger, positive);
  }
  Bytes bits = {0};  // none unused
  crypto::append_der(bits, kSequence, numbers);
  Bytes content(kRsaEncryption.begin(), kRsaEncryption.end());
  crypto::append_der(content, kBitString, bits);
  Bytes spki;
  crypto::append_der(spki, kSequence, content);
  auto read = some(crypto::PublicKey::from_spki(spki));
  return read && read->bits() >= kLeastRsaBits ? read : std::nullopt;
}

std::optional<crypto::PublicKey> p256_of(const Value& key) {
  constexpr std::size_t kCoordinate = 32;
  const auto x = bytes_of(key, "x");
  const auto y = bytes_of(key, "y");
  if (text_of(key, "crv") != "P-256" || !x || !y || x->size() != kCoordinate ||
      y->size() != kCoordinate)
    return std::nullopt;
  Bytes point = {4};
  point.insert(point.end(), x->begin(), x->end());
  point.insert(point.end(), y->begin(), y->end());
  return some(crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEcdsaP256, point));
}

std::optional<crypto::PublicKey> ed25519_of(const Value& key) {
  const auto x = bytes_of(key, "x");
  if (text_of(key, "crv") != "Ed25519" || !x) return std::nullopt;
  return some(crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEd25519, *x));
}

std::optional<crypto::PublicKey> key_of(const Value& key, Algorithm algorithm) {
  const std::string_view type = text_of(key, "kty");
  switch (algorithm) {
    case Algorithm::kEs256:
      return type == "EC" ? p256_of(key) : std::nullopt;
    case Algorithm::kRs256:
    case Algorithm::kPs256:
      return type == "RSA" ? rsa_of(key) : std::nullopt;
    case Algorithm::kEdDsa:
      return type == "OKP" ? ed25519_of(key) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Algorithm algorithm) {
  return std::ranges::find(kNames, algorithm, &std::pair<Algorithm, std::string_view>::first)
      ->second;
}

std::optional<Algorithm> algorithm_by_name(std::string_view name) {
  const auto* known =
      std::ranges::find(kNames, name, &std::pair<Algorithm, std::string_view>::second);
  return known == kNames.end() ? std::nullopt : std::optional(known->first);
}

std::expected<Keys, Fault> read_keys(core::ByteView json, Algorithm algorithm) {
  const auto document = core::json::parse(json, kLimits);
  if (!document) return std::unexpected(Fault::kKeysForm);
  const Value* listed = document->find("keys");
  if (listed == nullptr || listed->as_array() == nullptr) return std::unexpected(Fault::kKeysForm);
  const Value::Array& all = *listed->as_array();
  if (all.size() > kMostKeys) return std::unexpected(Fault::kKeysMany);
  Keys keys;
  std::set<std::string, std::less<>> names;
  for (const Value& one : all) {
    if (one.as_object() == nullptr) return std::unexpected(Fault::kKeysForm);
    if (is_private(one)) return std::unexpected(Fault::kKeysPrivate);
    const std::string_view kid = text_of(one, "kid");
    if (kid.empty() || kid.size() > kMostName) continue;
    if (!names.emplace(kid).second) return std::unexpected(Fault::kKeysAmbiguous);
    if (!says(one, "use", "sig") || !says(one, "alg", name(algorithm)) || !may_verify(one))
      continue;
    if (auto key = key_of(one, algorithm)) keys.emplace(kid, *std::move(key));
  }
  return keys;
}

}  // namespace heyan::openid
