// What a witness remembers: of each log the last checkpoint that it cosigned, and other views of
// such a log, should one ever have been shown.
//
// Threat: a witness that forgets cosigns a second history. So a change is one compare-and-set
// within one transaction, on the disk before it returns, and a file that is missing is an error and
// never a fresh start. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/sqlite/statement_cache.h"
#include "verifier/core/error.h"
#include "verifier/transparency/merkle.h"

namespace heyan::witness {

struct Remembered {
  std::uint64_t size = 0;
  transparency::TreeHash root{};
  std::string note;                       // as the log signed it, without anybody else's lines
  std::uint64_t cosigned_at_seconds = 0;  // POSIX
};

class Memory {
 public:
  // A new file; kDuplicate where there is one.
  static core::Result<std::unique_ptr<Memory>> create(const std::filesystem::path& file);
  // kNotFound: there is none; and those of sqlite::Database::open.
  static core::Result<std::unique_ptr<Memory>> open(const std::filesystem::path& file);

  core::Result<std::optional<Remembered>> find(const std::string& origin);

  // `decide` gets what is remembered of the log, or nothing, and gives what is remembered from now
  // on, or nothing where all stays as it is. Nobody changes it meanwhile. When this returns, it is
  // on the disk; after an error nothing is changed.
  using Decide =
      std::function<core::Result<std::optional<Remembered>>(const std::optional<Remembered>& last)>;
  core::Result<void> change(const std::string& origin, const Decide& decide);

  // Another view of that size than the one that was cosigned, which the log signed as well: proof
  // that it forked. The first hundred of a log are kept. True where it was not known yet.
  core::Result<bool> keep_other_view(const std::string& origin, std::uint64_t size,
                                     const transparency::TreeHash& root, const std::string& note);

 private:
  explicit Memory(sqlite::Database database)
      : database_(std::move(database)), statements_(database_) {}
  core::Result<std::optional<Remembered>> read(const std::string& origin);

  std::mutex mutex_;  // guards the rest
  sqlite::Database database_;
  sqlite::StatementCache statements_;
};

}  // namespace heyan::witness
