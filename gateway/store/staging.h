// Where files lie while they are received, all in one folder: making and removing a folder for each
// request costs more than the files do. They are gone with their request.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::store {

// Those of one request. Removes what is still there of them. Their names are numbers of ours, never
// a client's.
class StagingFiles {
 public:
  // In the folder `staging`, which exists. `name` is ours and nobody else's: a submission id.
  static core::Result<StagingFiles> create(const std::filesystem::path& staging,
                                           const std::string& name);
  StagingFiles(StagingFiles&& other) noexcept;
  StagingFiles& operator=(StagingFiles&&) = delete;
  ~StagingFiles() { remove(); }

  struct File {
    os::Descriptor descriptor;  // to read and write
    std::filesystem::path path;
  };
  core::Result<File> create_file();
  // Those that are still there, as the destructor does.
  void remove();

 private:
  explicit StagingFiles(std::string start) : start_(std::move(start)) {}
  std::string path_of(std::size_t number) const { return start_ + std::to_string(number); }

  std::string start_;  // of their paths
  std::size_t count_ = 0;
};

// At start: what an earlier process left. The folder itself stays, and is made where it is missing.
core::Result<void> clean_staging(const std::filesystem::path& staging);

}  // namespace heyan::store
