// The published files of a report log, from a copy of the signer's database.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "verifier/core/error.h"
#include "verifier/crypto/signing.h"

namespace heyan::backup {

// What its last signed checkpoint covers, with what witnesses added to it. With the log's key (and
// name) what was logged and not signed yet is signed first: Ed25519 gives the signature that the
// gateway gave, or would have. Nothing where the log is empty. kInternal, kIo.
struct LogKey {
  std::string name;
  const crypto::SigningKey& key;
};
core::Result<void> publish_log(const std::filesystem::path& database,
                               const std::filesystem::path& folder,
                               const std::optional<LogKey>& key = {});

}  // namespace heyan::backup
