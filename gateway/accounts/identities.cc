// Who people are to providers: part of people.h.
#include "gateway/accounts/people.h"
#include "gateway/sqlite/transaction.h"

namespace heyan::accounts {
namespace {

using core::ErrorCode;
using std::string;

core::Result<bool> insert(sqlite::StatementCache& statements, const string& account,
                          const Identity& identity, std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t added,
            statements.change("INSERT INTO identities(issuer, subject, account, linked_at_ms)"
                              " SELECT ?1, ?2, account, ?4 FROM people WHERE account = ?3"
                              " ON CONFLICT(issuer, subject) DO NOTHING",
                              identity.issuer, identity.subject, account, now_ms));
  return added == 1;
}

}  // namespace

core::Result<void> People::link(const string& account, const Identity& identity,
                                std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(const auto kept, find_locked(account));
  if (!kept) return core::fail(ErrorCode::kNotFound, "there is no such account");
  HEYAN_TRY(const bool linked, insert(statements_, account, identity, now_ms));
  if (!linked) return core::fail(ErrorCode::kDuplicate, "that identity is an account's already");
  return {};
}

core::Result<void> People::unlink(const string& account, const Identity& identity) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(
      const std::uint64_t dropped,
      statements_.change("DELETE FROM identities WHERE issuer = ? AND subject = ? AND account = ?",
                         identity.issuer, identity.subject, account));
  if (dropped == 0) return core::fail(ErrorCode::kNotFound, "that account has no such identity");
  HEYAN_CHECK_OK(statements_.run("DELETE FROM sessions WHERE account = ?", account));
  return transaction.commit();
}

core::Result<std::vector<Identity>> People::identities(const string& account) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(auto rows, (statements_.all<string, string>(
                           "SELECT issuer, subject FROM identities WHERE account = ?"
                           " ORDER BY issuer, subject",
                           account)));
  std::vector<Identity> identities;
  for (auto& [issuer, subject] : rows)
    identities.push_back({.issuer = std::move(issuer), .subject = std::move(subject)});
  return identities;
}

core::Result<std::optional<Kept>> People::find(const Identity& identity) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(const auto row, (statements_.one<string>(
                                "SELECT account FROM identities WHERE issuer = ? AND subject = ?",
                                identity.issuer, identity.subject)));
  if (!row) return std::nullopt;
  return find_locked(std::get<0>(*row));
}

core::Result<void> People::admit(const Person& person, const Identity& identity,
                                 std::int64_t now_ms) {
  if (!is_account(person.account) || !is_name(person.name) || is_of_a_court(person.role))
    return core::fail(ErrorCode::kMalformed, "account or name are not as they must be");
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(
      const std::uint64_t added,
      statements_.change("INSERT INTO people(account, name, role, court, password, created_at_ms)"
                         " VALUES (?, ?, ?, '', '', ?) ON CONFLICT(account) DO NOTHING",
                         person.account, person.name, word(person.role), now_ms));
  if (added == 0) return core::fail(ErrorCode::kDuplicate, "there is such an account");
  HEYAN_TRY(const bool linked, insert(statements_, person.account, identity, now_ms));
  if (!linked) return core::fail(ErrorCode::kDuplicate, "that identity is an account's already");
  return transaction.commit();
}

core::Result<bool> People::begin_session(const core::Bytes& digest, const Identity& identity,
                                         Strength strength, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(const auto begun,
            (statements_.one<string>(
                "INSERT INTO sessions(digest, account, second_factor, began_at_ms, seen_at_ms)"
                " SELECT ?1, account, ?4, ?5, ?5 FROM identities JOIN people USING(account)"
                " WHERE issuer = ?2 AND subject = ?3 AND disabled = 0 RETURNING account",
                digest, identity.issuer, identity.subject,
                std::int64_t{strength == Strength::kSecondFactor ? 1 : 0}, now_ms)));
  if (!begun) return false;
  HEYAN_CHECK_OK(drop_oldest_sessions(std::get<0>(*begun)));
  HEYAN_CHECK_OK(transaction.commit());
  return true;
}

}  // namespace heyan::accounts
