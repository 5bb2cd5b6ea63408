#include "gateway/service/turns.h"

#include <gtest/gtest.h>

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

class TurnsTest : public testing::Test {
 protected:
  std::string next(const std::vector<std::string>& waiting, Turns::Time took) {
    std::string who = turns_.next(waiting);
    turns_.took(who, took);
    return who;
  }

  Turns turns_;
};

TEST_F(TurnsTest, GoRoundWhereAllTakeAsLong) {
  std::string order;
  for (int i = 0; i < 6; ++i) order += next({"a", "b", "c"}, 1s);
  EXPECT_EQ(order, "abcabc");
}

TEST_F(TurnsTest, AreAsMuchTimeForEach) {
  std::string order = next({"slow", "b"}, 5s);
  for (int i = 0; i < 6; ++i) order += next({"slow", "b"}, 1001ms);
  EXPECT_EQ(order, "slowbbbbbslow");
}

TEST_F(TurnsTest, OfOneAloneAreAllItsOwn) {
  EXPECT_EQ(next({"slow"}, 5s), "slow");
  EXPECT_EQ(next({"slow"}, 5s), "slow");
}

TEST_F(TurnsTest, AreNotSavedUp) {
  next({"a"}, 1s);
  next({"b"}, 1s);
  for (int i = 0; i < 100; ++i) next({"a"}, 1s);
  EXPECT_EQ(next({"a", "b"}, 1s), "b");
  std::string order;
  for (int i = 0; i < 4; ++i) order += next({"a", "b"}, 1s);
  EXPECT_EQ(order, "abab");
}

}  // namespace
}  // namespace heyan::service
