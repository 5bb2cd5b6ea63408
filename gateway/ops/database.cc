#include "gateway/ops/database.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

constexpr std::size_t kMostName = 63;         // PostgreSQL: NAMEDATALEN - 1
constexpr std::size_t kMostSocketPath = 107;  // unix(7): sun_path, less its end
constexpr std::string_view kLongestSocket = "/.s.PGSQL.65535";
constexpr std::int64_t kMostPort = 65'535;

path file(Table& table, std::string_view key, const path& folder) {
  const auto text = table.text(key);
  if (text && text->empty()) table.defect(key, "is empty", "Leave it out, or name a file");
  return resolve_path(folder, text.value_or(""));
}

bool is_name(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

void check_socket(Table& table, const Database& database) {
  if (database.host.size() + kLongestSocket.size() > kMostSocketPath)
    table.defect("host", "is too long for the name of a socket", "Give the server another folder");
  if (table.has("ca"))
    table.defect("ca", "is of a server on another machine", "Leave it out beside a folder");
}

void check_host(Table& table, const Database& database) {
  const bool numeric = is_numeric_host(database.host);
  const bool by_name = !database.is_by_file() && !numeric;
  if (by_name && !is_name(database.host)) {
    table.defect("host", "is neither a folder, an address nor a name",
                 "Write for example \"/run/postgresql\", \"10.20.0.9\" or \"db.court.example\"");
    return;
  }
  if (!by_name && table.has("address"))
    table.defect("address", "is of a host with a name", "Leave it out");
  if (by_name && !is_numeric_host(database.address))
    table.defect("address", table.has("address") ? "is no numeric address" : "is missing",
                 "Write the numeric address of that name: nothing is resolved");
  if (database.is_by_file()) return check_socket(table, database);
  if (!is_loopback(database.host) && !table.has("ca"))
    table.defect("ca", "is missing",
                 "Name the PEM file with who vouches for the server: beyond this machine it is "
                 "asked over TLS alone");
}

}  // namespace

std::string read_database_name(std::string_view text, std::string& into) {
  const bool good =
      !text.empty() && text.size() <= kMostName && std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) >= ' ' && c != '\x7f';
      });
  if (!good) return "is no name of PostgreSQL: it has 1 to 63 bytes without controls";
  into = text;
  return {};
}

std::string_view alike(const Database& database) {
  if (database.front_role.empty() || database.front_role != database.signer_role) return {};
  return "is the role of the front, too, which must not reach the log";
}

Database read_database(Table& table, const path& folder) {
  Database database;
  database.host = table.required_text("host").value_or("");
  database.address = table.text("address").value_or("");
  read_number(table, "port", 1, kMostPort, database.port);
  const auto name = [&](std::string_view key, std::string& into) {
    const auto text = table.required_text(key);
    if (!text || text->empty()) return;
    if (std::string wrong = read_database_name(*text, into); !wrong.empty())
      table.defect(key, std::move(wrong));
  };
  name("name", database.name);
  name("front_role", database.front_role);
  name("signer_role", database.signer_role);
  if (const std::string_view wrong = alike(database); !wrong.empty())
    table.defect("signer_role", std::string(wrong), "Give each a role of its own");
  database.front_password = file(table, "front_password_file", folder);
  database.signer_password = file(table, "signer_password_file", folder);
  database.ca = file(table, "ca", folder);
  read_number(table, "patience_seconds", 1, kMostPatience, database.patience_seconds);
  if (!database.host.empty()) check_host(table, database);
  return database;
}

std::string to_toml(const Database& database) {
  std::string out = fmt::format("\n[database]\nhost = {}\n", in_quotes(database.host));
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} = {}\n", key, in_quotes(value));
  };
  add("address", database.address);
  out += fmt::format("port = {}\nname = {}\nfront_role = {}\nsigner_role = {}\n", database.port,
                     in_quotes(database.name), in_quotes(database.front_role),
                     in_quotes(database.signer_role));
  add("front_password_file", database.front_password.string());
  add("signer_password_file", database.signer_password.string());
  add("ca", database.ca.string());
  return out + fmt::format("patience_seconds = {}\n", database.patience_seconds);
}

}  // namespace heyan::ops
