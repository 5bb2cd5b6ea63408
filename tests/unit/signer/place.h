// Where the logs of these signers are: in a file (in_file.cc), or in a database of a PostgreSQL
// server (on_server/place.cc). The same tests are linked with either.
#pragma once

#include <memory>
#include <string>

#include "gateway/signer/signer.h"

namespace heyan::signer {

class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  virtual core::Result<std::unique_ptr<Signer>> open(Settings settings, Keys keys) const = 0;
  // As whoever owns the tables.
  virtual core::Result<void> execute(const std::string& sql) const = 0;
  virtual std::string literal(core::ByteView bytes) const = 0;  // in SQL
  // While no signer is open.
  virtual void back_up(const std::string& name) = 0;
  virtual void restore(const std::string& name) = 0;
};

// A fresh one; where it is in a file, that is in the folder, which is the signer's.
std::unique_ptr<Place> new_place(const std::filesystem::path& folder);

}  // namespace heyan::signer
