#include "gateway/database/server.h"

#include <sys/stat.h>

#include <algorithm>

#include "gateway/os/folder.h"

namespace heyan::database {
namespace {

using core::ErrorCode;
using std::filesystem::path;

constexpr std::size_t kMostPassword = 1024;

core::Result<std::string> read_password(const path& file) {
  if (file.empty()) return std::string();
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  struct stat status{};
  if (::fstat(opened.descriptor().get(), &status) != 0)
    return core::fail(ErrorCode::kIo, "the file of a database's password cannot be read");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return core::fail(ErrorCode::kUnsupported,
                      "others can use the file of a database's password: give it mode 0600");
  }
  os::MemorySink sink(kMostPassword + 1);
  const auto reading = opened.read_all(sink);
  std::string text = core::to_string(std::move(sink).take());
  if (text.ends_with('\n')) text.pop_back();
  const bool one_line = std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
  if (!reading || reading->changed || text.empty() || !one_line) {
    return core::fail(ErrorCode::kMalformed,
                      "the file of a database's password is no single line of it");
  }
  return text;
}

core::Result<postgres::Settings> settings_of(const ops::Database& database, const std::string& role,
                                             const path& password_file) {
  postgres::Settings settings{.host = database.host,
                              .address = database.address,
                              .port = database.port,
                              .database = database.name,
                              .role = role,
                              .authority = database.ca,
                              .patience = std::chrono::seconds(database.patience_seconds)};
  HEYAN_TRY(settings.password, read_password(password_file));
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
