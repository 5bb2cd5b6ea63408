#include "gateway/accounts/password.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace heyan::accounts {
namespace {

TEST(Passwords, MatchTheirOwnHashAlone) {
  Passwords passwords;
  const std::string first = passwords.hash("correct horse").value();
  const std::string second = passwords.hash("correct horse").value();
  EXPECT_NE(first, second);
  EXPECT_TRUE(passwords.matches(first, "correct horse").value());
  EXPECT_TRUE(passwords.matches(second, "correct horse").value());
  for (const std::string_view other : {"", "correct hors", "correct horse ", "Correct horse"})
    EXPECT_FALSE(passwords.matches(first, other).value()) << other;
}

TEST(Passwords, MatchNothingWhereNothingIsKept) {
  Passwords passwords;
  for (const std::string_view word : {"", "correct horse"})
    EXPECT_FALSE(passwords.matches("", word).value());
  EXPECT_FALSE(passwords.matches("$argon2id$broken", "correct horse").value());
}

TEST(Passwords, AreComputedBySixAtMost) {
  Passwords passwords;
  const std::string kept = passwords.hash("correct horse").value();
  std::atomic<int> right = 0;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        const auto matches = passwords.matches(kept, "correct horse");
        if (matches) {
          right += *matches ? 1 : 0;
        } else {
          EXPECT_EQ(matches.error().code, core::ErrorCode::kLimit);
          ++refused;
        }
      });
    }
  }
  EXPECT_GE(right, 6);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(right + refused, 16);
  EXPECT_TRUE(passwords.matches(kept, "correct horse").value());
}

TEST(Passwords, ThatAreMadeAreLongAndDifferent) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) {
    const std::string one = new_password();
    EXPECT_EQ(one.size(), 23);
    EXPECT_EQ(std::ranges::count(one, '-'), 3);
    EXPECT_EQ(weakness(one, "wang"), "");
    made.insert(one);
  }
  EXPECT_EQ(made.size(), 100);
}

}  // namespace
}  // namespace heyan::accounts
