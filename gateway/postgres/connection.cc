#include "gateway/postgres/connection.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <thread>

#include "gateway/postgres/result_code.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;

constexpr std::chrono::milliseconds kBetweenAttempts{100};

// What waits for a lock, or for a program that died in a transaction, does not wait for ever.
constexpr std::string_view kOptions =
    " -c lock_timeout=10000 -c statement_timeout=30000"
    " -c idle_in_transaction_session_timeout=10000 -c synchronous_commit=on"
    " -c standard_conforming_strings=on -c client_min_messages=warning"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

constexpr const char* kNoFile = "/dev/null/none";

bool is_on_this_machine(std::string_view host) {
  return host.starts_with('/') || host == "127.0.0.1" || host == "::1" || host == "localhost";
}

// Else libpq would ask the system's resolver.
bool is_numeric(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return ::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

void say_nothing(void*, const PGresult*) {}  // notices quote what was stored

}  // namespace

// No temporary table of anybody's is found before ours.
Connection::Connection(Settings settings, SetUp set_up, std::string_view schema)
    : settings_(std::move(settings)),
      set_up_(std::move(set_up)),
      options_("-c search_path=" + std::string(schema) + ",pg_temp" + std::string(kOptions)) {}

core::Result<std::unique_ptr<Connection>> Connection::open(Settings settings, SetUp set_up,
                                                           std::string_view schema) {
  if (settings.authority.empty() && !is_on_this_machine(settings.host)) {
    return core::fail(ErrorCode::kUnsupported,
                      "a database server on another machine without who vouches for it");
  }
  if (settings.address.empty() && !settings.host.starts_with('/') && !is_numeric(settings.host)) {
    return core::fail(ErrorCode::kUnsupported, "a database server's name without its address");
  }
  std::unique_ptr<Connection> connection(
      new Connection(std::move(settings), std::move(set_up), schema));
  HEYAN_CHECK_OK(connection->ensure());
  return connection;
}

core::Result<void> Connection::ensure() {
  if (!lost_) return {};
  const auto until = std::chrono::steady_clock::now() +
                     (waited_in_vain_ ? std::chrono::milliseconds(0) : settings_.patience);
  while (true) {
    const auto connected = connect();
    lost_ = !connected;
    const bool away = !connected && connected.error().code == ErrorCode::kIo;
    if (!away || std::chrono::steady_clock::now() >= until) {
      if (away != waited_in_vain_) tell(!away);
      waited_in_vain_ = away;
      return connected;
    }
    std::this_thread::sleep_for(kBetweenAttempts);
  }
}

void Connection::tell(bool there) const {
  if (settings_.on_changed) settings_.on_changed(there);
}

// What libpq would else take from a file in the user's home, or from who the user is, is given,
// too: a program may be in its sandbox by now.
core::Result<void> Connection::connect() {
  connection_.reset();
  const std::string port = std::to_string(settings_.port);
  const bool local = settings_.authority.empty();
  const std::array names = {"host",
                            "hostaddr",
                            "port",
                            "dbname",
                            "user",
                            "password",
                            "passfile",
                            "sslmode",
                            "sslrootcert",
                            "sslcert",
                            "sslkey",
                            "sslcrl",
                            "gssencmode",
                            "options",
                            "client_encoding",
                            "connect_timeout",
                            "keepalives",
                            "requirepeer",
                            "tcp_user_timeout",
                            "application_name",
                            "target_session_attrs",
                            static_cast<const char*>(nullptr)};
  const std::array values = {settings_.host.c_str(),
                             settings_.address.c_str(),
                             port.c_str(),
                             settings_.database.c_str(),
                             settings_.role.c_str(),
                             settings_.password.c_str(),
                             kNoFile,
                             local ? "disable" : "verify-full",
                             local ? "" : settings_.authority.c_str(),
                             kNoFile,
                             kNoFile,
                             local ? "" : kNoFile,
                             "disable",
                             options_.c_str(),
                             "UTF8",
                             "3",
                             "1",
                             "",
                             "15000",
                             "heyan",
                             "read-write",
                             static_cast<const char*>(nullptr)};
  static_assert(names.size() == values.size());
  connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
  if (connection_ == nullptr) return core::fail(ErrorCode::kInternal, "there is no memory");
  if (PQstatus(connection_.get()) != CONNECTION_OK) return std::unexpected(error_of({}));
  PQsetNoticeReceiver(connection_.get(), say_nothing, nullptr);
  ++generation_;
  lost_ = false;
  return set_up_(*this);
}

bool Connection::in_transaction() const {
  if (lost_) return false;
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

core::Result<Answer> Connection::ask(const std::string& sql) {
  if (lost_) return std::unexpected(error_of({}));
  return checked(PQexec(connection_.get(), sql.c_str()));
}

core::Result<std::string> Connection::ask_text(const std::string& sql) {
  HEYAN_TRY(const Answer answer, ask(sql));
  if (PQntuples(answer.get()) != 1 || PQnfields(answer.get()) != 1) {
    return core::fail(ErrorCode::kInternal, "the database did not answer");
  }
  return std::string(PQgetvalue(answer.get(), 0, 0));
}

core::Result<Answer> Connection::checked(PGresult* raw) {
  Answer answer(raw);
  const ExecStatusType status = PQresultStatus(raw);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
    const std::string_view done = PQcmdStatus(raw);
    if (done.starts_with("INSERT") || done.starts_with("UPDATE") || done.starts_with("DELETE")) {
      const std::string_view count = PQcmdTuples(raw);
      std::from_chars(count.data(), count.data() + count.size(), changes_);
    }
    return answer;
  }
  if (status == PGRES_EMPTY_QUERY) {
    return core::fail(ErrorCode::kInternal, "a text holds none or several statements");
  }
  const char* state = PQresultErrorField(raw, PG_DIAG_SQLSTATE);
  const std::string_view code = state == nullptr ? "" : state;
  if (PQstatus(connection_.get()) != CONNECTION_OK || is_end_of_connection(code)) lost_ = true;
  return std::unexpected(lost_ ? error_of({}) : error_of(code));
}

}  // namespace heyan::postgres
