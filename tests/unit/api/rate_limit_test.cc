#include "gateway/api/rate_limit.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

using std::chrono::seconds;

class RateLimitTest : public testing::Test {
 protected:
  bool may(const std::string& who) { return !limit_.take(who, now_); }

  RateLimit limit_{{.per_second = 0.5, .burst = 3}, 4};
  RateLimit::Clock::time_point now_{seconds(1000)};
};

TEST_F(RateLimitTest, AllowsABurstAndThenTheRate) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(may("a"));
  const auto wait = limit_.take("a", now_);
  ASSERT_TRUE(wait.has_value());
  EXPECT_EQ(*wait, seconds(2));
  now_ += seconds(1);
  EXPECT_FALSE(may("a"));
  now_ += seconds(1);
  EXPECT_TRUE(may("a"));
  EXPECT_FALSE(may("a"));
}

TEST_F(RateLimitTest, SavesNoMoreThanTheBurst) {
  EXPECT_TRUE(may("a"));
  now_ += seconds(100'000);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(may("a"));
  EXPECT_FALSE(may("a"));
}

TEST_F(RateLimitTest, CountsEachAlone) {
  for (int i = 0; i < 4; ++i) may("a");
  EXPECT_FALSE(may("a"));
  EXPECT_TRUE(may("b"));
}

// Whoever has many names gets no more buckets than there are.
TEST_F(RateLimitTest, NewcomersShareABucketWhereThereAreTooMany) {
  for (const char* who : {"a", "b", "c", "d"}) EXPECT_TRUE(may(who));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(may("e" + std::to_string(i)));
  EXPECT_FALSE(may("f"));
  EXPECT_TRUE(may("a"));
}

TEST_F(RateLimitTest, ForgetsWhoIsFullAgain) {
  for (const char* who : {"a", "b", "c", "d"}) may(who);
  now_ += seconds(10);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(may("e"));
  EXPECT_FALSE(may("e"));
  EXPECT_TRUE(may("f"));
}

TEST(Places, AreTakenAndGivenBack) {
  Places places(2);
  const Places::Place first = places.take();
  EXPECT_TRUE(first);
  {
    const Places::Place second = places.take();
    EXPECT_TRUE(second);
    EXPECT_FALSE(places.take());
    EXPECT_FALSE(places.take()) << "what was not taken is not given back";
  }
  EXPECT_TRUE(places.take());
}

}  // namespace
}  // namespace heyan::api
