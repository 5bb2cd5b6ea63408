// The evidence vault: files named by their SHA-256, written once and never again.
//
// VAULT/COURT/ab/cdef…, where COURT is a digest of the court's code: the same bytes are kept once a
// court and not once an installation, so that nobody learns from a name, a time or a quota what
// another court holds (security decision 30). Threat: names and paths are ours, but the files may
// have been changed on the disk since; whoever reads one measures it again (security decision 26).
// Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

// A file that was received, and its SHA-256, which the receiver computed of the same bytes.
struct StagedFile {
  std::filesystem::path path;
  core::Bytes sha256;
};

// Where it lies beneath the vault: "COURT/ab/cdef…". kMalformed: no SHA-256.
core::Result<std::string> place_in_vault(std::string_view court, core::ByteView sha256);

class Vault {
 public:
  // Makes the folder (mode 0700) where there is none.
  static core::Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder);

  // Moves them in: when it returns, all are on the disk under their names, and gone from where they
  // were. What the court has already is dropped. After an error any of them may have moved; those
  // are found again by the next attempt. The staging folder is on the vault's file system.
  // kMalformed: no SHA-256; kNotFound; kUnsupported: no regular file; kIo; kInternal: the vault has
  // another content under that name.
  core::Result<void> put_from_staging(std::string_view court, std::span<const StagedFile> files);

  // At start, before anything is put: removes what the court's folder holds besides these (sorted),
  // unless it was written later than `older_than`. Files whose names are no digest stay. kIo.
  struct Swept {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
  };
  core::Result<Swept> sweep(std::string_view court, std::span<const core::Bytes> kept,
                            std::filesystem::file_time_type older_than);

  // Only to read. kNotFound, kMalformed, kUnsupported, kIo.
  core::Result<os::Descriptor> open_read(std::string_view court, core::ByteView sha256) const;

 private:
  struct CourtFolder {
    os::Descriptor folder;
    std::set<std::string, std::less<>> made;  // what is in it
  };
  os::Descriptor folder_;
  std::mutex courts_mutex_;
  std::map<std::string, CourtFolder, std::less<>> courts_;  // by name of folder

  std::filesystem::path path_;

  Vault(os::Descriptor folder, std::filesystem::path path)
      : folder_(std::move(folder)), path_(std::move(path)) {}
  // A folder of the court's that is on the disk: "ab".
  core::Result<int> folder_of(const std::string& court_name, const std::string& first);
};

}  // namespace heyan::store
