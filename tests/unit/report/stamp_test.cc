// The time stamp beside a signed report: what fits, what does not, and what is left open.
#include <algorithm>
#include <iterator>

#include "tests/unit/ers/authority.h"
#include "tests/unit/report/jws_fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::report {
namespace {

using ers::testing::TestAuthority;

const TestAuthority& authority() {
  static const TestAuthority kAuthority("TSA", "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
  return kAuthority;
}

class Stamp : public Jws {
 protected:
  core::Bytes signatures() const {
    core::Bytes all;
    for (const char* pointer : {"/signatures/0/signature", "/signatures/1/signature"}) {
      const core::Bytes one = core::from_base64url(member(pointer)).value();
      all.insert(all.end(), one.begin(), one.end());
    }
    return all;
  }
  static core::Bytes token_over(core::ByteView bytes, crypto::Hash hash = crypto::Hash::kSha256) {
    return authority().stamp(hash, crypto::digest(hash, bytes), "2026-06-01T08:00:01Z");
  }
  std::string stamped(core::ByteView token) const {
    return R"({"heyan-time-stamp":")" + core::to_base64(token) + "\"," + good_.substr(1);
  }
  EnvelopeVerdict judge(std::string_view document) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return verify_envelope(core::as_bytes(document), pinned_, nullptr, checker);
  }
};

TEST_F(Stamp, OverTheSignaturesIsRead) {
  const EnvelopeVerdict verdict = judge(stamped(token_over(signatures())));
  EXPECT_EQ(verdict.jws.outcome, JwsOutcome::kValid);
  ASSERT_EQ(verdict.stamp.outcome, StampOutcome::kRead);
  EXPECT_EQ(core::format_rfc3339(verdict.stamp.token->info->time), "2026-06-01T08:00:01Z");
  EXPECT_EQ(verdict.stamp.stamped_sha256, crypto::sha256(signatures()));
}

TEST_F(Stamp, AbsentIsNoFault) { EXPECT_EQ(judge(good_).stamp.outcome, StampOutcome::kAbsent); }

TEST_F(Stamp, OverAnythingElseIsAFault) {
  core::Bytes other = signatures();
  std::swap_ranges(other.begin(), other.begin() + 64, other.begin() + 64);
  EXPECT_EQ(judge(stamped(token_over(other))).stamp.outcome, StampOutcome::kFault);
  EXPECT_EQ(judge(stamped(token_over(core::as_bytes(payload_)))).stamp.outcome,
            StampOutcome::kFault);
  const EnvelopeVerdict verdict = judge(stamped(token_over(other)));
  EXPECT_EQ(verdict.jws.outcome, JwsOutcome::kValid);  // which says nothing of the signatures
  EXPECT_FALSE(verdict.stamp.token.has_value());
}

TEST_F(Stamp, DamagedIsAFault) {
  const core::Bytes token = token_over(signatures());
  EXPECT_EQ(judge(stamped({})).stamp.outcome, StampOutcome::kFault);
  EXPECT_EQ(judge(stamped(core::ByteView(token).first(token.size() - 1))).stamp.outcome,
            StampOutcome::kFault);
  core::Bytes longer = token;
  longer.push_back(0);
  EXPECT_EQ(judge(stamped(longer)).stamp.outcome, StampOutcome::kFault);
  core::Bytes resigned = token;
  resigned.back() ^= 1;  // the signature
  EXPECT_EQ(judge(stamped(resigned)).stamp.outcome, StampOutcome::kFault);
  EXPECT_EQ(judge(R"({"heyan-time-stamp":"?",)" + good_.substr(1)).stamp.outcome,
            StampOutcome::kFault);
  EXPECT_EQ(judge(R"({"heyan-time-stamp":1,)" + good_.substr(1)).jws.outcome, JwsOutcome::kInvalid);
}

// A digest algorithm of the signer that is not known here: by its identifier, in two places.
TEST_F(Stamp, ByMeansThatAreNotKnownHereIsLeftOpen) {
  core::Bytes token = token_over(signatures());
  const auto rsa = core::from_hex("06092a864886f70d010101").value();
  // The signature's algorithm comes last.
  const auto found = std::ranges::find_end(token, rsa);
  ASSERT_FALSE(found.empty());
  *std::prev(found.end()) = 0x7f;
  EXPECT_EQ(judge(stamped(token)).stamp.outcome, StampOutcome::kUnread);
}

TEST_F(Stamp, ByAnotherDigestIsLeftOpen) {
  EXPECT_EQ(judge(stamped(token_over(signatures(), crypto::Hash::kSha512))).stamp.outcome,
            StampOutcome::kUnread);
}

TEST_F(Stamp, IsNotLookedAtWhereTheSignaturesDoNotHold) {
  const std::string broken =
      replaced(stamped(token_over(signatures())), member("/payload"), b64("{}"));
  const EnvelopeVerdict verdict = judge(broken);
  EXPECT_EQ(verdict.jws.outcome, JwsOutcome::kInvalid);
  EXPECT_EQ(verdict.stamp.outcome, StampOutcome::kAbsent);
}

}  // namespace
}  // namespace heyan::report
