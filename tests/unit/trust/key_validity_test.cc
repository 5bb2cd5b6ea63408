// Keys over time: what independent time evidence rescues, and what nothing rescues (security
// decisions 5 and 7).
#include "verifier/trust/key_validity.h"

#include <gtest/gtest.h>

namespace heyan::trust {
namespace {

core::UtcTime year(int number) { return std::chrono::sys_days(std::chrono::year(number) / 1 / 1); }
constexpr auto kTick = std::chrono::milliseconds(1);

struct Expected {
  v1::Outcome outcome;
  v1::ReasonCode reason;
  bool counted;
};

void expect(const KeyValidity& got, const Expected& wanted, int line) {
  EXPECT_EQ(got.outcome, wanted.outcome) << "line " << line;
  EXPECT_EQ(got.reason, wanted.reason) << "line " << line;
  EXPECT_EQ(got.counted, wanted.counted) << "line " << line;
}
#define EXPECT_KEY(period, signing, as_of, ...) \
  expect(key_validity(period, signing, as_of, policy_), {__VA_ARGS__}, __LINE__)

class KeyValidityTest : public ::testing::Test {
 protected:
  static SigningTime before(core::UtcTime end) { return {std::nullopt, end}; }
  static SigningTime after(core::UtcTime begin) { return {begin, std::nullopt}; }

  Policy policy_;
  ValidityPeriod period_{year(2020), year(2025), std::nullopt};
  SigningTime unknown_;
};

TEST_F(KeyValidityTest, InsideItsPeriodAKeyCounts) {
  EXPECT_KEY(period_, unknown_, year(2022), v1::OUTCOME_PASS, v1::REASON_NONE, true);
  EXPECT_KEY(period_, unknown_, year(2025), v1::OUTCOME_PASS, v1::REASON_NONE, true);
  EXPECT_KEY(ValidityPeriod{}, unknown_, year(2022), v1::OUTCOME_PASS, v1::REASON_NONE, true);
}

TEST_F(KeyValidityTest, ExpiredKeysCountByEvidenceOrPolicy) {
  EXPECT_KEY(period_, unknown_, year(2025) + kTick, v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_EXPIRED_NO_POE, true);
  EXPECT_KEY(period_, before(year(2025)), year(2030), v1::OUTCOME_PASS,
             v1::REASON_NODE_CERT_EXPIRED_SINCE, true);
  EXPECT_KEY(period_, before(year(2025) + kTick), year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_EXPIRED_NO_POE, true);
  EXPECT_KEY(period_, after(year(2026)), year(2030), v1::OUTCOME_FAIL,
             v1::REASON_NODE_CERT_EXPIRED_AT_SIGNING, false);
  EXPECT_KEY(period_, after(year(2025)), year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_EXPIRED_NO_POE, true);
  policy_.strict_expiry = true;
  EXPECT_KEY(period_, unknown_, year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_EXPIRED_NO_POE, false);
  EXPECT_KEY(period_, before(year(2024)), year(2030), v1::OUTCOME_PASS,
             v1::REASON_NODE_CERT_EXPIRED_SINCE, true);
}

TEST_F(KeyValidityTest, RevokedKeysCountOnlyByEvidence) {
  period_.revoked_at = year(2023);
  EXPECT_KEY(period_, unknown_, year(2024), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_REVOKED_NO_POE, false);
  EXPECT_KEY(period_, unknown_, year(2023), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_REVOKED_NO_POE, false);
  EXPECT_KEY(period_, before(year(2023)), year(2024), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_REVOKED_NO_POE, false);
  EXPECT_KEY(period_, before(year(2023) - kTick), year(2024), v1::OUTCOME_PASS, v1::REASON_NONE,
             true);
  EXPECT_KEY(period_, after(year(2023)), year(2024), v1::OUTCOME_FAIL,
             v1::REASON_NODE_CERT_REVOKED_BEFORE, false);
  // Judged before the revocation: the signature lies before us.
  EXPECT_KEY(period_, unknown_, year(2023) - kTick, v1::OUTCOME_PASS, v1::REASON_NONE, true);
}

TEST_F(KeyValidityTest, RevocationComesBeforeExpiry) {
  period_.revoked_at = year(2023);
  EXPECT_KEY(period_, unknown_, year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_REVOKED_NO_POE, false);
  EXPECT_KEY(period_, before(year(2022)), year(2030), v1::OUTCOME_PASS,
             v1::REASON_NODE_CERT_EXPIRED_SINCE, true);
  // Revoked after it had expired: the expiry still needs its own evidence.
  period_.revoked_at = year(2027);
  EXPECT_KEY(period_, before(year(2026)), year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_NODE_CERT_EXPIRED_NO_POE, true);
}

TEST_F(KeyValidityTest, BeforeItsPeriodAKeyDoesNotCount) {
  EXPECT_KEY(period_, unknown_, year(2020) - kTick, v1::OUTCOME_FAIL,
             v1::REASON_NODE_CERT_NOT_YET_VALID, false);
  EXPECT_KEY(period_, before(year(2019)), year(2022), v1::OUTCOME_FAIL,
             v1::REASON_NODE_CERT_NOT_YET_VALID, false);
  EXPECT_KEY(period_, before(year(2020)), year(2022), v1::OUTCOME_PASS, v1::REASON_NONE, true);
}

TEST_F(KeyValidityTest, EvidenceFromTheFutureOrAgainstItselfRescuesNothing) {
  // A proof of existence later than now says no more than now does.
  EXPECT_KEY(period_, before(year(2099)), year(2022), v1::OUTCOME_PASS, v1::REASON_NONE, true);
  const SigningTime contradiction{year(2024), year(2021)};
  EXPECT_KEY(period_, contradiction, year(2030), v1::OUTCOME_UNDETERMINED,
             v1::REASON_TIME_ORDER_CONFLICT, false);
  EXPECT_KEY(period_, after(year(2023)), year(2022), v1::OUTCOME_UNDETERMINED,
             v1::REASON_TIME_ORDER_CONFLICT, false);
}

TEST_F(KeyValidityTest, TakesThePeriodOfAListedKey) {
  const auto point = core::from_hex(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");  // RFC 8032 7.1, test 1
  InstitutionKey key{
      "k",        crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEd25519, *point).value(),
      year(2020), year(2025),
      year(2023), "keyCompromise"};
  const ValidityPeriod period = period_of(key);
  EXPECT_EQ(period.from, year(2020));
  EXPECT_EQ(period.until, year(2025));
  EXPECT_EQ(period.revoked_at, year(2023));
}

}  // namespace
}  // namespace heyan::trust
