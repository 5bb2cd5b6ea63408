#include "gateway/accounts/delays.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/accounts/place.h"

namespace heyan::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class DelaysTest : public testing::Test {
 protected:
  // The wait, or nothing: then it was begun.
  std::optional<seconds> begin(const std::string& account, const std::string& client = "c") {
    return begin(delays_, account, client);
  }
  std::optional<seconds> begin(Delays& delays, const std::string& account,
                               const std::string& client) {
    const auto outcome = delays.begin(account, client, now_).value();
    if (const auto* wait = std::get_if<seconds>(&outcome)) return *wait;
    begun_[account + " at " + client] = std::get<Delays::Begun>(outcome);
    return std::nullopt;
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
  // How the last one of that account at that client ends.
  void right(const std::string& account, const std::string& client) {
    EXPECT_TRUE(delays_.right(begun_.at(account + " at " + client), now_).has_value());
  }
  void undo(const std::string& account, const std::string& client) {
    EXPECT_TRUE(delays_.undo(begun_.at(account + " at " + client)).has_value());
  }
  void sign_in(const std::string& account, const std::string& client) {
    EXPECT_EQ(begin(account, client), std::nullopt) << account << " at " << client;
    right(account, client);
  }
  // Until whoever is new there has to wait for so long.
  void fail_until(seconds wait, const std::string& client) {
    std::optional<seconds> waited;
    for (int i = 0; waited != wait && i < 30; ++i) {
      while ((waited = begin("stranger" + std::to_string(i), client)) && *waited < wait)
        pass(*waited);
    }
    EXPECT_EQ(waited, wait);
  }

  std::unique_ptr<Place> place_ = new_place();
  std::unique_ptr<People> people_ = place_->open().value();
  Delays delays_{people_->tables()};
  std::int64_t now_ = 1'900'000'000'000;
  std::map<std::string, Delays::Begun> begun_;
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
  sign_in("a", "home");
  waits_of(20, [](int failed) { return "c" + std::to_string(failed); });
  EXPECT_NE(begin("a", "elsewhere"), std::nullopt);
  EXPECT_EQ(begin("a", "home"), std::nullopt);
  undo("a", "home");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("a", "home"), std::nullopt) << i;
  EXPECT_NE(begin("a", "home"), std::nullopt) << "guessing there is slowed down as anywhere";
}

// A court may have one address, with somebody at it who fails on purpose.
TEST_F(DelaysTest, OfOthersAtAnAddressAreNotWaitedForWhereTheAccountWasRight) {
  sign_in("judge", "court");
  fail_until(seconds(60), "court");
  for (int i = 0; i < 20; ++i) sign_in("judge", "court");
  EXPECT_EQ(begin("new", "court"), seconds(60));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(begin("judge", "court"), std::nullopt) << i;
  EXPECT_EQ(begin("judge", "court"), seconds(1)) << "guessing there is slowed down as anywhere";
  EXPECT_EQ(begin("judge", "elsewhere"), std::nullopt);
}

TEST_F(DelaysTest, OfAnAccountWhereItWasRightKeepNobodyElseThereWaiting) {
  sign_in("judge", "court");
  for (int i = 0; i < 20; ++i) {
    while (const auto wait = begin("judge", "court")) pass(*wait);
  }
  EXPECT_NE(begin("judge", "court"), std::nullopt);
  EXPECT_EQ(begin("clerk", "court"), std::nullopt);
}

// With an account of one's own nothing is waited for any shorter, however it is tried.
TEST_F(DelaysTest, OfAClientOrAnAccountDoNotEndByAnotherAttemptOfWhoMay) {
  sign_in("own", "c");
  fail_until(seconds(16), "c");
  sign_in("own", "c");
  EXPECT_EQ(begin("another", "c"), seconds(16));
  EXPECT_EQ(begin("own", "c"), std::nullopt);
  undo("own", "c");
  EXPECT_EQ(begin("another", "c"), seconds(16));
  // Where it was right, but a code is needed: who tries codes elsewhere waits as before.
  for (int i = 0; i < 13; ++i) EXPECT_EQ(begin("own", "c" + std::to_string(i)), std::nullopt) << i;
  EXPECT_EQ(begin("own", "elsewhere"), seconds(1));
  EXPECT_EQ(begin("own", "c"), std::nullopt);
  undo("own", "c");
  EXPECT_EQ(begin("own", "elsewhere"), seconds(1));
}

TEST_F(DelaysTest, AreForgottenThoughOthersGoOnSigningIn) {
  for (int i = 0; i < 11; ++i) EXPECT_EQ(begin("typo" + std::to_string(i)), std::nullopt);
  for (int i = 0; i < 16; ++i) {
    pass(minutes(1));
    sign_in("new" + std::to_string(i), "c");
  }
  for (int i = 0; i < 11; ++i) EXPECT_EQ(begin("a" + std::to_string(i)), std::nullopt) << i;
  EXPECT_EQ(begin("another"), seconds(1));
}

TEST_F(DelaysTest, GoOnForAnAttemptThatFailedBesideOneThatWasRight) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(begin("a" + std::to_string(i)), std::nullopt);
  EXPECT_EQ(begin("b"), std::nullopt);
  EXPECT_EQ(begin("wrong"), std::nullopt);
  right("b", "c");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(begin("d" + std::to_string(i)), std::nullopt) << i;
  EXPECT_EQ(begin("another"), seconds(1));
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
  sign_in("own", "c");
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
  EXPECT_EQ(begin(others, "a", "c"), seconds(1));
  pass(seconds(1));
  EXPECT_EQ(begin(others, "a", "c"), std::nullopt);
  EXPECT_EQ(begin("a"), seconds(2));
}

TEST_F(DelaysTest, KnowAWeekLaterWhereAnAccountWasRight) {
  sign_in("a", "home");
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
