// ID tokens and key sets as a provider makes them, with keys that are made for each run.
#pragma once

#include <string>

#include "gateway/openid/token.h"
#include "verifier/core/json.h"
#include "verifier/crypto/signing.h"

namespace heyan::openid {

using core::json::Value;

inline constexpr std::int64_t kNow = 1'900'000'000;
inline constexpr std::string_view kHeader = R"({"alg":"ES256","kid":"k1","typ":"JWT"})";

inline std::string part(std::string_view text) { return core::to_base64url(core::as_bytes(text)); }

inline crypto::Scheme scheme_of(const crypto::SigningKey& key) {
  const bool ed = key.public_key().algorithm() == crypto::KeyAlgorithm::kEd25519;
  return {.kind = ed ? crypto::SignatureKind::kEd25519 : crypto::SignatureKind::kEcdsa,
          .encoding = crypto::SignatureEncoding::kRs};
}

inline std::string token_of(const crypto::SigningKey& key, std::string_view claims,
                            std::string_view header = kHeader) {
  const std::string text = part(header) + "." + part(claims);
  return text + "." + core::to_base64url(key.sign(scheme_of(key), core::as_bytes(text)).value());
}

// What the tests' provider says; `more`: members that come besides or instead.
inline Value claims(std::initializer_list<std::pair<std::string_view, Value>> more = {}) {
  Value::Object all = {{"iss", "https://sso.example"},
                       {"sub", "person-7"},
                       {"aud", "heyan"},
                       {"iat", kNow - 5},
                       {"exp", kNow + 300},
                       {"nonce", "n-1"}};
  for (const auto& [name, value] : more) {
    std::erase_if(all, [&](const auto& member) { return member.first == name; });
    all.emplace_back(std::string(name), value);
  }
  return Value(std::move(all));
}

inline Value jwk_of(const crypto::SigningKey& key, std::string_view kid) {
  const core::ByteView point = key.public_key().point();
  Value jwk;
  jwk.set("kid", kid).set("use", "sig");
  if (key.public_key().algorithm() == crypto::KeyAlgorithm::kEd25519) {
    jwk.set("kty", "OKP").set("crv", "Ed25519").set("x", core::to_base64url(point));
  } else {
    jwk.set("kty", "EC")
        .set("crv", "P-256")
        .set("x", core::to_base64url(point.subspan(1, 32)))
        .set("y", core::to_base64url(point.subspan(33)));
  }
  return jwk;
}

inline std::string set_of(Value::Array keys) {
  Value set;
  set.set("keys", Value(std::move(keys)));
  return core::json::write_canonical(set);
}

}  // namespace heyan::openid
