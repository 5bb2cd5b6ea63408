#include "tests/unit/postgres/test_server.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace heyan::postgres {
namespace {

// Runs as the server's own user: PostgreSQL refuses to run as root.
void step_down() {
  if (::geteuid() != 0) return;
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0) ::_exit(126);
}

void expect(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

}  // namespace

core::Result<void> accept_any(Connection&) { return {}; }

TestServer& TestServer::the() {
  static TestServer server;
  return server;
}

pid_t TestServer::spawn(const std::vector<std::string>& command) const {
  const pid_t child = ::fork();
  if (child != 0) return child;
  step_down();
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int log = ::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(log, 1);
  ::dup2(log, 2);
  std::vector<char*> arguments;
  for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

TestServer::TestServer() : starter_(::getpid()) {
  if (::geteuid() == 0) {
    const passwd* user = ::getpwnam("postgres");
    expect(user != nullptr, "there is no user postgres");
    expect(::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) == 0, "chown");
  }
  const pid_t making = spawn({HEYAN_POSTGRES_BIN "/initdb", "-D", folder_ / "data", "-U",
                              "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"});
  int status = 0;
  ::waitpid(making, &status, 0);
  expect(status == 0, "initdb failed");
  start();
  execute(
      "CREATE ROLE heyan_owner LOGIN; CREATE ROLE heyan_front; CREATE ROLE heyan_signer;"
      "CREATE ROLE heyan_public; CREATE ROLE litigants LOGIN IN ROLE heyan_public;"
      "CREATE ROLE gateway LOGIN IN ROLE heyan_front;"
      "CREATE ROLE signer LOGIN IN ROLE heyan_signer;"
      "CREATE ROLE passes_by LOGIN BYPASSRLS IN ROLE heyan_front");
}

TestServer::~TestServer() {
  if (::getpid() == starter_ && server_ > 0) stop(SIGQUIT);
}

Settings TestServer::settings(const std::string& role, const std::string& database) const {
  return {.host = folder_.path().string(),
          .database = database,
          .role = role,
          .patience = std::chrono::seconds(30)};
}

std::string TestServer::new_name() { return "t" + std::to_string(++names_); }

void TestServer::start() {
  server_ = spawn({HEYAN_POSTGRES_BIN "/postgres", "-D", folder_ / "data", "-k",
                   folder_.path().string(), "-h", "", "-c", "shared_buffers=16MB"});
  expect(server_ > 0, "fork");
  execute("SELECT 1");
}

void TestServer::stop(int signal) {
  ::kill(server_, signal);
  ::waitpid(server_, nullptr, 0);
  server_ = 0;
}

void TestServer::execute(const std::string& sql, const std::string& database) const {
  const auto connection = Connection::open(settings("postgres", database), accept_any);
  expect(connection.has_value() && (*connection)->ask(sql).has_value(), sql.c_str());
}

TestDatabase::TestDatabase(const std::string& made_from) : name_(TestServer::the().new_name()) {
  TestServer::the().execute("CREATE DATABASE " + name_ + " OWNER heyan_owner TEMPLATE " +
                            made_from);
}

TestDatabase::~TestDatabase() {
  TestServer::the().execute("DROP DATABASE " + name_ + " WITH (FORCE)");
}

core::Result<void> TestDatabase::execute(const std::string& sql, const std::string& role) const {
  HEYAN_TRY(const auto connection, Connection::open(as(role), accept_any));
  HEYAN_TRY(const Answer done, connection->ask(sql));
  return {};
}

}  // namespace heyan::postgres
