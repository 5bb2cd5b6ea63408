// Where the logs of these tests are: in a file (in_file.cc), or in a database of a PostgreSQL
// server (on_server/place.cc). The same tests are linked with either. Beside the log there is a
// table of the caller's own: payloads(idx, text).
#pragma once

#include <memory>
#include <string>

#include "gateway/sql/database.h"

namespace heyan::report_log {

class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  // As another process would.
  virtual std::unique_ptr<sql::Database> connect() const = 0;
  // As whoever owns the tables.
  virtual core::Result<void> execute(const std::string& sql) const = 0;
};

// A fresh one.
std::unique_ptr<Place> new_place();

}  // namespace heyan::report_log
