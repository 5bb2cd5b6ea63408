// Sessions: part of people.h.
#include "gateway/accounts/rows.h"

namespace heyan::accounts {

using core::Bytes;
using core::Result;
using sql::StatementCache;
using std::string;

Result<bool> People::begin_session(const Bytes& digest, const string& account,
                                   const string& password, Strength strength, std::int64_t now_ms) {
  return tables_->write([&](StatementCache& statements) -> Result<bool> {
    HEYAN_TRY(const std::uint64_t begun,
              statements.change(
                  "INSERT INTO sessions(digest, account, second_factor, began_at_ms, seen_at_ms)"
                  " SELECT ?1, account, ?3, ?4, ?4 FROM people"
                  " WHERE account = ?2 AND password = ?5 AND disabled = 0"
                  " AND (secret IS NULL OR ?3 = 1)",
                  digest, account, std::int64_t{strength == Strength::kSecondFactor ? 1 : 0},
                  now_ms, password));
    if (begun == 0) return false;
    HEYAN_CHECK_OK(drop_oldest_sessions(statements, account));
    return true;
  });
}

Result<bool> People::begin_session(const Bytes& digest, const Identity& identity, Strength strength,
                                   std::int64_t now_ms) {
  return tables_->write([&](StatementCache& statements) -> Result<bool> {
    HEYAN_TRY(const auto begun,
              (statements.one<string>(
                  "INSERT INTO sessions(digest, account, second_factor, began_at_ms, seen_at_ms)"
                  " SELECT ?1, account, ?4, ?5, ?5 FROM identities JOIN people USING(account)"
                  " WHERE issuer = ?2 AND subject = ?3 AND disabled = 0 RETURNING account",
                  digest, identity.issuer, identity.subject,
                  std::int64_t{strength == Strength::kSecondFactor ? 1 : 0}, now_ms)));
    if (!begun) return false;
    HEYAN_CHECK_OK(drop_oldest_sessions(statements, std::get<0>(*begun)));
    return true;
  });
}

Result<std::optional<Session>> People::find_session(const Bytes& digest) {
  return tables_->read([&](StatementCache& statements) -> Result<std::optional<Session>> {
    HEYAN_TRY(auto row, (statements.one<string, string, string, string, std::int64_t, std::int64_t,
                                        std::int64_t, std::int64_t>(
                            "SELECT p.account, p.name, p.role, p.court, p.secret IS NOT NULL,"
                            " s.second_factor, s.began_at_ms, s.seen_at_ms"
                            " FROM sessions s JOIN people p USING(account)"
                            " WHERE s.digest = ? AND p.disabled = 0",
                            digest)));
    if (!row) return std::nullopt;
    auto& [account, name, role, court, enrolled, strong, began, seen] = *row;
    HEYAN_TRY(Person person,
              person_of(std::move(account), std::move(name), role, std::move(court)));
    return Session{.person = std::move(person),
                   .strength = strong != 0 ? Strength::kSecondFactor : Strength::kPassword,
                   .second_factor = enrolled != 0,
                   .began_at_ms = began,
                   .seen_at_ms = seen};
  });
}

Result<void> People::touch_session(const Bytes& digest, std::int64_t now_ms) {
  return tables_->write([&](StatementCache& statements) {
    return statements.run("UPDATE sessions SET seen_at_ms = ? WHERE digest = ?", now_ms, digest);
  });
}

Result<void> People::end_session(const Bytes& digest) {
  return tables_->write([&](StatementCache& statements) {
    return statements.run("DELETE FROM sessions WHERE digest = ?", digest);
  });
}

Result<void> People::end_sessions_before(std::int64_t seen_before_ms,
                                         std::int64_t began_before_ms) {
  return tables_->write([&](StatementCache& statements) {
    return statements.run("DELETE FROM sessions WHERE seen_at_ms < ? OR began_at_ms < ?",
                          seen_before_ms, began_before_ms);
  });
}

}  // namespace heyan::accounts
