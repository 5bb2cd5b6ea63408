#include "gateway/accounts/delays.h"

#include <gtest/gtest.h>

#include "tests/unit/accounts/place.h"

namespace heyan::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class DelaysTest : public testing::Test {
 protected:
  std::optional<seconds> begin(const std::string& account, const std::string& client = "c") {
    return delays_.begin(account, client, now_).value();
  }

  // How long each attempt after so many failed ones has to wait, from that client.
  template <typename Client>
  std::vector<std::int64_t> waits_of(int attempts, Client client) {
    std::vector<std::int64_t> waits;
    for (int failed = 0; failed < attempts; ++failed) {
      std::int64_t& waited = waits.emplace_back(0);
      while (const auto wait = begin("a", client(failed))) {
        waited += wait->count();
        pass(*wait);
      }
    }
    return waits;
  }

  void pass(std::chrono::milliseconds time) { now_ += time.count(); }
  void right(const std::string& account, const std::string& client) {
    EXPECT_TRUE(delays_.right(account, client, now_).has_value());
  }
  void undo(const std::string& account, const std::string& client) {
    EXPECT_TRUE(delays_.undo(account, client).has_value());
  }

  std::unique_ptr<Place> place_ = new_place();
  std::unique_ptr<People> people_ = place_->open().value();
  Delays delays_{people_->tables()};
  std::int64_t now_ = 1'900'000'000'000;
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
  while (const auto wait = begin("a", "c1")) pass(*wait);
  EXPECT_EQ(begin("a", "new"), seconds(60));
}

TEST_F(DelaysTest, OfAStrangerKeepNobodyWaitingElsewhere) {
  waits_of(40, [](int) { return std::string("stranger"); });
  EXPECT_NE(begin("a", "stranger"), std::nullopt);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(begin("a", "owner"), std::nullopt);
}

TEST_F(DelaysTest, OfManyKeepNobodyWaitingWhereTheAccountWasRight) {
  EXPECT_EQ(begin("a", "home"), std::nullopt);
  right("a", "home");
  waits_of(20, [](int failed) { return "c" + std::to_string(failed); });
  EXPECT_NE(begin("a", "elsewhere"), std::nullopt);
  EXPECT_EQ(begin("a", "home"), std::nullopt);
  undo("a", "home");
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
    pass(seconds(60));
  }
  EXPECT_EQ(begin("a", "x"), std::nullopt);
  EXPECT_NE(begin("a", "x"), std::nullopt);
  right("a", "x");
  EXPECT_EQ(begin("a", "x"), std::nullopt);
  EXPECT_EQ(begin("a", "x"), std::nullopt);
}

TEST_F(DelaysTest, OfAClientGoOnAfterItsOwnAccountWasRight) {
  for (int i = 0; i < 11; ++i) begin("a" + std::to_string(i));
  pass(seconds(1));
  EXPECT_EQ(begin("own"), std::nullopt);
  right("own", "c");
  EXPECT_EQ(begin("a"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(2));
}

TEST_F(DelaysTest, AreForgottenAfterAQuarterOfAnHour) {
  for (int i = 0; i < 4; ++i) begin("a");
  EXPECT_NE(begin("a"), std::nullopt);
  pass(minutes(16));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a"), std::nullopt);
}

TEST_F(DelaysTest, OutliveAStartAndCountForWhoeverHasTheTables) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a"), std::nullopt);
  const auto beside = place_->open().value();
  Delays others(beside->tables());
  EXPECT_EQ(others.begin("a", "c", now_).value(), seconds(1));
  pass(seconds(1));
  EXPECT_EQ(others.begin("a", "c", now_).value(), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(2));
}

TEST_F(DelaysTest, KnowAWeekLaterWhereAnAccountWasRight) {
  right("a", "home");
  pass(std::chrono::days(7));
  EXPECT_EQ(begin("b", "elsewhere"), std::nullopt);  // which forgets what is old
  waits_of(20, [](int failed) { return "c" + std::to_string(failed); });
  EXPECT_NE(begin("a", "elsewhere"), std::nullopt);
  EXPECT_EQ(begin("a", "home"), std::nullopt);
}

TEST_F(DelaysTest, NeverLockWhereTheClockWasSetBack) {
  for (int i = 0; i < 12; ++i) {
    begin("a");
    pass(seconds(61));
  }
  EXPECT_EQ(begin("a"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(60));
  now_ -= std::chrono::milliseconds(std::chrono::hours(1)).count();
  EXPECT_EQ(begin("a"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(60));
}

TEST_F(DelaysTest, AreNotCountedWhereNothingWasTried) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(begin("a"), std::nullopt);
    undo("a", "c");
  }
}

}  // namespace
}  // namespace heyan::accounts
