// What Store consists of. Only for the sources of this folder that define its functions.
#pragma once

#include <optional>

#include "gateway/store/group_commit.h"
#include "gateway/store/reading.h"
#include "gateway/store/store.h"
#include "gateway/store/writing.h"

namespace heyan::store {

// Each connection stays where it is: the others refer to it.
struct Store::Parts {
  Parts(sqlite::Database to_write, sqlite::Database to_read)
      : write_connection(std::move(to_write)),
        read_connection(std::move(to_read)),
        writing(write_connection),
        reading(read_connection) {}

  sqlite::Database write_connection;
  sqlite::Database read_connection;
  Writing writing;
  Reading reading;
  std::optional<GroupCommit> commits;  // last: ends before what it uses
};

}  // namespace heyan::store
