// Sign-ins that have begun at this gateway and go on at an OpenID Connect provider.
//
// Threat: an answer that another browser, another sign-in or another provider began. Each has a
// state, a nonce and a code verifier of 256 random bits that never leave this process but for what
// must; an answer counts once, within ten minutes, from the browser that has its cookie and at the
// address of the provider it was sent to (RFC 9700 sections 4.4, 4.5 and 4.7, RFC 7636, RFC 9207).
// What came of it is told to that browser alone, so that no address makes a page say anything.
// Beyond `most` the oldest is forgotten. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/accounts/accounts.h"

namespace heyan::api {

struct Begun {
  std::string state;
  std::string nonce;
  std::string verifier;
  std::string cookie;     // of the browser
  std::string challenge;  // S256 of the verifier
};

// What came of a sign-in that did not end in a session.
struct SignInOutcome {
  std::string fault;  // a word
  std::string provider;
  std::string subject;  // of somebody who has no account here; otherwise empty
};

class SignIns {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::minutes kLife{10};

  explicit SignIns(std::size_t most = 16'384) : most_(most) {}

  // `before`: the session that the browser had.
  Begun begin(const std::string& provider, std::optional<accounts::Current> before,
              Clock::time_point now);

  struct Taken {
    std::string nonce;
    std::string verifier;
    std::optional<accounts::Current> before;
  };
  // Once: whatever comes of it, that state is gone. Nothing: not begun, over, of another browser or
  // provider.
  std::optional<Taken> take(const std::string& state, const std::string& cookie,
                            const std::string& provider, Clock::time_point now);

  // Of the browser with that cookie.
  void say(const std::string& cookie, SignInOutcome outcome, Clock::time_point now);
  std::optional<SignInOutcome> outcome(const std::string& cookie, Clock::time_point now);

 private:
  struct Entry {
    std::string provider;
    std::string cookie;
    Taken taken;
    Clock::time_point until;
  };
  struct Said {
    SignInOutcome outcome;
    Clock::time_point until;
  };

  const std::size_t most_;
  std::mutex mutex_;                    // guards the rest
  std::map<std::string, Entry> begun_;  // by state
  std::deque<std::string> states_;      // the oldest first
  std::map<std::string, Said> said_;    // by cookie
  std::deque<std::string> cookies_;     // the oldest first
};

}  // namespace heyan::api
