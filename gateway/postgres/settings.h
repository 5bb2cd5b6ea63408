// Where a PostgreSQL server is, and as whom it is asked.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace heyan::postgres {

struct Settings {
  std::string host;       // the folder of its Unix socket (an absolute path), an address or a name
  std::string address{};  // numeric, of a name: nothing is resolved, nor any file read for it
  std::uint16_t port = 5432;
  std::string database;
  std::string role;
  std::string password{};             // empty: the server knows the role by other means
  std::filesystem::path authority{};  // PEM: who vouches for its name; needed beyond this machine
  // How long one call waits for a server that is away. The next calls try once, until it is back.
  std::chrono::milliseconds patience{5000};
  // Told by each connection, in the thread that asks: the server stayed away; later, once: it is
  // back.
  std::function<void(bool there)> on_changed{};
};

}  // namespace heyan::postgres
