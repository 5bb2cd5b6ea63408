#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/place.h"

namespace heyan::store {
namespace {

class InFile final : public Place {
 public:
  core::Result<std::unique_ptr<Store>> open(Store::Listener changed) const override {
    return Store::open(path_, std::move(changed));
  }
  core::Result<void> execute(const std::string& sql) const override {
    HEYAN_TRY(sqlite::Database database, sqlite::Database::open(path_, layout()));
    return database.execute(sql.c_str());
  }
  core::Result<void> execute_unchecked(const std::string&, const std::string&,
                                       const std::string& sql) const override {
    return execute("PRAGMA ignore_check_constraints=ON;" + sql);
  }
  core::Result<void> make_lists_anew() const override {
    return execute(
        "DROP TABLE listed; DROP INDEX deletions_open; ALTER TABLE deletions DROP COLUMN log;"
        " PRAGMA user_version = 15");  // open() does the rest
  }

 private:
  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "front.db";
};

}  // namespace

std::unique_ptr<Place> new_place() { return std::make_unique<InFile>(); }

}  // namespace heyan::store
