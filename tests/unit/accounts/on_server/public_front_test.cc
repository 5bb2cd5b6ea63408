// What the front of litigants alone sees of people, and makes of them: security decision 25.
#include <gmock/gmock.h>

#include "gateway/accounts/accounts.h"
#include "tests/unit/accounts/on_server/place.h"
#include "tests/unit/postgres/test_server.h"

namespace heyan::accounts {
namespace {

using Why = Refused::Why;
using core::ErrorCode;

constexpr std::int64_t kNow = 1'900'000'000'000;
const std::string kPassword = "correct horse battery";
const Identity kStaff{.issuer = "https://sso.example", .subject = "wang"};
const Identity kLitigants{.issuer = "https://sso.example", .subject = "li"};

class PublicFront : public testing::Test {
 protected:
  PublicFront() {
    const std::string hash = Passwords().hash(kPassword).value();
    const auto add = [&](const Person& person, const Identity& identity) {
      EXPECT_TRUE(court_->add(person, hash, 1).has_value());
      EXPECT_TRUE(court_->link(person.account, identity, 1).has_value());
    };
    add({.account = "wang", .name = "王", .role = Role::kClerk, .court = "0192"}, kStaff);
    add({.account = "li", .name = "李", .role = Role::kLitigant, .court = ""}, kLitigants);
  }
  static Attempt attempt(const std::string& account, const std::string& password = kPassword) {
    return {.account = account, .password = password, .code = "", .client = "192.0.2.1"};
  }
  std::expected<std::string, Refused> vouched(Accounts& at, const Identity& identity,
                                              bool litigants) {
    return at.sign_in(
        Vouched{
            .provider = "court", .identity = identity, .litigants = litigants, .name = "someone"},
        [this](const Person&) -> core::Result<void> {
          ++made_;
          return {};
        });
  }
  // By hand, as who took the front over.
  core::Result<void> by_hand(const std::string& sql) const {
    return database_.execute("SET search_path = heyan_accounts; " + sql, "litigants");
  }

