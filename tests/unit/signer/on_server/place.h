// Databases in which a signer's tables are.
#pragma once

#include "tests/unit/postgres/test_server.h"
#include "tests/unit/signer/place.h"

namespace heyan::signer {

// The name of a database that is prepared, to make others of.
const std::string& prepared_database();

}  // namespace heyan::signer
