// Who people are to providers: part of people.h.
#include "gateway/accounts/rows.h"

namespace heyan::accounts {
namespace {

using core::ErrorCode;
using core::Result;
using sql::StatementCache;
using std::string;

Result<bool> insert(StatementCache& statements, const string& account, const Identity& identity,
                    std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t added,
            statements.change("INSERT INTO identities(issuer, subject, account, linked_at_ms)"
                              " SELECT ?1, ?2, account, ?4 FROM people WHERE account = ?3"
                              " ON CONFLICT(issuer, subject) DO NOTHING",
                              identity.issuer, identity.subject, account, now_ms));
  return added == 1;
}

}  // namespace

Result<void> People::link(const string& account, const Identity& identity, std::int64_t now_ms) {
  return tables_->write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(const auto kept, kept_of(statements, account));
    if (!kept) return core::fail(ErrorCode::kNotFound, "there is no such account");
    HEYAN_TRY(const bool linked, insert(statements, account, identity, now_ms));
    if (!linked) return core::fail(ErrorCode::kDuplicate, "that identity is an account's already");
    return {};
  });
}

Result<void> People::unlink(const string& account, const Identity& identity) {
  return tables_->write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(
        const std::uint64_t dropped,
        statements.change("DELETE FROM identities WHERE issuer = ? AND subject = ? AND account = ?",
                          identity.issuer, identity.subject, account));
    if (dropped == 0) return core::fail(ErrorCode::kNotFound, "that account has no such identity");
    return statements.run("DELETE FROM sessions WHERE account = ?", account);
  });
}

Result<std::vector<Identity>> People::identities(const string& account) {
  return tables_->read([&](StatementCache& statements) -> Result<std::vector<Identity>> {
    HEYAN_TRY(auto rows, (statements.all<string, string>(
                             "SELECT issuer, subject FROM identities WHERE account = ?"
                             " ORDER BY issuer, subject",
                             account)));
    std::vector<Identity> identities;
    for (auto& [issuer, subject] : rows)
      identities.push_back({.issuer = std::move(issuer), .subject = std::move(subject)});
    return identities;
  });
}

Result<std::optional<Kept>> People::find(const Identity& identity) {
  return tables_->read([&](StatementCache& statements) -> Result<std::optional<Kept>> {
    HEYAN_TRY(const auto row, (statements.one<string>(
                                  "SELECT account FROM identities WHERE issuer = ? AND subject = ?",
                                  identity.issuer, identity.subject)));
    if (!row) return std::nullopt;
    return kept_of(statements, std::get<0>(*row));
  });
}

// Where several do so at once, the engine lets one of them go on to `added`: the others find the
// account there. A commit that fails afterwards leaves what `added` did of an account that is none.
Result<void> People::admit(const Person& person, const Identity& identity, std::int64_t now_ms,
                           const Added& added) {
  if (!is_account(person.account) || !is_name(person.name) || is_of_a_court(person.role))
    return core::fail(ErrorCode::kMalformed, "account or name are not as they must be");
  return tables_->write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(
        const std::uint64_t made,
        statements.change("INSERT INTO people(account, name, role, court, password, created_at_ms)"
                          " VALUES (?, ?, ?, '', '', ?) ON CONFLICT(account) DO NOTHING",
                          person.account, person.name, word(person.role), now_ms));
    if (made == 0) return core::fail(ErrorCode::kDuplicate, "there is such an account");
    HEYAN_TRY(const bool linked, insert(statements, person.account, identity, now_ms));
    if (!linked) return core::fail(ErrorCode::kDuplicate, "that identity is an account's already");
    return added(person);
  });
}

}  // namespace heyan::accounts
