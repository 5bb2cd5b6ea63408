// This machine's clock, held against that of the time-stamp authority of the configuration.
//
// Threat: whoever set the clock while the signer did not run, and whoever brings the token: the
// front, or the network behind it. A token counts by the named certificates alone, over bytes that
// were drawn here, within two minutes, and once; so neither an old one nor one that was kept back
// says anything. Until the first was asked for, the time is not told: a log that was once ahead
// keeps everybody waiting until its time has come. Where none comes nothing is learnt: an authority
// that cannot be reached stops nobody. Source: security decision 11. One thread, the signer's.
#pragma once

#include <optional>

#include "gateway/signer/clock.h"
#include "verifier/timestamps/answer.h"

namespace heyan::signer {

inline constexpr std::chrono::minutes kMostApart{10};
inline constexpr std::chrono::minutes kAnswerWithin{2};
inline constexpr std::chrono::seconds kFirstWithin{30};  // of the start

// How far the authority's time, within its accuracy, lies outside of the span in which this clock
// says that it must: zero where it does not, above where this clock is behind.
std::chrono::milliseconds apart(core::UtcTime time, std::chrono::microseconds accuracy,
                                core::UtcTime asked, core::UtcTime answered);

class OutsideClock {
 public:
  OutsideClock(std::vector<crypto::Certificate> authorities, Clock::Steady started)
      : trust_(timestamps::trust_in(std::move(authorities))),
        awaited_until_(trust_.anchors.empty() ? started : started + kFirstWithin) {}

  // What is to be stamped: 32 bytes, in place of those that were drawn before. kUnsupported: there
  // is no authority.
  core::Result<core::Bytes> ask(const Clock::Look& now);

  struct Compared {
    std::chrono::milliseconds apart;
    bool agrees;
    bool closely;  // within a minute, whatever is not known of the authority's time and its way
  };
  // kNotFound: nothing was asked; kChanged: too late; kMalformed: the token is not one of the
  // authority over what was asked, or states no time that says anything.
  core::Result<Compared> compare(core::ByteView token, const Clock::Look& now);

  // The first comparison is still to come, and soon.
  bool is_awaited(Clock::Steady now) const { return now < awaited_until_; }

  // kChanged: the clocks differed when they were last compared.
  core::Result<void> check() const;

 private:
  struct Question {
    core::Bytes sha256;
    Clock::Look at;
  };
  timestamps::Trust trust_;
  Clock::Steady awaited_until_;
  std::optional<Question> asked_;
  bool agrees_ = true;
};

}  // namespace heyan::signer
