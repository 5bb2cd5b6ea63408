#include "gateway/accounts/people.h"

#include "gateway/accounts/schema.h"
#include "gateway/sqlite/transaction.h"

namespace heyan::accounts {
namespace {

using core::Bytes;
using core::ErrorCode;
using std::string;

constexpr int kMostSessions = 20;

core::Result<Person> person_of(string account, string name, const string& role, string court) {
  const auto known = role_of(role);
  if (!known) return core::fail(ErrorCode::kInternal, "an account has a role that is none");
  return Person{.account = std::move(account),
                .name = std::move(name),
                .role = *known,
                .court = std::move(court)};
}

}  // namespace

core::Result<std::unique_ptr<People>> People::open(const std::filesystem::path& file) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(file, layout()));
  return std::unique_ptr<People>(new People(std::move(database)));
}

core::Result<void> People::add(const Person& person, const string& password, std::int64_t now_ms) {
  if (!is_account(person.account) || !is_name(person.name) ||
      is_of_a_court(person.role) == person.court.empty()) {
    return core::fail(ErrorCode::kMalformed, "account, name or court are not as they must be");
  }
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(const std::uint64_t added,
            statements_.change("INSERT INTO people(account, name, role, court, password,"
                               " created_at_ms) VALUES (?, ?, ?, ?, ?, ?)"
                               " ON CONFLICT(account) DO NOTHING",
                               person.account, person.name, word(person.role), person.court,
                               password, now_ms));
  if (added == 0) return core::fail(ErrorCode::kDuplicate, "there is such an account");
  return {};
}

core::Result<std::vector<Listed>> People::list() {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(
      auto rows,
      (statements_.all<string, string, string, string, std::int64_t, std::int64_t, std::int64_t,
                       std::optional<std::int64_t>>(
          "SELECT account, name, role, court, disabled, secret IS NOT NULL, created_at_ms,"
          " (SELECT max(seen_at_ms) FROM sessions s WHERE s.account = p.account) FROM people p"
          " ORDER BY account")));
  std::vector<Listed> people;
  for (auto& [account, name, role, court, disabled, factor, created, seen] : rows) {
    HEYAN_TRY(Person person,
              person_of(std::move(account), std::move(name), role, std::move(court)));
    people.push_back({.person = std::move(person),
                      .disabled = disabled != 0,
                      .second_factor = factor != 0,
                      .created_at_ms = created,
                      .seen_at_ms = seen});
  }
  return people;
}

core::Result<std::optional<Kept>> People::find(const string& account) {
  const std::lock_guard lock(mutex_);
  return find_locked(account);
}

core::Result<std::optional<Kept>> People::find_locked(const string& account) {
  HEYAN_TRY(auto row,
            (statements_.one<string, string, string, string, string, std::optional<Bytes>,
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

template <typename... A>
core::Result<void> People::change(const string& account, const Bytes& but, std::string_view sql,
                                  const A&... arguments) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(const std::uint64_t changed, statements_.change(sql, arguments..., account));
  if (changed == 0) return core::fail(ErrorCode::kNotFound, "there is no such account");
  HEYAN_CHECK_OK(
      statements_.run("DELETE FROM sessions WHERE account = ? AND digest IS NOT ?", account, but));
  return transaction.commit();
}

core::Result<void> People::set_disabled(const string& account, bool disabled) {
  return change(account, {}, "UPDATE people SET disabled = ? WHERE account = ?",
                std::int64_t{disabled ? 1 : 0});
}

core::Result<bool> People::set_password(const string& account, const string& before,
                                        const string& password, const Bytes& but) {
  const auto set =
      change(account, but, "UPDATE people SET password = ? WHERE password = ? AND account = ?",
             password, before);
  if (!set && set.error().code == ErrorCode::kNotFound) return false;
  if (!set) return std::unexpected(set.error());
  return true;
}

core::Result<void> People::reset(const string& account, const string& password) {
  return change(account, {},
                "UPDATE people SET password = ?, secret = NULL, pending_secret = NULL"
                " WHERE account = ?",
                password);
}

core::Result<bool> People::propose_secret(const string& account, const string& password,
                                          const Bytes& secret) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(
      const std::uint64_t changed,
      statements_.change("UPDATE people SET pending_secret = ? WHERE account = ? AND password = ?",
                         secret, account, password));
  return changed == 1;
}

core::Result<bool> People::confirm_secret(const string& account, const Bytes& secret,
                                          std::int64_t step) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE people SET secret = pending_secret, pending_secret = NULL,"
                               " last_step = ? WHERE account = ? AND pending_secret = ?"
                               " AND secret IS NULL",
                               step, account, secret));
  return changed == 1;
}

