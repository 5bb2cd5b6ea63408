// The PostgreSQL server of [database], on which several gateways share what they know.
//
// Threat: whoever may write that file decides which server is believed: nothing is resolved, and
// what is beyond this machine is asked over TLS alone, by the authority that is named. Values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "verifier/trust/table.h"

namespace heyan::ops {

struct Database {
  std::string host;     // the folder of its Unix socket, a numeric address, or a name
  std::string address;  // numeric; of a name, and of nothing else
  std::uint16_t port = 5432;
  std::string name;
  std::string front_role;
  std::string signer_role;
  std::filesystem::path front_password;   // front_password_file; empty: the server asks for none
  std::filesystem::path signer_password;  // signer_password_file; likewise
  std::filesystem::path ca;               // PEM; of another machine, and of nothing else
  unsigned patience_seconds = 5;          // with a server that is away, once
  // By a socket among the files of this machine.
  bool is_by_file() const { return host.starts_with('/'); }
};

// `folder` is put before relative paths; defects go to the table.
Database read_database(trust::Table& table, const std::filesystem::path& folder);
// What read_database reads as the same values.
std::string to_toml(const Database& database);

// What is wrong with single values, or empty: names of databases and roles.
std::string read_database_name(std::string_view text, std::string& into);
// What is wrong with the two roles beside each other, or empty.
std::string_view alike(const Database& database);

}  // namespace heyan::ops
