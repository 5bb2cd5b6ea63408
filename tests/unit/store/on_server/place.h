// Databases in which the store's tables are.
#pragma once

#include "tests/unit/postgres/test_server.h"
#include "tests/unit/store/place.h"

namespace heyan::store {

// The name of a database that is prepared, to make others of.
const std::string& prepared_database();

inline Store::Shared shared_by(const postgres::TestDatabase& database) {
  return {.server = database.as("gateway"),
          .patience = std::chrono::milliseconds(0),
          .looks_every = std::chrono::milliseconds(20)};
}

}  // namespace heyan::store
