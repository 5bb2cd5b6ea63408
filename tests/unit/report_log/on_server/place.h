// Databases in which a log is.
#pragma once

#include <array>

#include "gateway/report_log/schema.h"
#include "tests/unit/postgres/test_server.h"
#include "tests/unit/report_log/place.h"

namespace heyan::report_log {

inline constexpr std::array kSharedMigrations = {
    kSharedTables, std::string_view("CREATE TABLE payloads(idx BIGINT PRIMARY KEY, text TEXT);"
                                    "GRANT USAGE ON SCHEMA heyan TO heyan_signer;"
                                    "GRANT ALL ON ALL TABLES IN SCHEMA heyan TO heyan_signer")};
inline constexpr sql::Layout kSharedLayout{.application_id = 0x48594c67,
                                           .migrations = kSharedMigrations};

// The name of a database that is prepared, to make others of.
const std::string& prepared_database();

}  // namespace heyan::report_log
