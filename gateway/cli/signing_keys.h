// The folder of `heyan keys new`: the keys that sign reports made at the command line.
//
// Threat: whoever can read a private key can sign as this issuer. The folder is 0700, private keys
// are 0600; keys that others could read or write are refused. Offline convenience only: a server's
// keys belong to its signer.
#pragma once

#include <expected>
#include <filesystem>
#include <string_view>

#include "gateway/cli/trouble.h"
#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signing.h"

namespace heyan::cli {

struct SigningPair {
  crypto::SigningKey key;
  crypto::Certificate certificate;
};

struct SigningKeys {
  SigningPair es256;
  SigningPair sm2;
};

// es256.key.pem es256.cert.pem es256.pub.pem, and the same for sm2. The folder must not exist, or
// be empty. The certificates begin at `now` and live 395 days (at most 13 months, security decision
// 18).
std::expected<void, Trouble> make_signing_keys(const std::filesystem::path& folder,
                                               std::string_view common_name, core::UtcTime now);

std::expected<SigningKeys, Trouble> load_signing_keys(const std::filesystem::path& folder);

}  // namespace heyan::cli
