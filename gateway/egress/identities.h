// Who came back from an OpenID Connect provider of the configuration: the code that a browser
// brought is redeemed at the provider's token endpoint, and the ID token verified here, where the
// two libraries and the connections are; the front, which holds neither, gets an identity or
// nothing.
//
// Threat: the asker may have been taken over: it brings a code, the secrets of its own sign-in and
// the name of a provider. The provider and the network are hostile: what they say goes no further
// than a subject and a declared name under a signature that was verified (gateway/openid); access
// tokens are dropped unread. Keys are believed for ten minutes; a token that names an unknown one
// has them fetched again, once a minute at most. Source: OpenID Connect Core 1.0 section 3.1.3, RFC
// 7636, RFC 9700. One thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/egress/transport.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/oidc.h"
#include "verifier/crypto/signing.h"

namespace heyan::egress {

struct IdentityFiles {
  TlsFiles tls;
  std::string secret;
  std::optional<crypto::SigningKey> key;
};
// By the provider's id; one whose files cannot be read has none. Read before the sandbox is
// entered.
using AllIdentityFiles = std::map<std::string, IdentityFiles, std::less<>>;
AllIdentityFiles read_identity_files(const std::vector<ops::Oidc>& providers);

// 0: the asker is gone. 1: it said what it must not.
int serve_identities(const std::vector<ops::Oidc>& providers, const AllIdentityFiles& files,
                     ipc::Channel asker);

}  // namespace heyan::egress
