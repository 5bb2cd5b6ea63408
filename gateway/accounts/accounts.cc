#include "gateway/accounts/accounts.h"

#include <algorithm>

#include "gateway/accounts/random.h"
#include "gateway/accounts/totp.h"
#include "verifier/core/base32.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/hmac.h"

namespace heyan::accounts {
namespace {

using core::Bytes;
using Why = Refused::Why;

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kCountedBytes = 64;
constexpr std::int64_t kSecond = 1000;
// A session's use is written down once in a while: each time is a wait for the disk.
constexpr std::int64_t kTouchMs = 30 * kSecond;
constexpr std::int64_t kTouchesWithinIdle = 10;

std::unexpected<Refused> refused(Why why) {
  return std::unexpected(Refused{.why = why, .wait = {}, .word = {}, .error = {}});
}
std::unexpected<Refused> later(std::chrono::seconds wait) {
  return std::unexpected(Refused{.why = Why::kLater, .wait = wait, .word = {}, .error = {}});
}
std::unexpected<Refused> broken(const core::Error& error) {
  if (error.code == core::ErrorCode::kLimit) return later(std::chrono::seconds(1));
  return std::unexpected(Refused{.why = Why::kBroken, .wait = {}, .word = {}, .error = error});
}

Bytes digest_of(const Bytes& token) { return crypto::sha256(token); }

// Follows from the token, which no page can read: so it needs no place of its own.
std::string form_token_of(const Bytes& token) {
  return core::to_base64url(crypto::hmac_sha256(token, core::as_bytes("heyan form token")));
}

}  // namespace

std::string_view word(Refused::Why why) {
  switch (why) {
    case Why::kFailed:
      return "failed";
    case Why::kCodeNeeded:
      return "code-needed";
    case Why::kLater:
      return "delayed";
    case Why::kUnlinked:
      return "unlinked";
    case Why::kWeak:
    case Why::kConflict:
    case Why::kBroken:
      break;
  }
  return "unavailable";
}

// Counts an attempt as failed from its beginning, until its end says otherwise.
template <typename Check>
auto Accounts::within_delay(const std::string& account, const std::string& client, Check check)
    -> decltype(check()) {
  const std::string counted = account.substr(0, kCountedBytes);
  const auto begun = delays_.begin(counted, client, settings_.now_ms());
  if (!begun) return broken(begun.error());
  if (const auto* wait = std::get_if<std::chrono::seconds>(&*begun)) return later(*wait);
  const auto& attempt = std::get<Delays::Begun>(*begun);
  auto outcome = check();
  if (outcome) {
    const auto forgotten = delays_.right(attempt, settings_.now_ms());
    if (!forgotten) return broken(forgotten.error());
  } else if (outcome.error().why != Why::kFailed) {
    // Where even this cannot be written it stays counted: the next wait is longer, no more.
    (void)delays_.undo(attempt);
  }
  return outcome;
}

bool Accounts::knows(const std::string& account) {
  if (!is_account(account)) return false;
  const auto found = people_.find(account);
  return found && *found;
}

core::Result<std::vector<Person>> Accounts::of_court(std::string_view court, Role role) {
  return people_.of_court(court, role);
}

std::expected<std::string, Refused> Accounts::sign_in(const Attempt& attempt) {
  std::string password;  // as it was kept when it was checked
  const auto strength =
      within_delay(attempt.account, attempt.client, [&]() -> std::expected<Strength, Refused> {
        const auto kept = is_account(attempt.account)
                              ? people_.find(attempt.account)
                              : core::Result<std::optional<Kept>>(std::nullopt);
        if (!kept) return broken(kept.error());
        if (*kept) password = (*kept)->password;
        return check(attempt, *kept);
      });
  if (!strength) return std::unexpected(strength.error());
  return begin_session([&](const Bytes& digest, std::int64_t now) {
    return people_.begin_session(digest, attempt.account, password, *strength, now);
  });
}

// `begin`: false where it must not be.
template <typename Begin>
std::expected<std::string, Refused> Accounts::begin_session(Begin begin) {
  const std::int64_t now = settings_.now_ms();
  const Bytes token = random_bytes(kTokenBytes);
  const auto after_cleaning = [&]() -> core::Result<bool> {
    HEYAN_CHECK_OK(people_.end_sessions_before(now - settings_.idle_ms, now - settings_.life_ms));
    return begin(digest_of(token), now);
  };
  const auto begun = after_cleaning();
  if (!begun) return broken(begun.error());
  if (!*begun) return refused(Why::kFailed);
  return core::to_base64url(token);
}

std::expected<std::string, Refused> Accounts::sign_in(const Vouched& vouched, const Added& added) {
  const auto known = people_.find(vouched.identity);
  if (!known) return broken(known.error());
  if (!*known) {
    if (!vouched.litigants) return refused(Why::kUnlinked);
    // Where two of its sign-ins come at once, one of them has made it.
    const auto made = admit(vouched, added);
    if (!made && made.error().code != core::ErrorCode::kDuplicate) return broken(made.error());
    if (!made) {  // or its account is there, and linked with it no more
      const auto again = people_.find(vouched.identity);
      if (!again) return broken(again.error());
      if (!*again) return refused(Why::kUnlinked);
    }
  }
  return begin_session([&](const Bytes& digest, std::int64_t now) {
    return people_.begin_session(digest, vouched.identity, vouched.strength, now);
  });
}

// Its name follows from the identity: 80 bits of a digest, so that no two are alike.
core::Result<void> Accounts::admit(const Vouched& vouched, const Added& added) {
  constexpr std::size_t kNameBytes = 10;
  const Bytes digest =
      crypto::sha256(core::as_bytes(vouched.identity.issuer + "\n" + vouched.identity.subject));
  std::string account = core::to_base32(core::ByteView(digest).first(kNameBytes));
  std::ranges::transform(account, account.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  account.insert(0, vouched.provider + "-");
  const std::string name = is_name(vouched.name) ? vouched.name : account;
  return people_.admit({.account = account, .name = name, .role = Role::kLitigant},
                       vouched.identity, settings_.now_ms(), added);
}

// As much work whether or not there is such an account, and whether or not it may sign in.
std::expected<Strength, Refused> Accounts::check(const Attempt& attempt,
                                                 const std::optional<Kept>& kept) {
  const auto right = passwords_.matches(kept ? kept->password : std::string(), attempt.password);
  if (!right) return broken(right.error());
  if (!*right || !kept || kept->disabled) return refused(Why::kFailed);
  if (!kept->secret) return Strength::kPassword;
  if (attempt.code.empty()) return refused(Why::kCodeNeeded);
  const auto taken = take_code(*kept, *kept->secret, attempt.code);
  if (!taken) return broken(taken.error());
  if (!*taken) return refused(Why::kFailed);
  return Strength::kSecondFactor;
}

core::Result<bool> Accounts::take_code(const Kept& kept, const Bytes& secret,
                                       const std::string& code) {
  const auto step = right_step(secret, code, settings_.now_ms() / kSecond, kept.last_step);
  if (!step) return false;
  return people_.take_step(kept.person.account, *step);
}

bool Accounts::is_over(const Session& session, std::int64_t now_ms) const {
  return now_ms - session.seen_at_ms >= settings_.idle_ms ||
         now_ms - session.began_at_ms >= settings_.life_ms;
}

core::Result<void> Accounts::touch(const Bytes& digest, Session& session, std::int64_t now_ms) {
  const std::int64_t unwritten = std::min(kTouchMs, settings_.idle_ms / kTouchesWithinIdle);
  if (now_ms - session.seen_at_ms < unwritten) return {};
  HEYAN_CHECK_OK(people_.touch_session(digest, now_ms));
  session.seen_at_ms = now_ms;
  return {};
}

core::Result<bool> Accounts::lives(const Bytes& digest, bool used) {
  HEYAN_TRY(auto session, people_.find_session(digest));
  const std::int64_t now = settings_.now_ms();
  if (!session || is_over(*session, now)) return false;
  if (used) HEYAN_CHECK_OK(touch(digest, *session, now));
  return true;
}

core::Result<std::optional<Current>> Accounts::find(std::string_view token, bool used) {
  const auto bytes = core::from_base64url(token);
  if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
  Bytes digest = digest_of(*bytes);
  HEYAN_TRY(auto session, people_.find_session(digest));
  if (!session) return std::nullopt;
  const std::int64_t now = settings_.now_ms();
  if (is_over(*session, now)) {
    HEYAN_CHECK_OK(people_.end_session(digest));
    return std::nullopt;
  }
  if (used) HEYAN_CHECK_OK(touch(digest, *session, now));
  const std::int64_t expires =
      std::min(session->seen_at_ms + settings_.idle_ms, session->began_at_ms + settings_.life_ms);
  return Current{.session = *std::move(session),
                 .digest = std::move(digest),
                 .form_token = form_token_of(*bytes),
                 .expires_at_ms = expires};
}

core::Result<void> Accounts::sign_out(const Current& current) {
  return people_.end_session(current.digest);
}

std::expected<void, Refused> Accounts::change_password(const Current& current,
                                                       const std::string& client,
                                                       const std::string& old,
                                                       const std::string& wanted) {
  const std::string& account = current.session.person.account;
  const auto weak = [](std::string_view word) {
    return std::unexpected(Refused{.why = Why::kWeak, .wait = {}, .word = word, .error = {}});
  };
  if (const std::string_view word = weakness(wanted, account); !word.empty()) return weak(word);
  if (wanted == old) return weak("same");
  return within_delay(account, client, [&]() -> std::expected<void, Refused> {
    const auto kept = people_.find(account);
    if (!kept) return broken(kept.error());
    const auto right = passwords_.matches(*kept ? (*kept)->password : std::string(), old);
    if (!right) return broken(right.error());
    if (!*right) return refused(Why::kFailed);
    const auto hash = passwords_.hash(wanted);
    if (!hash) return broken(hash.error());
    const auto set = people_.set_password(account, (*kept)->password, *hash, current.digest);
    if (!set) return broken(set.error());
    if (!*set) return refused(Why::kFailed);
    return {};
  });
}

std::expected<Secret, Refused> Accounts::propose_secret(const Current& current,
                                                        const std::string& client,
                                                        const std::string& password) {
  const std::string& account = current.session.person.account;
  if (current.session.second_factor) return refused(Why::kConflict);
  const Bytes secret = random_bytes(kSecretBytes);
  const auto proposed = within_delay(account, client, [&]() -> std::expected<void, Refused> {
    const auto kept = people_.find(account);
    if (!kept) return broken(kept.error());
    const std::string hash = *kept ? (*kept)->password : std::string();
    const auto right = passwords_.matches(hash, password);
    if (!right) return broken(right.error());
    if (!*right) return refused(Why::kFailed);
    const auto stands = people_.propose_secret(account, hash, secret);
    if (!stands) return broken(stands.error());
    if (!*stands) return refused(Why::kFailed);
    return {};
  });
  if (!proposed) return std::unexpected(proposed.error());
  return Secret{.base32 = core::to_base32(secret), .uri = totp_uri(secret, account)};
}

std::expected<void, Refused> Accounts::confirm_secret(const Current& current,
                                                      const std::string& client,
                                                      const std::string& code) {
  const std::string& account = current.session.person.account;
  return within_delay(account, client, [&]() -> std::expected<void, Refused> {
    const auto kept = people_.find(account);
    if (!kept) return broken(kept.error());
    if (!*kept || (*kept)->secret || !(*kept)->pending_secret) return refused(Why::kConflict);
    const Bytes& secret = *(*kept)->pending_secret;
    const auto step = right_step(secret, code, settings_.now_ms() / kSecond, 0);
    if (!step) return refused(Why::kFailed);
    const auto confirmed = people_.confirm_secret(account, secret, *step, current.digest);
    if (!confirmed) return broken(confirmed.error());
    if (!*confirmed) return refused(Why::kConflict);
    return {};
  });
}

std::expected<void, Refused> Accounts::drop_secret(const Current& current,
                                                   const std::string& client,
                                                   const std::string& code) {
  const std::string& account = current.session.person.account;
  return within_delay(account, client, [&]() -> std::expected<void, Refused> {
    const auto kept = people_.find(account);
    if (!kept) return broken(kept.error());
    if (!*kept || !(*kept)->secret) return refused(Why::kConflict);
    const auto taken = take_code(**kept, *(*kept)->secret, code);
    if (!taken) return broken(taken.error());
    if (!*taken) return refused(Why::kFailed);
    const auto dropped = people_.drop_secret(account, current.digest);
    if (!dropped) return broken(dropped.error());
    return {};
  });
}

}  // namespace heyan::accounts
