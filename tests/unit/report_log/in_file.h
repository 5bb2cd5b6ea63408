// The layout of the files.
#pragma once

#include <array>

#include "gateway/report_log/schema.h"
#include "gateway/sqlite/database.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/report_log/place.h"

namespace heyan::report_log {

inline constexpr std::array kMigrations = {
    kTables, std::string_view("CREATE TABLE payloads(idx INTEGER PRIMARY KEY, text TEXT) STRICT")};
inline constexpr sql::Layout kLayout{.application_id = 0x48594c67, .migrations = kMigrations};

}  // namespace heyan::report_log
