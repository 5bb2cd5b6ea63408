// A temporary file that has no name: written once, then read through its descriptor, gone with it.
//
// On a disk, so that memory does not grow with it. Source: open(2), O_TMPFILE. One thread at a
// time.
#pragma once

#include <filesystem>

#include "gateway/os/byte_sink.h"
#include "gateway/os/folder.h"

namespace heyan::os {

class NamelessFile final : public ByteSink {
 public:
  // In the folder for temporary files. kIo: the file system has no such files. What is larger than
  // the limit is refused: kLimit.
  static core::Result<NamelessFile> create(std::uint64_t limit_bytes);
  static core::Result<NamelessFile> create_in(const std::filesystem::path& folder,
                                              std::uint64_t limit_bytes);

  std::span<std::uint8_t> space() override { return buffer_; }
  core::Result<void> commit(std::size_t count) override;
  // What was written, only to be read, from its beginning.
  core::Result<OpenFile> take() &&;

 private:
  NamelessFile(Descriptor file, std::uint64_t limit_bytes);
  Descriptor file_;
  std::uint64_t left_bytes_;
  core::Bytes buffer_;
};

}  // namespace heyan::os
