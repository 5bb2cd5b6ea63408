#include <gtest/gtest.h>

#include "gateway/accounts/accounts.h"
#include "gateway/accounts/random.h"
#include "tests/unit/accounts/place.h"

namespace heyan::accounts {
namespace {

using Why = Refused::Why;
using core::ErrorCode;

constexpr std::int64_t kNow = 1'900'000'000'000;
const Identity kWang{.issuer = "https://sso.example", .subject = "person-7"};

class IdentitiesTest : public testing::Test {
 protected:
  IdentitiesTest() {
    people_ = place_->open().value();
    accounts_ = std::make_unique<Accounts>(Settings{.now_ms = [] { return kNow; }}, *people_);
    for (const char* account : {"wang", "zhang"}) {
      EXPECT_TRUE(
          people_->add({.account = account, .name = "王", .role = Role::kClerk, .court = "0192"},
                       "no hash", kNow));
    }
  }
  std::expected<std::string, Refused> enter(const Identity& identity, bool litigants = false,
                                            const std::string& name = "李") {
    return accounts_->sign_in(
        Vouched{.provider = "court", .identity = identity, .litigants = litigants, .name = name},
        [this](const Person& person) {
          added_.push_back(person);
          return recording_;
        });
  }
  Person person_of(const std::string& token) {
    return accounts_->find(token, false).value().value().session.person;
  }

