// An OpenID Connect provider whose people may sign in here: [[oidc]] of a configuration.
//
// Threat: whoever may write that file decides who is believed to be whom. Its addresses all stand
// there: no document of the provider names another one (security decision 32). Values.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/ops/destination.h"

namespace heyan::ops {

// As a Destination: the token endpoint.
struct Oidc : Destination {
  std::string id;             // in addresses: 1 to 32 of a-z, 0-9, "-", the first none
  std::string issuer;         // as its tokens say it
  std::string authorization;  // where browsers are sent to
  Destination keys;           // its JSON Web Key Set
  std::string client_id;
  std::filesystem::path client_secret;  // a text; or
  std::filesystem::path client_key;     // PEM, P-256: private_key_jwt
  std::string client_key_id;
  std::string algorithm;     // of its ID tokens: "ES256" "RS256" "PS256" "EdDSA"
  std::string redirect;      // where it sends browsers back to
  bool sends_issuer = true;  // with the answer (RFC 9207)
  std::string require_acr;   // what its tokens must say of the sign-in; empty: nothing
  bool litigants = false;    // whoever it knows has an account
  std::string title_zh;
  std::string title_en;
};

// The end of `redirect`: "/v1/session/oidc/ID/callback".
std::string redirect_path(const Oidc& oidc);

// `folder` is put before relative paths; defects go to the table.
Oidc read_oidc(trust::Table& table, const std::filesystem::path& folder);
// What read_oidc reads as the same values.
std::string to_toml(const Oidc& oidc);

}  // namespace heyan::ops
