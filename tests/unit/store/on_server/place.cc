#include "tests/unit/store/on_server/place.h"

#include <stdexcept>

#include "gateway/store/schema.h"

namespace heyan::store {
namespace {

// Before each submission had its own.
constexpr std::string_view kEarlierScans =
    "DROP TABLE scans;"
    "CREATE TABLE scans(court TEXT COLLATE \"C\" NOT NULL, sha256 BYTEA NOT NULL,"
    " size BIGINT NOT NULL, submission TEXT COLLATE \"C\" NOT NULL,"
    " state TEXT COLLATE \"C\" NOT NULL DEFAULT 'PENDING', name TEXT COLLATE \"C\","
    " scanned_at_ms BIGINT, not_before_ms BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0,"
    " PRIMARY KEY(court, sha256));"
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

class OnServer final : public Place {
 public:
  core::Result<std::unique_ptr<Store>> open(Store::Listener changed) const override {
    return Store::open(shared_by(database_), std::move(changed));
  }
  core::Result<void> execute(const std::string& sql) const override {
    return database_.execute(sql);
  }
  core::Result<void> execute_unchecked(const std::string& table, const std::string& column,
                                       const std::string& sql) const override {
    return execute("ALTER TABLE " + table + " DROP CONSTRAINT " + table + "_" + column + "_check;" +
                   sql);
  }
  core::Result<void> make_lists_anew() const override {
    HEYAN_CHECK_OK(
        execute("DROP TABLE listed; DROP INDEX deletions_open; ALTER TABLE deletions DROP COLUMN "
                "log;" +
                std::string(kEarlierScans) + std::string(kEarlierDeliveries) +
                std::string(kEarlierUploads) + "UPDATE layout SET version = 5"));
    return Store::prepare(database_.as("heyan_owner"));
  }
  core::Result<void> make_scans_anew(const std::string& sql) const override {
    HEYAN_CHECK_OK(execute(std::string(kEarlierScans) + std::string(kEarlierDeliveries) +
                           std::string(kEarlierUploads) + sql + ";UPDATE layout SET version = 8"));
    return Store::prepare(database_.as("heyan_owner"));
  }

 private:
  postgres::TestDatabase database_{prepared_database()};
};

}  // namespace

const std::string& prepared_database() {
  static const std::string name = [] {
    postgres::TestServer& server = postgres::TestServer::the();
    server.execute("CREATE DATABASE prepared OWNER heyan_owner TEMPLATE template0");
    const auto prepared = Store::prepare(server.settings("heyan_owner", "prepared"));
    if (!prepared) throw std::runtime_error(std::string(prepared.error().text));
    return std::string("prepared");
  }();
  return name;
}

std::unique_ptr<Place> new_place() { return std::make_unique<OnServer>(); }

}  // namespace heyan::store
