// Where the people of these tests are: in a file (in_file.cc), or in a database of a PostgreSQL
// server (on_server/place.cc). The same tests are linked with either.
#pragma once

#include <memory>

#include "gateway/accounts/people.h"

namespace heyan::accounts {

class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  // As another process would.
  virtual core::Result<std::unique_ptr<People>> open() const = 0;
};

// A fresh one.
std::unique_ptr<Place> new_place();

}  // namespace heyan::accounts
