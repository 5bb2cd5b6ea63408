// The people of an installation and their sessions: in one SQLite file, or on a PostgreSQL server
// that several fronts share; used by the gateway and by `heyan accounts` beside it.
//
// Threat: who reads the tables finds hashes of passwords and of session tokens, no password and no
// token; the secrets of second factors stand in them, so the file is its owner's alone (0600). On a
// server the role is a member of heyan_front and owns nothing; there is no row-level security by
// court, for whom somebody is of which court is what is asked here (shared_schema.cc); a member of
// heyan_public sees litigants alone, and all others are to it as if they were not there. No policy
// here: accounts.h has it. What decides (a step taken once, a password that is still the one) is
// decided where it is written, whichever process asks. Any thread; times are UTC milliseconds.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "gateway/accounts/person.h"
#include "gateway/accounts/tables.h"
#include "gateway/postgres/settings.h"
#include "verifier/core/bytes.h"

namespace heyan::accounts {

// Beneath the state folder.
inline constexpr std::string_view kFile = "front/accounts.db";

// What a sign-in proved.
enum class Strength : std::uint8_t { kPassword, kSecondFactor };

struct Kept {
  Person person;
  std::string password;               // its hash
  std::optional<core::Bytes> secret;  // of the second factor, once it was confirmed
  std::optional<core::Bytes> pending_secret;
  std::int64_t last_step = 0;  // of the last code that was taken
  bool disabled = false;
};

struct Listed {
  Person person;
  bool disabled = false;
  bool second_factor = false;
  std::int64_t created_at_ms = 0;
  std::optional<std::int64_t> seen_at_ms;  // in a session that has not ended
};

struct Session {
  Person person;
  Strength strength = Strength::kPassword;
  bool second_factor = false;  // enrolled
  std::int64_t began_at_ms = 0;
  std::int64_t seen_at_ms = 0;
};

// What must be done where an account is made.
using Added = std::function<core::Result<void>(const Person& person)>;

class People {
 public:
  // As sqlite::Database::open. The folder must be there.
  static core::Result<std::unique_ptr<People>> open(const std::filesystem::path& file);
  // Of a database that prepare() brought to this version. postgres::Database::open's errors; after
  // that each function fails with kIo while the server is away, and comes back with it.
  static core::Result<std::unique_ptr<People>> open(const postgres::Settings& server);
  // As the role that owns the tables, in a schema of their own, "heyan_accounts". Several at a time
  // are safe. postgres::migrate's errors.
  static core::Result<void> prepare(const postgres::Settings& owner);

  // kDuplicate: there is such an account; kMalformed: not as person.h says.
  core::Result<void> add(const Person& person, const std::string& password, std::int64_t now_ms);
  core::Result<std::vector<Listed>> list();  // by account
  // Those who may sign in of that court and role, by account.
  core::Result<std::vector<Person>> of_court(std::string_view court, Role role);
  core::Result<std::optional<Kept>> find(const std::string& account);

  // kNotFound: no such account. Each ends the account's sessions, but for the one of that digest.
  core::Result<void> set_disabled(const std::string& account, bool disabled);
  // False, and nothing changes: `before` is no longer the password that is kept.
  core::Result<bool> set_password(const std::string& account, const std::string& before,
                                  const std::string& password, const core::Bytes& but);
  // A new password and no second factor.
  core::Result<void> reset(const std::string& account, const std::string& password);

  // False: as set_password.
  core::Result<bool> propose_secret(const std::string& account, const std::string& password,
                                    const core::Bytes& secret);
  // The proposed secret is the account's from now on, and its sessions end, but for the one of that
  // digest. False, and nothing changes: it is another one by now.
  core::Result<bool> confirm_secret(const std::string& account, const core::Bytes& secret,
                                    std::int64_t step, const core::Bytes& but);
  // kNotFound: no such account. Ends its sessions likewise.
  core::Result<void> drop_secret(const std::string& account, const core::Bytes& but);
  // False: that step or a later one was taken before, also by another process.
  core::Result<bool> take_step(const std::string& account, std::int64_t step);

  // kNotFound: no such account; kDuplicate: that identity is an account's already.
  core::Result<void> link(const std::string& account, const Identity& identity,
                          std::int64_t now_ms);
  // kNotFound: it is not that account's. Ends the account's sessions.
  core::Result<void> unlink(const std::string& account, const Identity& identity);
  core::Result<std::vector<Identity>> identities(const std::string& account);
  core::Result<std::optional<Kept>> find(const Identity& identity);
  // A new account, which has no password, with its identity. kDuplicate: either is there. `added`
  // is called of an account that is new, before anybody finds it; with its error there is none.
  core::Result<void> admit(const Person& person, const Identity& identity, std::int64_t now_ms,
                           const Added& added);
  // As begin_session. False: the identity is nobody's, or the account is disabled.
  core::Result<bool> begin_session(const core::Bytes& digest, const Identity& identity,
                                   Strength strength, std::int64_t now_ms);

  // By the digest of its token. Beyond twenty of an account the oldest ends. False: `password` is
  // no longer the one that is kept, or the account has been disabled or has got a second factor
  // since it was checked.
  core::Result<bool> begin_session(const core::Bytes& digest, const std::string& account,
                                   const std::string& password, Strength strength,
                                   std::int64_t now_ms);
  // Nothing: none, or its account is disabled.
  core::Result<std::optional<Session>> find_session(const core::Bytes& digest);
  core::Result<void> touch_session(const core::Bytes& digest, std::int64_t now_ms);
  core::Result<void> end_session(const core::Bytes& digest);
  core::Result<void> end_sessions_before(std::int64_t seen_before_ms, std::int64_t began_before_ms);

  explicit People(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
  Tables& tables() { return *tables_; }

 private:
  // `sql` with the account as its last argument; then the account's other sessions end.
  template <typename... A>
  core::Result<void> change(const std::string& account, const core::Bytes& but,
                            std::string_view sql, const A&... arguments);
  // False instead of kNotFound: nothing was as `sql` wants it.
  template <typename... A>
  core::Result<bool> change_if(const std::string& account, const core::Bytes& but,
                               std::string_view sql, const A&... arguments);
  template <typename... A>
  core::Result<bool> change_one(std::string_view sql, const A&... arguments);

  std::unique_ptr<Tables> tables_;
};

}  // namespace heyan::accounts
