#include "gateway/accounts/rows.h"

namespace heyan::accounts {

using core::Bytes;
using core::ErrorCode;
using std::string;

constexpr std::int64_t kMostSessions = 20;

core::Result<Person> person_of(string account, string name, const string& role, string court) {
  const auto known = role_of(role);
  if (!known) return core::fail(ErrorCode::kInternal, "an account has a role that is none");
  return Person{.account = std::move(account),
                .name = std::move(name),
                .role = *known,
                .court = std::move(court)};
}

core::Result<std::optional<Kept>> kept_of(sql::StatementCache& statements, const string& account) {
  HEYAN_TRY(auto row,
            (statements.one<string, string, string, string, string, std::optional<Bytes>,
                            std::optional<Bytes>, std::int64_t, std::int64_t>(
                "SELECT account, name, role, court, password, secret, pending_secret, last_step,"
                " disabled FROM people WHERE account = ?",
                account)));
  if (!row) return std::nullopt;
  auto& [found, name, role, court, password, secret, pending, step, disabled] = *row;
  HEYAN_TRY(Person person, person_of(std::move(found), std::move(name), role, std::move(court)));
  return Kept{.person = std::move(person),
              .password = std::move(password),
              .secret = std::move(secret),
              .pending_secret = std::move(pending),
              .last_step = step,
              .disabled = disabled != 0};
}

core::Result<void> drop_oldest_sessions(sql::StatementCache& statements, const string& account) {
  return statements.run(
      "DELETE FROM sessions WHERE account = ?1 AND digest NOT IN (SELECT digest FROM sessions"
      " WHERE account = ?1 ORDER BY began_at_ms DESC, digest LIMIT ?2)",
      account, kMostSessions);
}

}  // namespace heyan::accounts
