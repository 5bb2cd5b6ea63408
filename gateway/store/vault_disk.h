// How the vault reaches the disk: beneath one open folder, following no link. Only for the sources
// of this folder. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

// Of errno. kNotFound, kUnsupported: no regular file; kIo.
core::Error vault_error(int number);

core::Result<void> sync(const os::Descriptor& file);
// What was named in it stays.
core::Result<void> sync_folder(int parent, const std::string& name);
// A file that is there is as one that was written now, or within a day: what was left is looked
// for after a week, and who reads it sees its times change.
core::Result<void> say_put_now(int parent, const std::string& name);
core::Result<os::Descriptor> open_folder(int parent, const char* name);
// Mode 0700; one that is there is left.
core::Result<void> make_folder(int parent, const char* name);
core::Result<std::uint64_t> size_of_regular(const os::Descriptor& file);
// Only to read.
core::Result<os::Descriptor> open_file(int parent, const std::string& name);
// kLimit: it is larger.
core::Result<core::Bytes> read_small_file(int parent, const std::string& name, std::size_t most);

// A file that is written aside and gets its name when all of it is on the disk; removed where it
// gets none.
class FileAside {
 public:
  // In `folder`, which is on the same file system.
  static core::Result<FileAside> create(const std::filesystem::path& folder);
  FileAside(FileAside&& other) noexcept;
  FileAside& operator=(FileAside&&) = delete;
  ~FileAside();

  const os::Descriptor& descriptor() const { return file_; }
  // Another descriptor, from the beginning, that cannot write.
  core::Result<os::Descriptor> open_to_read() const;
  // From here on only to read. kDuplicate: there is one of that name, and it stays.
  core::Result<void> name(int parent, const std::string& name);
  // In the place of the one that is there.
  core::Result<void> replace(int parent, const std::string& name);

 private:
  FileAside(os::Descriptor file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}
  core::Result<void> rename(int parent, const std::string& name, unsigned flags);
  os::Descriptor file_;
  std::filesystem::path path_;  // empty: it has its name
};

}  // namespace heyan::store
