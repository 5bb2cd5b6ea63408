#include "tests/unit/signer/on_server/place.h"

#include <map>
#include <stdexcept>

namespace heyan::signer {
namespace {

class OnServer final : public Place {
 public:
  core::Result<std::unique_ptr<Signer>> open(Settings settings, Keys keys) const override {
    return Signer::open(database_->as("signer"), std::move(settings), std::move(keys));
  }
  core::Result<void> execute(const std::string& sql) const override {
    return database_->execute("SET search_path = heyan_log;" + sql);
  }
  std::string literal(core::ByteView bytes) const override {
    return "'\\x" + core::to_hex(bytes) + "'";
  }
  void back_up(const std::string& name) override {
    copies_[name] = std::make_unique<postgres::TestDatabase>(database_->name());
  }
  void restore(const std::string& name) override {
    database_ = std::make_unique<postgres::TestDatabase>(copies_.at(name)->name());
  }

 private:
  std::unique_ptr<postgres::TestDatabase> database_ =
      std::make_unique<postgres::TestDatabase>(prepared_database());
  std::map<std::string, std::unique_ptr<postgres::TestDatabase>> copies_;
};

}  // namespace

const std::string& prepared_database() {
  static const std::string name = [] {
    postgres::TestServer& server = postgres::TestServer::the();
    server.execute("CREATE DATABASE prepared_signer OWNER heyan_owner TEMPLATE template0");
    const auto prepared = Signer::prepare(server.settings("heyan_owner", "prepared_signer"));
    if (!prepared) throw std::runtime_error(std::string(prepared.error().text));
    return std::string("prepared_signer");
  }();
  return name;
}

std::unique_ptr<Place> new_place(const std::filesystem::path&) {
  return std::make_unique<OnServer>();
}

}  // namespace heyan::signer