  int made_ = 0;
  postgres::TestDatabase database_{prepared_database()};
  Settings settings_{.now_ms = [] { return kNow; }};
  std::unique_ptr<People> court_ = People::open(database_.as("gateway")).value();
  std::unique_ptr<People> public_ = People::open(database_.as("litigants")).value();
  Accounts at_court_{settings_, *court_};
  Accounts at_public_{settings_, *public_};
};

TEST_F(PublicFront, ALitigantSignsInThereAsAnywhere) {
  const std::string token = at_public_.sign_in(attempt("li")).value();
  const auto current = at_public_.find(token, true).value();
  ASSERT_TRUE(current.has_value());
  EXPECT_EQ(current->session.person.account, "li");
  EXPECT_TRUE(at_court_.find(token, true).value().has_value());
  EXPECT_TRUE(
      at_public_.change_password(*current, "c", kPassword, "another good password").has_value());
  const auto secret = at_public_.propose_secret(*current, "c", "another good password");
  EXPECT_TRUE(secret.has_value());
  EXPECT_TRUE(at_public_.sign_out(*current).has_value());
  EXPECT_FALSE(at_court_.find(token, true).value().has_value());
  EXPECT_TRUE(vouched(at_public_, kLitigants, false).has_value());
}

TEST_F(PublicFront, StaffAreNobodyThere) {
  EXPECT_EQ(at_public_.sign_in(attempt("wang")).error().why, Why::kFailed);
  EXPECT_EQ(at_public_.sign_in(attempt("nobody")).error().why, Why::kFailed);
  EXPECT_FALSE(at_public_.knows("wang"));
  const std::string token = at_court_.sign_in(attempt("wang")).value();
  EXPECT_TRUE(at_court_.find(token, true).value().has_value());
  EXPECT_FALSE(at_public_.find(token, true).value().has_value());
  EXPECT_TRUE(public_->of_court("0192", Role::kClerk).value().empty());
  EXPECT_EQ(public_->list().value().size(), 1);
  EXPECT_TRUE(public_->identities("wang").value().empty());
  // What ends sessions there ends none of theirs.
  EXPECT_TRUE(public_->end_sessions_before(kNow + 1, kNow + 1).has_value());
  EXPECT_TRUE(at_court_.find(token, true).value().has_value());
}

TEST_F(PublicFront, AProviderVouchesForNobodyOfTheStaffThere) {
  EXPECT_TRUE(vouched(at_court_, kStaff, true).has_value());
  EXPECT_EQ(vouched(at_public_, kStaff, false).error().why, Why::kUnlinked);
  EXPECT_EQ(vouched(at_public_, kStaff, true).error().why, Why::kUnlinked);
  EXPECT_EQ(made_, 0);
  EXPECT_EQ(court_->list().value().size(), 2);
  EXPECT_TRUE(vouched(at_public_, {.issuer = "i", .subject = "new"}, true).has_value());
  EXPECT_EQ(made_, 1);
}

// A name that is taken by somebody who cannot be seen.
TEST_F(PublicFront, ANameOfStaffIsTaken) {
  const auto added = public_->add(
      {.account = "wang", .name = "W", .role = Role::kLitigant, .court = ""}, "hash", 1);
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, ErrorCode::kDuplicate);
  const auto admitted = public_->admit(
      {.account = "wang", .name = "W", .role = Role::kLitigant, .court = ""},
      {.issuer = "i", .subject = "s"}, 1, [](const Person&) -> core::Result<void> { return {}; });
  ASSERT_FALSE(admitted.has_value());
  EXPECT_EQ(admitted.error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(court_->find("wang").value()->person.role, Role::kClerk);
}

TEST_F(PublicFront, NobodyIsMadeStaffThere) {
  EXPECT_FALSE(
      public_->add({.account = "zhao", .name = "Z", .role = Role::kJudge, .court = "0192"}, "h", 1)
          .has_value());
  EXPECT_FALSE(
      public_->add({.account = "zhao", .name = "Z", .role = Role::kOperator, .court = ""}, "h", 1)
          .has_value());
  for (const char* sql :
       {"UPDATE people SET role = 'clerk', court = '0192' WHERE account = 'li'",
        "UPDATE people SET account = 'wang2' WHERE account = 'li'",
        "UPDATE people SET disabled = 0", "DELETE FROM people",
        "INSERT INTO sessions VALUES(decode(repeat('11', 32), 'hex'), 'wang', 1, 1, 1)",
        "UPDATE sessions SET account = 'wang'",
        "INSERT INTO identities VALUES('i', 's', 'wang', 1)",
        "UPDATE identities SET account = 'wang'", "DELETE FROM identities",
        "DROP POLICY of_public ON people", "ALTER TABLE people DISABLE ROW LEVEL SECURITY",
        "SET ROLE heyan_front", "SET row_security = off; SELECT 1 FROM people"}) {
    EXPECT_FALSE(by_hand(sql).has_value()) << sql;
  }
  // Nothing is there to be changed.
  EXPECT_TRUE(by_hand("UPDATE people SET password = 'x', secret = NULL").has_value());
  EXPECT_EQ(court_->find("li").value()->password, "x");
  EXPECT_TRUE(at_court_.sign_in(attempt("wang")).has_value());
}

// Of the store's tables what that rule is about.
TEST_F(PublicFront, NothingIsFiledThereInTheNameOfStaff) {
  ASSERT_TRUE(database_
                  .execute("CREATE SCHEMA heyan AUTHORIZATION heyan_owner;"
                           "GRANT USAGE ON SCHEMA heyan TO heyan_public")
                  .has_value());
  for (const char* table : {"submissions", "receiving"}) {
    const std::string name = std::string("heyan.") + table;
    ASSERT_TRUE(database_
                    .execute("CREATE TABLE " + name + "(account TEXT COLLATE \"C\");" +
                             "ALTER TABLE " + name + " OWNER TO heyan_owner;" + "ALTER TABLE " +
                             name + " ENABLE ROW LEVEL SECURITY;" + "CREATE POLICY of_court ON " +
                             name + " USING (true);" + "GRANT INSERT ON " + name +
                             " TO heyan_public")
                    .has_value());
  }
  for (const char* table : {"submissions", "receiving"}) {
    const std::string row = std::string("INSERT INTO heyan.") + table + " VALUES('person:";
    EXPECT_TRUE(by_hand(row + "wang')").has_value()) << table;
  }
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(People::prepare(database_.as("heyan_owner")).has_value());
  for (const char* table : {"submissions", "receiving"}) {
    const std::string row = std::string("INSERT INTO heyan.") + table + " VALUES('person:";
    EXPECT_TRUE(by_hand(row + "li')").has_value()) << table;
    EXPECT_FALSE(by_hand(row + "wang')").has_value()) << table;
    EXPECT_FALSE(by_hand(row + "nobody')").has_value()) << table;
  }
}

TEST_F(PublicFront, PreparedAgainItIsTheSame) {
  ASSERT_TRUE(database_.execute("GRANT UPDATE ON heyan_accounts.people TO heyan_public"));
  EXPECT_TRUE(People::prepare(database_.as("heyan_owner")).has_value());
  EXPECT_FALSE(by_hand("UPDATE people SET disabled = 0").has_value());
  EXPECT_TRUE(at_public_.sign_in(attempt("li")).has_value());
}

}  // namespace
}  // namespace heyan::accounts
