#include "gateway/database/server.h"

#include "gateway/ops/secrets.h"

namespace heyan::database {
namespace {

using std::filesystem::path;

core::Result<postgres::Settings> settings_of(const ops::Database& database, const std::string& role,
                                             const path& password_file) {
  postgres::Settings settings{.host = database.host,
                              .address = database.address,
                              .port = database.port,
                              .database = database.name,
                              .role = role,
                              .authority = database.ca,
                              .patience = std::chrono::seconds(database.patience_seconds)};
  if (password_file.empty()) return settings;
  HEYAN_TRY(settings.password, ops::read_password(password_file));
  return settings;
}

}  // namespace

core::Result<postgres::Settings> as_front(const ops::Database& database) {
  return settings_of(database, database.front_role, database.front_password);
}

core::Result<postgres::Settings> as_signer(const ops::Database& database) {
  return settings_of(database, database.signer_role, database.signer_password);
}

core::Result<postgres::Settings> as_owner(const ops::Database& database, const std::string& role,
                                          const path& password_file) {
  return settings_of(database, role, password_file);
}

void permit(const ops::Database& database, sandbox::Profile& profile) {
  using sandbox::Reach;
  profile.port = database.port;
  if (database.is_by_file()) {
    profile.reach = Reach::kUnixSocket;
    return;
  }
  const std::string& address = database.address.empty() ? database.host : database.address;
  profile.reach = address.contains(':') ? Reach::kTcp6 : Reach::kTcp4;
  if (!database.ca.empty()) profile.readable.push_back(database.ca);
}

}  // namespace heyan::database
