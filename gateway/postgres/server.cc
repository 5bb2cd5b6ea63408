#include "gateway/postgres/server.h"

#include <chrono>
#include <thread>

namespace heyan::postgres {

using core::ErrorCode;

core::Result<void> expect_durable(Connection& connection) {
  HEYAN_TRY(const std::string fit,
            connection.ask_text("SELECT current_setting('fsync') = 'on'"
                                " AND current_setting('full_page_writes') = 'on'"
                                " AND current_setting('server_encoding') = 'UTF8'"
                                " AND current_setting('server_version_num')::int >= 150000"));
  if (fit == "t") return {};
  return core::fail(ErrorCode::kUnsupported,
                    "the database server is older than 15, without fsync or without UTF-8");
}

core::Result<bool> was_committed(Connection& connection, const std::string& number) {
  constexpr int kAttempts = 50;
  for (int i = 0; i < kAttempts; ++i) {
    HEYAN_TRY(const std::string status,
              connection.ask_text("SELECT pg_xact_status('" + number + "'::xid8)"));
    if (status != "in progress") return status == "committed";
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return core::fail(ErrorCode::kIo, "the database is in use elsewhere");
}

}  // namespace heyan::postgres
