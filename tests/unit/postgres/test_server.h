// A PostgreSQL server of this process's own, in a temporary folder with a Unix socket, never run as
// root; and databases on it. Roles: heyan_owner, gateway (a member of heyan_front), litigants (of
// heyan_public), signer (of heyan_signer), passes_by.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "gateway/postgres/connection.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::postgres {

class TestServer {
 public:
  // Started at its first use, stopped when the process ends.
  static TestServer& the();

  Settings settings(const std::string& role, const std::string& database) const;
  // A new name each time.
  std::string new_name();
  void stop(int signal);  // SIGINT: at once, in order; SIGQUIT: as if it had crashed
  void start();
  // As the superuser.
  void execute(const std::string& sql, const std::string& database = "postgres") const;

 private:
  os::TemporaryFolder folder_;
  pid_t starter_ = 0;
  pid_t server_ = 0;
  int names_ = 0;

  TestServer();
  ~TestServer();
  pid_t spawn(const std::vector<std::string>& command) const;
};

class TestDatabase {
 public:
  // Of a template, or an empty one.
  explicit TestDatabase(const std::string& made_from = "template0");
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& name() const { return name_; }
  Settings as(const std::string& role) const { return TestServer::the().settings(role, name_); }
  core::Result<void> execute(const std::string& sql, const std::string& role = "heyan_owner") const;

 private:
  std::string name_;
};

core::Result<void> accept_any(Connection& connection);

}  // namespace heyan::postgres
