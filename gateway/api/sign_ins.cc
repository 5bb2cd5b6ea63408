#include "gateway/api/sign_ins.h"

#include "gateway/accounts/random.h"

namespace heyan::api {
namespace {

constexpr std::size_t kRandomBytes = 32;

std::string drawn() { return core::to_base64url(accounts::random_bytes(kRandomBytes)); }

}  // namespace

Begun SignIns::begin(const std::string& provider, std::optional<accounts::Current> before,
                     Clock::time_point now) {
  Begun begun{
      .state = drawn(), .nonce = drawn(), .verifier = drawn(), .cookie = drawn(), .challenge = {}};
  begun.challenge = accounts::pkce_challenge(begun.verifier);
  const std::lock_guard lock(mutex_);
  while (!states_.empty()) {
    const auto oldest = begun_.find(states_.front());
    if (oldest != begun_.end() && oldest->second.until > now && begun_.size() < most_) break;
    if (oldest != begun_.end()) begun_.erase(oldest);
    states_.pop_front();
  }
  begun_[begun.state] = {
      .provider = provider,
      .cookie = begun.cookie,
      .taken = {.nonce = begun.nonce, .verifier = begun.verifier, .before = std::move(before)},
      .until = now + kLife};
  states_.push_back(begun.state);
  return begun;
}

std::optional<SignIns::Taken> SignIns::take(const std::string& state, const std::string& cookie,
                                            const std::string& provider, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = begun_.find(state);
  if (found == begun_.end()) return std::nullopt;
  Entry entry = std::move(found->second);
  begun_.erase(found);
  if (entry.until <= now || entry.cookie != cookie || entry.provider != provider)
    return std::nullopt;
  return std::move(entry.taken);
}

void SignIns::say(const std::string& cookie, SignInOutcome outcome, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  while (!cookies_.empty()) {
    const auto oldest = said_.find(cookies_.front());
    if (oldest != said_.end() && oldest->second.until > now && said_.size() < most_) break;
    if (oldest != said_.end()) said_.erase(oldest);
    cookies_.pop_front();
  }
  if (said_.insert_or_assign(cookie, Said{.outcome = std::move(outcome), .until = now + kLife})
          .second)
    cookies_.push_back(cookie);
}

std::optional<SignInOutcome> SignIns::outcome(const std::string& cookie, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = said_.find(cookie);
  if (found == said_.end() || found->second.until <= now) return std::nullopt;
  return found->second.outcome;
}

}  // namespace heyan::api
