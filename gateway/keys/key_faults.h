// What is wrong with a gateway's private keys, and whether the certificates beside them are theirs,
// so that `heyan config check` says before a start what the signer would end with.
//
// A key is opened where whoever asks may, which is who it belongs to; of others, and of those in a
// token, PREFIX.pub.pem tells the same. Any thread. Source: load_gateway_keys (gateway_keys.h).
#pragma once

#include <optional>
#include <vector>

#include "gateway/keys/key_files.h"
#include "gateway/ops/config.h"

namespace heyan::keys {

// All of them, each with what to do: of the folder, of each PREFIX.key.pem that is not in the
// token, and of certificates and log.vkey which are another key's. What cannot be read of these
// faults_of_certificates() tells. The super-user may ask for whoever the folder belongs to.
std::vector<Refusal> faults_of_keys(const std::filesystem::path& folder,
                                    const std::optional<ops::Token>& token);

}  // namespace heyan::keys
