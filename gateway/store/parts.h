// What a store is made of, whatever the engine. Only for the sources of this folder.
#pragma once

#include <memory>
#include <optional>

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

}  // namespace heyan::store
