// Where files lie while they are received: one folder a request, gone with the request.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::store {

// Removes itself and what is still in it. The names in it are numbers of ours, never a client's.
class StagingFolder {
 public:
  // Beneath `staging`, which exists. `name` is ours: a submission id.
  static core::Result<StagingFolder> create(const std::filesystem::path& staging,
                                            const std::string& name);
  StagingFolder(StagingFolder&& other) noexcept;
  StagingFolder& operator=(StagingFolder&&) = delete;
  ~StagingFolder();

  struct File {
    os::Descriptor descriptor;  // to read and write
    std::filesystem::path path;
  };
  core::Result<File> create_file();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit StagingFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
  std::size_t count_ = 0;
};

// At start: what an earlier process left. The folder itself stays, and is made where it is missing.
core::Result<void> clean_staging(const std::filesystem::path& staging);

}  // namespace heyan::store
