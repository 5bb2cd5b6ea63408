#include "tests/unit/report_log/on_server/place.h"

#include <stdexcept>

#include "gateway/postgres/database.h"
#include "gateway/postgres/migrate.h"

namespace heyan::report_log {
namespace {

class OnServer final : public Place {
 public:
  std::unique_ptr<sql::Database> connect() const override {
    return std::make_unique<postgres::Database>(
        postgres::Database::open(database_.as("signer"), kSharedLayout).value());
  }
  core::Result<void> execute(const std::string& sql) const override {
    return database_.execute(sql);
  }

 private:
  postgres::TestDatabase database_{prepared_database()};
};

}  // namespace

const std::string& prepared_database() {
  static const std::string name = [] {
    postgres::TestServer& server = postgres::TestServer::the();
    server.execute("CREATE DATABASE prepared_log OWNER heyan_owner TEMPLATE template0");
    const auto prepared =
        postgres::migrate(server.settings("heyan_owner", "prepared_log"), kSharedLayout);
    if (!prepared) throw std::runtime_error(std::string(prepared.error().text));
    return std::string("prepared_log");
  }();
  return name;
}

std::unique_ptr<Place> new_place() { return std::make_unique<OnServer>(); }

}  // namespace heyan::report_log
