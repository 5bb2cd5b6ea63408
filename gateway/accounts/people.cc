#include "gateway/accounts/people.h"

#include "gateway/accounts/rows.h"

namespace heyan::accounts {

using core::Bytes;
using core::ErrorCode;
using core::Result;
using sql::StatementCache;
using std::string;

Result<void> People::add(const Person& person, const string& password, std::int64_t now_ms) {
  if (!is_account(person.account) || !is_name(person.name) ||
      is_of_a_court(person.role) == person.court.empty()) {
    return core::fail(ErrorCode::kMalformed, "account, name or court are not as they must be");
  }
  return tables_->write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(const std::uint64_t added,
              statements.change("INSERT INTO people(account, name, role, court, password,"
                                " created_at_ms) VALUES (?, ?, ?, ?, ?, ?)"
                                " ON CONFLICT(account) DO NOTHING",
                                person.account, person.name, word(person.role), person.court,
                                password, now_ms));
    if (added == 0) return core::fail(ErrorCode::kDuplicate, "there is such an account");
    return {};
  });
}

Result<std::vector<Listed>> People::list() {
  return tables_->read([](StatementCache& statements) -> Result<std::vector<Listed>> {
    HEYAN_TRY(
        auto rows,
        (statements.all<string, string, string, string, std::int64_t, std::int64_t, std::int64_t,
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
  });
}

Result<std::vector<Person>> People::of_court(std::string_view court, Role role) {
  return tables_->read([&](StatementCache& statements) -> Result<std::vector<Person>> {
    HEYAN_TRY(auto rows,
              (statements.all<string, string>("SELECT account, name FROM people WHERE court = ?"
                                              " AND role = ? AND disabled = 0 ORDER BY account",
                                              court, word(role))));
    std::vector<Person> people;
    for (auto& [account, name] : rows) {
      people.push_back({.account = std::move(account),
                        .name = std::move(name),
                        .role = role,
                        .court = string(court)});
    }
    return people;
  });
}

Result<std::optional<Kept>> People::find(const string& account) {
  return tables_->read([&](StatementCache& statements) { return kept_of(statements, account); });
}

template <typename... A>
Result<void> People::change(const string& account, const Bytes& but, std::string_view sql,
                            const A&... arguments) {
  return tables_->write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(const std::uint64_t changed, statements.change(sql, arguments..., account));
    if (changed == 0) return core::fail(ErrorCode::kNotFound, "there is no such account");
    return statements.run("DELETE FROM sessions WHERE account = ? AND digest <> ?", account, but);
  });
}

template <typename... A>
Result<bool> People::change_if(const string& account, const Bytes& but, std::string_view sql,
                               const A&... arguments) {
  const auto changed = change(account, but, sql, arguments...);
  if (!changed && changed.error().code == ErrorCode::kNotFound) return false;
  if (!changed) return std::unexpected(changed.error());
  return true;
}

Result<void> People::set_disabled(const string& account, bool disabled) {
  return change(account, {}, "UPDATE people SET disabled = ? WHERE account = ?",
                std::int64_t{disabled ? 1 : 0});
}

Result<bool> People::set_password(const string& account, const string& before,
                                  const string& password, const Bytes& but) {
  return change_if(account, but,
                   "UPDATE people SET password = ? WHERE password = ? AND account = ?", password,
                   before);
}

Result<void> People::reset(const string& account, const string& password) {
  return change(account, {},
                "UPDATE people SET password = ?, secret = NULL, pending_secret = NULL"
                " WHERE account = ?",
                password);
}

// One statement, and whether it found what it was to change.
template <typename... A>
Result<bool> People::change_one(std::string_view sql, const A&... arguments) {
  return tables_->write([&](StatementCache& statements) -> Result<bool> {
    HEYAN_TRY(const std::uint64_t changed, statements.change(sql, arguments...));
    return changed == 1;
  });
}

Result<bool> People::propose_secret(const string& account, const string& password,
                                    const Bytes& secret) {
  return change_one("UPDATE people SET pending_secret = ? WHERE account = ? AND password = ?",
                    secret, account, password);
}

Result<bool> People::confirm_secret(const string& account, const Bytes& secret, std::int64_t step,
                                    const Bytes& but) {
  return change_if(account, but,
                   "UPDATE people SET secret = pending_secret, pending_secret = NULL, last_step = ?"
                   " WHERE pending_secret = ? AND secret IS NULL AND account = ?",
                   step, secret);
}

Result<void> People::drop_secret(const string& account, const Bytes& but) {
  return change(account, but,
                "UPDATE people SET secret = NULL, pending_secret = NULL WHERE account = ?");
}

Result<bool> People::take_step(const string& account, std::int64_t step) {
  return change_one("UPDATE people SET last_step = ?1 WHERE account = ?2 AND last_step < ?1", step,
                    account);
}

}  // namespace heyan::accounts
