// The public keys of an OpenID Connect provider, of the one algorithm that is taken from it.
//
// Threat: whoever answers at the provider's address. A set with a private or symmetric key, with
// two keys of one name or with more than a provider has is refused as a whole; keys of other
// algorithms, of another use or without a name are passed over; certificates and addresses in it
// are not read. Sources: RFC 7517, RFC 7518 section 6, RFC 8037, RFC 8725 section 3.1. Pure, any
// thread.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/openid/fault.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/key.h"

namespace heyan::openid {

inline constexpr std::size_t kKeysBytes = 64u << 10;

enum class Algorithm : std::uint8_t { kEs256, kRs256, kPs256, kEdDsa };
std::string_view name(Algorithm algorithm);  // "ES256" "RS256" "PS256" "EdDSA"
std::optional<Algorithm> algorithm_by_name(std::string_view name);

using Keys = std::map<std::string, crypto::PublicKey, std::less<>>;  // by `kid`

std::expected<Keys, Fault> read_keys(core::ByteView json, Algorithm algorithm);

}  // namespace heyan::openid
