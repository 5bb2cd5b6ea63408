#include "gateway/openid/token.h"

#include <algorithm>
#include <array>
#include <optional>

#include "verifier/core/json.h"

namespace heyan::openid {
namespace {

using core::json::Value;

constexpr std::size_t kMostSubject = 255;
constexpr core::Limits kHeaderLimits{.json_bytes = 2048, .json_depth = 2, .json_nodes = 32};
constexpr core::Limits kClaimLimits{.json_bytes = kTokenBytes, .json_depth = 8, .json_nodes = 1024};

struct Parts {
  Value header;
  Value claims;
  std::string_view signed_text;
  core::Bytes signature;
};

std::optional<Value> object_in(std::string_view part, const core::Limits& limits) {
  const auto bytes = core::from_base64url(part);
  if (!bytes) return std::nullopt;
  auto document = core::json::parse(*bytes, limits);
  if (!document || document->as_object() == nullptr) return std::nullopt;
  return *std::move(document);
}

std::optional<Parts> parts_of(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  auto header = object_in(token.substr(0, first), kHeaderLimits);
  auto claims = object_in(token.substr(first + 1, second - first - 1), kClaimLimits);
  auto signature = core::from_base64url(token.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  return Parts{.header = *std::move(header),
               .claims = *std::move(claims),
               .signed_text = token.substr(0, second),
               .signature = *std::move(signature)};
}

std::string_view text_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  const std::string* text = value == nullptr ? nullptr : value->as_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::optional<std::int64_t> time_of(const Value& claims, std::string_view name) {
  const Value* value = claims.find(name);
  if (value == nullptr || value->as_integer() == nullptr) return std::nullopt;
  return *value->as_integer();
}

// Digests of certificates change nothing; anything else could.
bool is_plain(const Value& header) {
  constexpr std::array<std::string_view, 5> kKnown = {"alg", "kid", "typ", "x5t", "x5t#S256"};
  return (header.find("typ") == nullptr || text_of(header, "typ") == "JWT") &&
         std::ranges::all_of(*header.as_object(), [&](const auto& member) {
           return std::ranges::find(kKnown, member.first) != kKnown.end();
         });
}

crypto::Scheme scheme_of(Algorithm algorithm) {
  using crypto::SignatureKind;
  crypto::Scheme scheme{.hash = crypto::Hash::kSha256, .encoding = crypto::SignatureEncoding::kRs};
  switch (algorithm) {
    case Algorithm::kEs256:
      scheme.kind = SignatureKind::kEcdsa;
      break;
    case Algorithm::kRs256:
      scheme.kind = SignatureKind::kRsaPkcs1;
      break;
    case Algorithm::kPs256:
      scheme.kind = SignatureKind::kRsaPss;
      break;
    case Algorithm::kEdDsa:
      scheme.kind = SignatureKind::kEd25519;
      break;
  }
  return scheme;
}

bool is_for(const Value& claims, const std::string& client) {
  const Value* audience = claims.find("aud");
  if (audience == nullptr) return false;
  if (const Value::Array* all = audience->as_array())
    audience = all->size() == 1 ? all->data() : nullptr;
  return audience != nullptr && audience->as_string() != nullptr &&
         *audience->as_string() == client;
}

bool is_subject(std::string_view text) {
  return !text.empty() && text.size() <= kMostSubject &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::optional<Fault> fault_of_times(const Value& claims, std::int64_t now) {
  const auto issued = time_of(claims, "iat");
  const auto expires = time_of(claims, "exp");
  // Nothing is computed with what they say: it may be any number.
  if (!issued || !expires || *expires <= now - kSkewSeconds ||
      *issued < now - kMostAgeSeconds - kSkewSeconds)
    return Fault::kExpired;
  const auto from = time_of(claims, "nbf");
  if (*issued > now + kSkewSeconds) return Fault::kFuture;
  if (claims.find("nbf") != nullptr && (!from || *from > now + kSkewSeconds)) return Fault::kFuture;
  return std::nullopt;
}

}  // namespace

std::expected<Identity, Fault> verify_token(std::string_view token, const Keys& keys,
                                            const Wanted& wanted,
                                            crypto::SignatureChecker& checker) {
  const auto refuse = [](Fault fault) { return std::unexpected(fault); };
  if (token.empty() || token.size() > kTokenBytes) return refuse(Fault::kSize);
  const auto parts = parts_of(token);
  if (!parts) return refuse(Fault::kForm);
  const auto& [header, claims, signed_text, signature] = *parts;
  if (!is_plain(header)) return refuse(Fault::kHeader);
  if (text_of(header, "alg") != name(wanted.algorithm)) return refuse(Fault::kAlgorithm);
  // One that names no key is no reason to look for another.
  if (text_of(header, "kid").empty()) return refuse(Fault::kHeader);
  const auto key = keys.find(text_of(header, "kid"));
  if (key == keys.end()) return refuse(Fault::kKeyUnknown);
  if (checker.verify(key->second, scheme_of(wanted.algorithm), core::as_bytes(signed_text),
                     signature) != crypto::SignatureOutcome::kValid)
    return refuse(Fault::kSignature);

  if (wanted.issuer.empty() || text_of(claims, "iss") != wanted.issuer)
    return refuse(Fault::kIssuer);
  if (wanted.client_id.empty() || !is_for(claims, wanted.client_id))
    return refuse(Fault::kAudience);
  if (claims.find("azp") != nullptr && text_of(claims, "azp") != wanted.client_id)
    return refuse(Fault::kPresenter);
  if (const auto fault = fault_of_times(claims, wanted.now_seconds)) return refuse(*fault);
  if (wanted.nonce.empty() || text_of(claims, "nonce") != wanted.nonce)
    return refuse(Fault::kNonce);
  if (!is_subject(text_of(claims, "sub"))) return refuse(Fault::kSubject);
  if (!wanted.acr.empty() && text_of(claims, "acr") != wanted.acr)
    return refuse(Fault::kAuthentication);
  return Identity{.subject = std::string(text_of(claims, "sub")),
                  .name = std::string(text_of(claims, "name"))};
}

}  // namespace heyan::openid
