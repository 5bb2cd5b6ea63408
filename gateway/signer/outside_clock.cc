#include "gateway/signer/outside_clock.h"

#include <algorithm>
#include <utility>

#include "verifier/crypto/signing.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using std::chrono::milliseconds;

}  // namespace

milliseconds apart(core::UtcTime time, std::chrono::microseconds accuracy, core::UtcTime asked,
                   core::UtcTime answered) {
  const auto within = std::chrono::ceil<milliseconds>(accuracy);
  const milliseconds behind = (time - within) - answered;
  const milliseconds ahead = asked - (time + within);
  if (behind > milliseconds{0}) return behind;
  return ahead > milliseconds{0} ? -ahead : milliseconds{0};
}

core::Result<core::Bytes> OutsideClock::ask(const Clock::Look& now) {
  if (trust_.anchors.empty()) return fail(ErrorCode::kUnsupported, "there is no authority");
  asked_ = Question{.sha256 = crypto::random_bytes(crypto::digest_bytes(crypto::Hash::kSha256)),
                    .at = now};
  return asked_->sha256;
}

core::Result<OutsideClock::Compared> OutsideClock::compare(core::ByteView token,
                                                           const Clock::Look& now) {
  const auto asked = std::exchange(asked_, std::nullopt);
  if (!asked) return fail(ErrorCode::kNotFound, "no time was asked for");
  awaited_until_ = Clock::Steady::min();
  // By the clock that nobody can set.
  const milliseconds passed = now.steady - asked->at.steady;
  if (passed > kAnswerWithin) return fail(ErrorCode::kChanged, "the time came too late");
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const timestamps::Request over{
      .imprint = {.hash = crypto::Hash::kSha256, .digest = asked->sha256},
      .policy = {},
      .nonce = {}};
  const auto stamp = timestamps::accept_token(token, over, trust_, std::nullopt, checker);
  if (!stamp) return fail(ErrorCode::kMalformed, "this is no time of the authority");
  if (stamp->accuracy > kMostApart)
    return fail(ErrorCode::kMalformed, "the authority does not know the time");
  const milliseconds difference = apart(stamp->time, stamp->accuracy, now.wall - passed, now.wall);
  agrees_ = std::chrono::abs(difference) <= kMostApart;
  const milliseconds doubt = passed + std::chrono::ceil<milliseconds>(stamp->accuracy);
  return Compared{.apart = difference,
                  .agrees = agrees_,
                  .closely = std::chrono::abs(stamp->time - now.wall) + doubt <= kClockTolerance};
}

core::Result<void> OutsideClock::check() const {
  if (agrees_) return {};
  return fail(
      ErrorCode::kChanged,
      "the clocks of this machine and of the time-stamp authority are apart by more than ten "
      "minutes");
}

}  // namespace heyan::signer
