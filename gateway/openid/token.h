// An ID token: who came back from a provider, by the provider's signature.
//
// Threat: a token of another issuer, for another client, of another sign-in, of another time, or
// signed by whatever its header asks for. The algorithm is the configuration's, the key one of the
// provider's set by its name; a header may name no key by other means and no extension; both
// libraries must find the signature valid; `aud` is this client alone, `nonce` that of the sign-in.
// Nothing of the claims decides a role. Sources: OpenID Connect Core 1.0 sections 2 and 3.1.3.7,
// RFC 7515, RFC 7519, RFC 8725. Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "gateway/openid/keys.h"
#include "verifier/crypto/signature.h"

namespace heyan::openid {

inline constexpr std::size_t kTokenBytes = 8u << 10;
inline constexpr std::int64_t kSkewSeconds = 60;      // by which clocks may differ
inline constexpr std::int64_t kMostAgeSeconds = 600;  // since it was issued

struct Wanted {
  std::string issuer;
  std::string client_id;
  Algorithm algorithm = Algorithm::kEs256;
  std::string nonce;
  std::string acr;               // that it must have; empty: any
  std::int64_t now_seconds = 0;  // Unix time
};

struct Identity {
  std::string subject;  // 1 to 255 printable ASCII characters
  std::string name;     // as declared; empty where there is none
};

std::expected<Identity, Fault> verify_token(std::string_view token, const Keys& keys,
                                            const Wanted& wanted,
                                            crypto::SignatureChecker& checker);

}  // namespace heyan::openid
