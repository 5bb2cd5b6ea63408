// Where the stores of these tests are: in a file (in_file.cc), or in a database of a PostgreSQL
// server (on_server/place.cc). The same tests are linked with either.
#pragma once

#include <memory>
#include <string>

#include "gateway/store/store.h"

namespace heyan::store {

class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  virtual core::Result<std::unique_ptr<Store>> open(Store::Listener changed = {}) const = 0;
  // Past the store, as whoever owns the tables.
  virtual core::Result<void> execute(const std::string& sql) const = 0;
  // The same, with the tables' conditions on what is in a column of this name out of force.
  virtual core::Result<void> execute_unchecked(const std::string& table, const std::string& column,
                                               const std::string& sql) const = 0;
  // As it was before there were the tables of schema_of_lists.h, and then what the program makes of
  // that. No store is open.
  virtual core::Result<void> make_lists_anew() const = 0;
  // As it was before scans were each submission's, with these statements over that, and then what
  // the program makes of it. No store is open.
  virtual core::Result<void> make_scans_anew(const std::string& sql) const = 0;
};

// A fresh one.
std::unique_ptr<Place> new_place();

}  // namespace heyan::store
