// What a store is made of, whatever the engine. Only for the sources of this folder.
#pragma once

#include <memory>
#include <optional>

#include "gateway/sql/transaction.h"
#include "gateway/store/group_commit.h"
#include "gateway/store/reading.h"
#include "gateway/store/store.h"
#include "gateway/store/writing.h"

namespace heyan::store {

struct Store::Parts {
  Parts(std::unique_ptr<sql::Database> to_write, std::unique_ptr<sql::Database> to_read,
        const Program& program)
      : write_connection(std::move(to_write)),
        read_connection(std::move(to_read)),
        writing(*write_connection, program),
        reading(*read_connection) {}

  std::unique_ptr<sql::Database> write_connection;
  std::unique_ptr<sql::Database> read_connection;
  Writing writing;
  Reading reading;
  std::optional<GroupCommit> commits;  // last: ends before what it uses
};

// What a reading within that scope may see.
std::vector<sql::Setting> settings_of(const Scope& scope);

template <typename Work>
std::invoke_result_t<Work, Reading&> Store::read(const Scope& scope, Work work) {
  const std::lock_guard lock(reading_);
  const auto settings = settings_of(scope);
  HEYAN_TRY(const sql::Snapshot snapshot, sql::Snapshot::begin(*parts_->read_connection, settings));
  return work(parts_->reading);
}

// The work runs on the writing thread while this one waits, so it may refer to what is here.
template <typename T, typename Work>
core::Result<T> Store::write(Work work) {
  std::optional<T> answer;
  HEYAN_CHECK_OK(parts_->commits->run([&]() -> core::Result<void> {
    HEYAN_TRY(answer, work(parts_->writing));
    return {};
  }));
  return *std::move(answer);
}

}  // namespace heyan::store
