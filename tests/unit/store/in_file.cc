#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/place.h"

namespace heyan::store {
namespace {

// Before each submission had its own.
constexpr std::string_view kEarlierScans =
    "DROP TABLE scans;"
    "CREATE TABLE scans(court TEXT NOT NULL, sha256 BLOB NOT NULL, size INTEGER NOT NULL,"
    " submission TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'PENDING', name TEXT,"
    " scanned_at_ms INTEGER, not_before_ms INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY(court, sha256)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX scans_due ON scans(not_before_ms) WHERE state = 'PENDING';"
    "CREATE INDEX scans_found ON scans(court) WHERE state = 'FOUND';"
    "CREATE INDEX scans_too_large ON scans(size) WHERE state = 'TOO_LARGE';";

// Before each account had its turn.
constexpr std::string_view kEarlierDeliveries =
    "DROP INDEX deliveries_due; ALTER TABLE deliveries DROP COLUMN failing_since_ms;"
    "CREATE INDEX deliveries_due ON deliveries(not_before_ms, created_at_ms)"
    " WHERE state = 'PENDING';"
    "CREATE INDEX deliveries_of_account ON deliveries(account) WHERE state = 'PENDING';";

// Before a client's metadata were kept, and proofs known.
constexpr std::string_view kEarlierUploads =
    "ALTER TABLE awaited DROP COLUMN metadata; ALTER TABLE awaited DROP COLUMN proof;";

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
        "DROP TABLE listed; DROP INDEX deletions_open; ALTER TABLE deletions DROP COLUMN log;" +
        std::string(kEarlierScans) + std::string(kEarlierDeliveries) +
        std::string(kEarlierUploads) + " PRAGMA user_version = 15");  // open() does the rest
  }
  core::Result<void> make_scans_anew(const std::string& sql) const override {
    return execute(std::string(kEarlierScans) + std::string(kEarlierDeliveries) +
                   std::string(kEarlierUploads) + sql + ";PRAGMA user_version = 18");
  }

 private:
  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "front.db";
};

}  // namespace

std::unique_ptr<Place> new_place() { return std::make_unique<InFile>(); }

}  // namespace heyan::store
