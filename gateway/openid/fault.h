// Why an OpenID Connect provider's keys or token are not believed. Plain values.
#pragma once

#include <cstdint>
#include <string_view>

namespace heyan::openid {

enum class Fault : std::uint8_t {
  kKeysForm,        // no JSON Web Key Set as this reads it
  kKeysMany,        // more keys than a provider has
  kKeysPrivate,     // it publishes a private or symmetric key
  kKeysAmbiguous,   // two keys of one name
  kAnswer,          // the token endpoint's answer holds no ID token as this reads it
  kSize,            // of the token
  kForm,            // not three parts of canonical base64url, or no strict JSON
  kHeader,          // it names a key by other means, extensions, another type
  kAlgorithm,       // not the one of the configuration
  kKeyUnknown,      // no such key for that algorithm
  kSignature,       // does not verify
  kIssuer,          // of another one
  kAudience,        // for somebody else, or for somebody else, too
  kPresenter,       // `azp` is another client
  kExpired,         // or issued too long ago
  kFuture,          // issued, or to be used, in times to come
  kNonce,           // of another sign-in
  kSubject,         // none, or not as OpenID Connect has it
  kAuthentication,  // `acr` is not the one that is required
};
std::string_view word(Fault fault);  // "token-nonce"

}  // namespace heyan::openid
