// Archives made for a test.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/functional/process.h"

namespace heyan::functional {

// An archive in the making. Entries may be anything that libzip lets somebody write.
class Zip {
 public:
  explicit Zip(const std::string& path)
      : path_(path), zip_(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr)) {}
  ~Zip() { close(); }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  zip_uint64_t add(const std::string& name, std::string_view bytes, zip_flags_t flags = 0) {
    void* copy = std::malloc(bytes.size() + 1);
    std::copy(bytes.begin(), bytes.end(), static_cast<char*>(copy));
    zip_source_t* source = zip_source_buffer(zip_, copy, bytes.size(), 1);
    const zip_int64_t index = zip_file_add(zip_, name.c_str(), source, flags | ZIP_FL_ENC_UTF_8);
    EXPECT_GE(index, 0) << name;
    return static_cast<zip_uint64_t>(index);
  }
  void add_link(const std::string& name, std::string_view target) {
    const zip_uint64_t index = add(name, target);
    const zip_uint32_t mode = static_cast<zip_uint32_t>(S_IFLNK | 0777) << 16;
    zip_file_set_external_attributes(zip_, index, 0, ZIP_OPSYS_UNIX, mode);
  }
  void encrypt(zip_uint64_t index) {
    zip_file_set_encryption(zip_, index, ZIP_EM_AES_256, "secret");
  }
  void add_folder(const std::filesystem::path& folder, const std::string& prefix,
                  bool backwards = false) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    if (backwards) std::ranges::reverse(files);
    for (const auto& file : files) {
      add(prefix + std::filesystem::relative(file, folder).string(), read_file(file));
    }
  }
  std::string close() {
    if (zip_ != nullptr) {
      EXPECT_EQ(zip_close(zip_), 0) << path_;
    }
    zip_ = nullptr;
    return path_;
  }

 private:
  std::string path_;
  zip_t* zip_;
};

}  // namespace heyan::functional
