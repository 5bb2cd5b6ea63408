// The people of a court, among any number of others.
#include <gtest/gtest.h>

#include "gateway/accounts/accounts.h"
#include "tests/unit/accounts/place.h"

namespace heyan::accounts {
namespace {

class OfCourtTest : public testing::Test {
 protected:
  OfCourtTest() {
    add("wang", Role::kClerk, "0192");
    add("zhao", Role::kJudge, "0192");
    add("li", Role::kJudge, "0192");
    add("qian", Role::kJudge, "0491");
    add("sun", Role::kJudge, "0192");
    add("party", Role::kLitigant, "");
    EXPECT_TRUE(people_->set_disabled("sun", true).has_value());
  }

  void add(const std::string& account, Role role, const std::string& court) {
    EXPECT_TRUE(
        people_
            ->add({.account = account, .name = "名" + account, .role = role, .court = court}, "", 1)
            .has_value());
  }
  std::string accounts(std::string_view court, Role role) {
    std::string all;
    const auto found = accounts_.of_court(court, role).value();
    for (const Person& one : found) all += one.account + " ";
    return all;
  }

  std::unique_ptr<Place> place_ = new_place();
  std::unique_ptr<People> people_ = place_->open().value();
  Accounts accounts_{Settings{.now_ms = [] { return 1'900'000'000'000; }}, *people_};
};

TEST_F(OfCourtTest, AreThoseOfTheRoleWhoMaySignIn) {
  EXPECT_EQ(accounts("0192", Role::kJudge), "li zhao ");
  EXPECT_EQ(accounts("0491", Role::kJudge), "qian ");
  EXPECT_EQ(accounts("0192", Role::kClerk), "wang ");
  EXPECT_EQ(accounts("0500", Role::kJudge), "");
  EXPECT_EQ(accounts("", Role::kJudge), "");
  EXPECT_EQ(accounts_.of_court("0491", Role::kJudge).value().at(0),
            (Person{.account = "qian", .name = "名qian", .role = Role::kJudge, .court = "0491"}));
}

}  // namespace
}  // namespace heyan::accounts
