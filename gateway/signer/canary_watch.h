// What judges say of the canaries, and whether they still sing (security decision 12).
//
// Threat: whoever took the front over asks for no round, or for many; it says nothing in one, for
// answers come through a judge's own socket. That none comes shows as late; it stops nobody, since
// the front could stop everybody with it. A wrong answer stops the signer: another verdict than is
// known here, one that does not follow from its findings, or a report that these libraries do not
// sign and verify any more. Reports of canaries are signed with keys that were made at the start
// and leave this process as little as what they sign. One thread, the signer's.
#pragma once

#include <optional>
#include <vector>

#include "gateway/signer/clock.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/report/jws.h"

namespace heyan::signer {

class CanaryWatch {
 public:
  // `every`: so often they are to sing. The first lateness counts from `now`.
  CanaryWatch(std::chrono::seconds every, Clock::Steady now) : every_(every), heard_(now) {}
  // Makes the keys. kInternal: the libraries do not.
  core::Result<void> start();

  // What is wrong with a round; nothing where all of it is right, and then `now` is when they sang
  // last.
  std::optional<std::string> hear(const v1::CanaryRound& round, core::UtcTime time,
                                  Clock::Steady now);

  std::optional<core::UtcTime> sang_at() const { return sang_at_; }
  bool is_late(Clock::Steady now) const { return now - heard_ > kMissed * every_; }

  static constexpr int kMissed = 3;  // so many rounds

 private:
  std::optional<std::string> first_wrong(const v1::CanaryRound& round, core::UtcTime time) const;
  bool signs(const v1::Report& report, core::UtcTime time) const;

  std::chrono::seconds every_;
  Clock::Steady heard_;
  std::optional<core::UtcTime> sang_at_;
  std::vector<report::ReportSigner> test_keys_;
};

}  // namespace heyan::signer