core::Result<void> People::drop_secret(const string& account) {
  const std::lock_guard lock(mutex_);
  return statements_.run("UPDATE people SET secret = NULL, pending_secret = NULL WHERE account = ?",
                         account);
}

core::Result<bool> People::take_step(const string& account, std::int64_t step) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(
      const std::uint64_t changed,
      statements_.change("UPDATE people SET last_step = ?1 WHERE account = ?2 AND last_step < ?1",
                         step, account));
  return changed == 1;
}

core::Result<bool> People::begin_session(const Bytes& digest, const string& account,
                                         const string& password, Strength strength,
                                         std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(const std::uint64_t begun,
            statements_.change(
                "INSERT INTO sessions(digest, account, second_factor, began_at_ms, seen_at_ms)"
                " SELECT ?1, account, ?3, ?4, ?4 FROM people"
                " WHERE account = ?2 AND password = ?5 AND disabled = 0",
                digest, account, std::int64_t{strength == Strength::kSecondFactor ? 1 : 0}, now_ms,
                password));
  if (begun == 0) return false;
  HEYAN_CHECK_OK(drop_oldest_sessions(account));
  HEYAN_CHECK_OK(transaction.commit());
  return true;
}

core::Result<void> People::drop_oldest_sessions(const string& account) {
  return statements_.run(
      "DELETE FROM sessions WHERE account = ?1 AND digest IN (SELECT digest FROM sessions"
      " WHERE account = ?1 ORDER BY began_at_ms DESC, digest LIMIT -1 OFFSET ?2)",
      account, std::int64_t{kMostSessions});
}

core::Result<std::optional<Session>> People::find_session(const Bytes& digest) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(auto row,
            (statements_.one<string, string, string, string, std::int64_t, std::int64_t,
                             std::int64_t, std::int64_t>(
                "SELECT p.account, p.name, p.role, p.court, p.secret IS NOT NULL, s.second_factor,"
                " s.began_at_ms, s.seen_at_ms FROM sessions s JOIN people p USING(account)"
                " WHERE s.digest = ? AND p.disabled = 0",
                digest)));
  if (!row) return std::nullopt;
  auto& [account, name, role, court, enrolled, strong, began, seen] = *row;
  HEYAN_TRY(Person person, person_of(std::move(account), std::move(name), role, std::move(court)));
  return Session{.person = std::move(person),
                 .strength = strong != 0 ? Strength::kSecondFactor : Strength::kPassword,
                 .second_factor = enrolled != 0,
                 .began_at_ms = began,
                 .seen_at_ms = seen};
}

core::Result<void> People::touch_session(const Bytes& digest, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  return statements_.run("UPDATE sessions SET seen_at_ms = ? WHERE digest = ?", now_ms, digest);
}

core::Result<void> People::end_session(const Bytes& digest) {
  const std::lock_guard lock(mutex_);
  return statements_.run("DELETE FROM sessions WHERE digest = ?", digest);
}

core::Result<void> People::end_sessions_before(std::int64_t seen_before_ms,
                                               std::int64_t began_before_ms) {
  const std::lock_guard lock(mutex_);
  return statements_.run("DELETE FROM sessions WHERE seen_at_ms < ? OR began_at_ms < ?",
                         seen_before_ms, began_before_ms);
}

}  // namespace heyan::accounts
