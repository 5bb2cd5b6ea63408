// Files beneath one folder, and nothing else: the only way in which a case or a trust list reaches
// the disk.
//
// Threat: the paths, and what lies in the folder, are an attacker's. The kernel resolves beneath
// the folder and follows no link, in no part of the path (openat2 with RESOLVE_BENEATH,
// RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS; security decision 27). Only regular files are
// read: a FIFO would block for ever, a device has side effects. Any thread.
#pragma once

#include <filesystem>
#include <string_view>

#include "gateway/os/byte_sink.h"
#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::os {

// What identifies a state of a file: it changes whenever somebody writes.
struct FileState {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t status_changed_ns = 0;
  bool operator==(const FileState&) const = default;
};
core::Result<FileState> state_of(const Descriptor& file);

class OpenFile {
 public:
  OpenFile(Descriptor fd, FileState state) : fd_(std::move(fd)), state_(state) {}
  std::uint64_t size() const { return state_.size; }
  const Descriptor& descriptor() const { return fd_; }
  Descriptor take_descriptor() { return std::move(fd_); }

  // The same file, with the state that it has by now. kIo.
  core::Result<OpenFile> as_it_is_now() const;

  // Reads to the end. `changed` where the state before and after differ, or another number of bytes
  // came.
  core::Result<FileReading> read_all(ByteSink& sink) const;

 private:
  Descriptor fd_;
  FileState state_;  // when it was opened
};

class Folder {
 public:
  // The folder that the user named; links on the way to it are the user's own.
  static core::Result<Folder> open(const std::filesystem::path& path);

  // kNotFound: nothing there; kUnsupported: a link, a way out of the folder, or no regular file;
  // kIo.
  core::Result<OpenFile> open_file(std::string_view relative_path) const;

 private:
  explicit Folder(Descriptor fd) : fd_(std::move(fd)) {}
  Descriptor fd_;
};

// A regular file that the user named.
core::Result<OpenFile> open_named_file(const std::filesystem::path& path);

// The whole of a regular file that the user named.
core::Result<core::Bytes> read_named_file(const std::filesystem::path& path,
                                          std::size_t limit_bytes);

}  // namespace heyan::os
