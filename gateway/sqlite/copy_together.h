// Copies of SQLite files that other processes are writing: all as they were at one moment.
//
// For that moment nobody can write any of them; then each is copied by SQLite's online backup, page
// by page, from a transaction that reads it as it was, while its owner goes on. Needs files with a
// write-ahead log, in which readers stop nobody. Source: sqlite.org/backup.html, isolation.html.
// One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

#include "verifier/core/error.h"

namespace heyan::sqlite {

struct FileToCopy {
  std::filesystem::path from;
  std::filesystem::path to;  // a new file, mode 0600
};

// Rights to write are taken in this order, so an owner that holds one file while it waits for
// another comes in that order, too. `copied`: so many bytes more. kIo: one is not there, is in use
// for longer than a few seconds, or cannot be written; kUnsupported: it has no write-ahead log;
// kMalformed: it is no database. After an error the copies are worth nothing.
core::Result<void> copy_together(std::span<const FileToCopy> files,
                                 const std::function<void(std::uint64_t)>& copied);

}  // namespace heyan::sqlite
