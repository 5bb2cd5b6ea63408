// What the front's tables say that its vault keeps. For make.cc.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "gateway/store/vault.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::backup {

// A file of the vault, as the front's tables speak of it.
struct Kept {
  std::string court;
  std::string submission;
  core::Bytes sha256;
  bool promised = true;  // a receipt or a report names it
  store::VaultOwner owner() const { return {.court = court, .submission = submission}; }
  // Places in the vault of what opens it where it is encrypted.
  std::array<std::string, 2> keys() const {
    return {store::court_key_place(court), store::key_place(owner())};
  }
};

// Of a copy of front.db that nobody writes to: nothing of what is deleted, or being deleted; of
// what is being uploaded that which is whole. kIo, kInternal.
core::Result<std::vector<Kept>> kept_files(const std::filesystem::path& front);

}  // namespace heyan::backup
