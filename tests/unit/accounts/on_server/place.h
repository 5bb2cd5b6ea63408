// Databases in which the tables of people are.
#pragma once

#include "tests/unit/accounts/place.h"
#include "tests/unit/postgres/test_server.h"

namespace heyan::accounts {

// The name of a database that is prepared, to make others of.
const std::string& prepared_database();

}  // namespace heyan::accounts
