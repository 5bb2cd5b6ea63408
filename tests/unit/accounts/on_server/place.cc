#include "tests/unit/accounts/on_server/place.h"

#include <stdexcept>

namespace heyan::accounts {
namespace {

class OnServer final : public Place {
 public:
  core::Result<std::unique_ptr<People>> open() const override {
    return People::open(database_.as("gateway"));
  }

 private:
  postgres::TestDatabase database_{prepared_database()};
};

}  // namespace

const std::string& prepared_database() {
  static const std::string name = [] {
    postgres::TestServer& server = postgres::TestServer::the();
    server.execute("CREATE DATABASE prepared_accounts OWNER heyan_owner TEMPLATE template0");
    const auto prepared = People::prepare(server.settings("heyan_owner", "prepared_accounts"));
    if (!prepared) throw std::runtime_error(std::string(prepared.error().text));
    return std::string("prepared_accounts");
  }();
  return name;
}

std::unique_ptr<Place> new_place() { return std::make_unique<OnServer>(); }

}  // namespace heyan::accounts
