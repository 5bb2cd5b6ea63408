// What the vault keeps by the tables of front and signer. For make.cc, and for verify.cc, which
// asks whether a backup has it.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "gateway/store/vault.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::backup {

// A file of the vault, as the tables speak of it.
struct Kept {
  std::string court;
  std::string submission;
  core::Bytes sha256;
  bool promised = true;  // a receipt or a signed report names it
  bool taken_up = true;  // false: the case record of a report that the front had not taken up yet
  store::VaultOwner owner() const { return {.court = court, .submission = submission}; }
  // Places in the vault of what opens it where it is encrypted.
  std::array<std::string, 2> keys() const {
    return {store::court_key_place(court), store::key_place(owner())};
  }
};

// Of copies of front.db and log.db as they were at one moment, to which nobody writes: nothing of
// what is deleted, or being deleted; of what is being uploaded that which is whole. Also the case
// records of reports that were signed and that the front had not taken up yet: a gateway that goes
// on from there ends in those very reports. Those of attempts without a signed report are nobody's:
// it judges anew. kIo, kInternal.
core::Result<std::vector<Kept>> kept_files(const std::filesystem::path& front,
                                           const std::filesystem::path& log);

}  // namespace heyan::backup