  std::unique_ptr<Place> place_ = new_place();
  std::unique_ptr<People> people_;
  std::unique_ptr<Accounts> accounts_;
  std::vector<Person> added_;
  core::Result<void> recording_;
};

TEST_F(IdentitiesTest, LeadToTheAccountThatWasLinked) {
  EXPECT_EQ(enter(kWang).error().why, Why::kUnlinked);
  ASSERT_TRUE(people_->link("wang", kWang, kNow));
  const auto token = enter(kWang);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(person_of(*token).account, "wang");
  EXPECT_EQ(accounts_->find(*token, false).value()->session.strength, Strength::kPassword);
  EXPECT_EQ(people_->identities("wang").value(), std::vector{kWang});
}

TEST_F(IdentitiesTest, ArePairs) {
  ASSERT_TRUE(people_->link("wang", kWang, kNow));
  EXPECT_EQ(enter({.issuer = "https://evil.example", .subject = kWang.subject}).error().why,
            Why::kUnlinked);
  EXPECT_EQ(enter({.issuer = kWang.issuer, .subject = "person-8"}).error().why, Why::kUnlinked);
  EXPECT_EQ(enter({.issuer = kWang.issuer, .subject = "PERSON-7"}).error().why, Why::kUnlinked);
  EXPECT_EQ(enter({.issuer = kWang.issuer, .subject = ""}).error().why, Why::kUnlinked);
  EXPECT_EQ(enter({.issuer = kWang.subject, .subject = kWang.issuer}).error().why, Why::kUnlinked);
}

TEST_F(IdentitiesTest, AreOneAccounts) {
  ASSERT_TRUE(people_->link("wang", kWang, kNow));
  EXPECT_EQ(people_->link("zhang", kWang, kNow).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(people_->link("wang", kWang, kNow).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(people_->link("nobody", {.issuer = "i", .subject = "s"}, kNow).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(person_of(*enter(kWang)).account, "wang");
}

TEST_F(IdentitiesTest, AreTakenAwayWithTheSessions) {
  ASSERT_TRUE(people_->link("wang", kWang, kNow));
  const auto token = enter(kWang);
  EXPECT_EQ(people_->unlink("zhang", kWang).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(accounts_->find(*token, false).value().has_value());
  ASSERT_TRUE(people_->unlink("wang", kWang));
  EXPECT_FALSE(accounts_->find(*token, false).value().has_value());
  EXPECT_EQ(enter(kWang).error().why, Why::kUnlinked);
  EXPECT_EQ(people_->unlink("wang", kWang).error().code, ErrorCode::kNotFound);
}

TEST_F(IdentitiesTest, OfALitigantTakenAwayOpenItsAccountNoMore) {
  const Person person = person_of(*enter(kWang, true));
  ASSERT_TRUE(people_->unlink(person.account, kWang));
  EXPECT_EQ(enter(kWang, true).error().why, Why::kUnlinked) << "and not: disabled";
}

TEST_F(IdentitiesTest, OpenNoAccountThatIsDisabled) {
  ASSERT_TRUE(people_->link("wang", kWang, kNow));
  ASSERT_TRUE(people_->set_disabled("wang", true));
  EXPECT_EQ(enter(kWang).error().why, Why::kFailed);
  EXPECT_EQ(enter(kWang, true).error().why, Why::kFailed);
}

TEST_F(IdentitiesTest, OfLitigantsGetAnAccountOnce) {
  const auto token = enter(kWang, true);
  ASSERT_TRUE(token.has_value());
  const Person person = person_of(*token);
  EXPECT_EQ(person.role, Role::kLitigant);
  EXPECT_EQ(person.court, "");
  EXPECT_EQ(person.name, "李");
  EXPECT_TRUE(is_account(person.account));
  EXPECT_TRUE(person.account.starts_with("court-"));
  EXPECT_EQ(person_of(*enter(kWang, true, "another name")), person);
  EXPECT_NE(person_of(*enter({.issuer = kWang.issuer, .subject = "person-8"}, true)).account,
            person.account);
  EXPECT_NE(
      person_of(*enter({.issuer = "https://b.example", .subject = kWang.subject}, true)).account,
      person.account);
}

TEST_F(IdentitiesTest, AreSaidOnceWhereTheyMakeAnAccount) {
  const Person person = person_of(*enter(kWang, true));
  EXPECT_EQ(added_, std::vector{person});
  EXPECT_TRUE(enter(kWang, true, "another name").has_value());
  EXPECT_EQ(added_.size(), 1U) << "the account was there";
  const Identity linked{.issuer = kWang.issuer, .subject = "person-8"};
  ASSERT_TRUE(people_->link("wang", linked, kNow));
  EXPECT_TRUE(enter(linked, true).has_value());
  EXPECT_FALSE(enter({.issuer = kWang.issuer, .subject = "person-9"}).has_value());
  EXPECT_EQ(added_.size(), 1U) << "none was made";
}

TEST_F(IdentitiesTest, MakeNoAccountBeforeItIsSaid) {
  const auto others = place_->open().value();
  const auto listed = [&] { return others->list().value().size(); };
  const std::size_t before = listed();
  const auto token = accounts_->sign_in(
      Vouched{.provider = "court", .identity = kWang, .litigants = true, .name = "李"},
      [&](const Person& person) -> core::Result<void> {
        EXPECT_EQ(listed(), before);
        EXPECT_FALSE(others->find(person.account).value().has_value());
        return {};
      });
  EXPECT_TRUE(token.has_value());
  EXPECT_EQ(listed(), before + 1);
}

TEST_F(IdentitiesTest, MakeNoAccountThatCannotBeSaid) {
  const std::size_t before = people_->list().value().size();
  recording_ = core::fail(ErrorCode::kIo, "no disk");
  const auto refused = enter(kWang, true);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().why, Why::kBroken);
  EXPECT_EQ(refused.error().error.code, ErrorCode::kIo);
  EXPECT_EQ(people_->list().value().size(), before);
  EXPECT_FALSE(people_->find(kWang).value().has_value());
  recording_ = {};
  EXPECT_TRUE(enter(kWang, true).has_value()) << "as soon as it can be";
  EXPECT_EQ(added_.size(), 2U);
}

TEST_F(IdentitiesTest, HaveNoPassword) {
  const Person person = person_of(*enter(kWang, true));
  for (const char* password : {"", " ", "no hash"}) {
    EXPECT_EQ(
        accounts_
            ->sign_in({.account = person.account, .password = password, .code = "", .client = "c"})
            .error()
            .why,
        Why::kFailed);
  }
}

TEST_F(IdentitiesTest, AreNotGivenNamesThatCannotBeShown) {
  const Person person = person_of(*enter(kWang, true, "a\u202eb"));
  EXPECT_EQ(person.name, person.account);
}

// Somebody else has the name that would be its own: nobody gets into that account.
TEST_F(IdentitiesTest, OpenNobodyElsesAccount) {
  const std::string account = person_of(*enter(kWang, true)).account;
  ASSERT_TRUE(people_->unlink(account, kWang));
  EXPECT_FALSE(enter(kWang, true).has_value());
}

TEST(PkceChallenge, IsThatOfTheStandard) {  // RFC 7636 appendix B
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

}  // namespace
}  // namespace heyan::accounts
