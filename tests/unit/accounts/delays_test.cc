#include "gateway/accounts/delays.h"

#include <gtest/gtest.h>

namespace heyan::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class DelaysTest : public testing::Test {
 protected:
  std::optional<seconds> begin(const std::string& account, const std::string& client = "c") {
    return delays_.begin(account, client, now_);
  }

  // How long each attempt after so many failed ones has to wait, from that client.
  template <typename Client>
  std::vector<std::int64_t> waits_of(int attempts, Client client) {
    std::vector<std::int64_t> waits;
    for (int failed = 0; failed < attempts; ++failed) {
      std::int64_t& waited = waits.emplace_back(0);
      while (const auto wait = begin("a", client(failed))) {
        waited += wait->count();
        now_ += *wait;
      }
    }
    return waits;
  }

  Delays delays_;
  Delays::Clock::time_point now_{std::chrono::hours(100)};
};

TEST_F(DelaysTest, GrowAfterThreeFailuresOfAnAccountAtAClientAndNeverLock) {
  EXPECT_EQ(waits_of(14, [](int) { return std::string("c"); }),
            (std::vector<std::int64_t>{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60}));
}

TEST_F(DelaysTest, GrowAfterTwelveFailuresOfAnAccountFromManyPlaces) {
  const auto waits = waits_of(23, [](int failed) { return "c" + std::to_string(failed); });
  EXPECT_EQ(std::vector<std::int64_t>(waits.begin() + 12, waits.end()),
            (std::vector<std::int64_t>{0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60}));
  // From now on each counts, also of a place that failed before.
  while (const auto wait = begin("a", "c1")) now_ += *wait;
  EXPECT_EQ(begin("a", "new"), seconds(60));
}

TEST_F(DelaysTest, OfAStrangerKeepNobodyWaitingElsewhere) {
  waits_of(40, [](int) { return std::string("stranger"); });
  EXPECT_NE(begin("a", "stranger"), std::nullopt);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(begin("a", "owner"), std::nullopt);
}

TEST_F(DelaysTest, OfManyKeepNobodyWaitingWhereTheAccountWasRight) {
  EXPECT_EQ(begin("a", "home"), std::nullopt);
  delays_.right("a", "home", now_);
  waits_of(20, [](int failed) { return "c" + std::to_string(failed); });
  EXPECT_NE(begin("a", "elsewhere"), std::nullopt);
  EXPECT_EQ(begin("a", "home"), std::nullopt);
  delays_.undo("a", "home");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a", "home"), std::nullopt) << i;
  EXPECT_NE(begin("a", "home"), std::nullopt) << "guessing there is slowed down as anywhere";
}

TEST_F(DelaysTest, CountAttemptsThatHaveNotEnded) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(1));
  EXPECT_EQ(begin("a"), seconds(1));  // refused ones count for nothing
  EXPECT_EQ(begin("b", "d"), std::nullopt);
}

TEST_F(DelaysTest, AreOfAClientWhateverAccountsItTries) {
  for (int i = 0; i < 11; ++i) EXPECT_EQ(begin("a" + std::to_string(i)), std::nullopt) << i;
  EXPECT_EQ(begin("another"), seconds(1));
  EXPECT_EQ(begin("another", "elsewhere"), std::nullopt);
}

TEST_F(DelaysTest, EndForTheAccountWhenItsPasswordWasRight) {
  for (int i = 0; i < 14; ++i) {
    begin("a", "c" + std::to_string(i));
    now_ += seconds(60);
  }
  EXPECT_EQ(begin("a", "x"), std::nullopt);
  EXPECT_NE(begin("a", "x"), std::nullopt);
  delays_.right("a", "x", now_);
  EXPECT_EQ(begin("a", "x"), std::nullopt);
  EXPECT_EQ(begin("a", "x"), std::nullopt);
}

TEST_F(DelaysTest, OfAClientGoOnAfterItsOwnAccountWasRight) {
  for (int i = 0; i < 11; ++i) begin("a" + std::to_string(i));
  now_ += seconds(1);
  EXPECT_EQ(begin("own"), std::nullopt);
  delays_.right("own", "c", now_);
  EXPECT_EQ(begin("a"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(2));
}

TEST_F(DelaysTest, AreForgottenAfterAQuarterOfAnHour) {
  for (int i = 0; i < 4; ++i) begin("a");
  EXPECT_NE(begin("a"), std::nullopt);
  now_ += minutes(16);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a"), std::nullopt);
}

TEST_F(DelaysTest, AreNotCountedWhereNothingWasTried) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(begin("a"), std::nullopt);
    delays_.undo("a", "c");
  }
}

}  // namespace
}  // namespace heyan::accounts
