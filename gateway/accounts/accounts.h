// Signing in, and what somebody who has signed in may do with the own account.
//
// A session is a token of 256 random bits that only its browser has: it ends when it was not used
// for a while, after half a day in any case, and when the password or the second factor changes.
// Threat: guessing (see delays.h and password.h), asking which accounts there are (the same answer
// after as much work), a code seen on its way (totp.h), a token known before the sign-in (each has
// a new one). What a delay refuses is never looked at. Blocks for a fifth of a second where a
// password is checked. Nothing but the computing of passwords is kept in memory: over the same
// tables (people.h) any number of these are as one. Any thread.
#pragma once

#include <functional>

#include "gateway/accounts/delays.h"
#include "gateway/accounts/password.h"
#include "gateway/accounts/people.h"

namespace heyan::accounts {

struct Settings {
  std::int64_t idle_ms = 30LL * 60'000;
  std::int64_t life_ms = 12LL * 3'600'000;
  std::function<std::int64_t()> now_ms;
};

struct Attempt {
  std::string account;
  std::string password;
  std::string code;    // of the second factor, or empty
  std::string client;  // whose failures count together
};

// Somebody's session, as it is now.
struct Current {
  Session session;
  core::Bytes digest;      // of its token
  std::string form_token;  // what its requests must also say (X-Heyan-Token)
  std::int64_t expires_at_ms = 0;
};

// Whom a provider of the configuration vouches for, by a token that was verified.
struct Vouched {
  std::string provider;  // its id
  Identity identity;
  Strength strength = Strength::kPassword;
  bool litigants = false;  // whoever it knows has an account
  std::string name;        // as the provider declares it
};

struct Refused {
  enum class Why : std::uint8_t {
    kFailed,      // account, password or code: it is not said which
    kCodeNeeded,  // the password was right
    kLater,       // after `wait`
    kWeak,        // the new password; `word` says why
    kConflict,    // there is a second factor already, or none
    kUnlinked,    // no account is linked to that identity
    kBroken,      // `error`
  };
  Why why = Why::kFailed;
  std::chrono::seconds wait{0};
  std::string_view word;
  core::Error error{};
};
// "failed" "code-needed" "delayed" "unlinked"; "unavailable" of all others.
std::string_view word(Refused::Why why);

struct Secret {
  std::string base32;
  std::string uri;  // totp_uri
};

class Accounts {
 public:
  Accounts(Settings settings, People& people)
      : settings_(std::move(settings)), people_(people), delays_(people.tables()) {}

  // Is there such an account? For records; whoever asks from outside is told nothing of it.
  bool knows(const std::string& account);
  // Who may sign in of that court and role, by account.
  core::Result<std::vector<Person>> of_court(std::string_view court, Role role);
  // The token of a new session.
  std::expected<std::string, Refused> sign_in(const Attempt& attempt);
  // Likewise. The account is the one that the identity is linked to; where there is none, and the
  // provider's people have accounts, one is made: a litigant's, never anybody else's, and `added`
  // as People::admit says. Of an account that is there nothing changes.
  std::expected<std::string, Refused> sign_in(const Vouched& vouched, const Added& added);
  // Nothing: no such session, or it has ended. `used`: it was, so it lives on.
  core::Result<std::optional<Current>> find(std::string_view token, bool used);
  // Does the session of that digest go on? `used`: as above.
  core::Result<bool> lives(const core::Bytes& digest, bool used);
  core::Result<void> sign_out(const Current& current);

  // The account's other sessions end.
  std::expected<void, Refused> change_password(const Current& current, const std::string& client,
                                               const std::string& old, const std::string& wanted);
  // A secret that serves once a code of it was seen. Who only found a session open has no password,
  // and so cannot shut its owner out.
  std::expected<Secret, Refused> propose_secret(const Current& current, const std::string& client,
                                                const std::string& password);
  // Each ends the account's other sessions: those of the password alone, and those of the secret.
  std::expected<void, Refused> confirm_secret(const Current& current, const std::string& client,
                                              const std::string& code);
  std::expected<void, Refused> drop_secret(const Current& current, const std::string& client,
                                           const std::string& code);

  std::int64_t idle_ms() const { return settings_.idle_ms; }

 private:
  template <typename Begin>
  std::expected<std::string, Refused> begin_session(Begin begin);
  core::Result<void> admit(const Vouched& vouched, const Added& added);
  core::Result<void> touch(const core::Bytes& digest, Session& session, std::int64_t now_ms);
  bool is_over(const Session& session, std::int64_t now_ms) const;
  std::expected<Strength, Refused> check(const Attempt& attempt, const std::optional<Kept>& kept);
  core::Result<bool> take_code(const Kept& kept, const core::Bytes& secret,
                               const std::string& code);
  template <typename Check>
  auto within_delay(const std::string& account, const std::string& client, Check check)
      -> decltype(check());

  Settings settings_;
  People& people_;
  Passwords passwords_;
  Delays delays_;
};

}  // namespace heyan::accounts
