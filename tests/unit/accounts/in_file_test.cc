// What is so of a file alone.
#include <gtest/gtest.h>

#include "gateway/accounts/accounts.h"
#include "gateway/accounts/schema.h"
#include "gateway/sqlite/database.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::accounts {
namespace {

TEST(PeopleInFile, KeepNeitherTokensNorPasswordsNorWhatWasTypedAsAnAccount) {
  const std::string password = "correct horse battery";
  const os::TemporaryFolder folder;
  const auto people = People::open(folder / "accounts.db").value();
  Accounts accounts({.now_ms = [] { return 1'900'000'000'000; }}, *people);
  Passwords passwords;
  ASSERT_TRUE(people
                  ->add({.account = "wang", .name = "王", .role = Role::kOperator},
                        passwords.hash(password).value(), 1)
                  .has_value());
  const auto sign_in = [&](const std::string& account) {
    return accounts.sign_in(
        {.account = account, .password = password, .code = "", .client = "192.0.2.1"});
  };
  const std::string token = sign_in("wang").value();
  EXPECT_FALSE(sign_in("my other secret").has_value());
  std::string kept;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    kept += os::content_of(entry.path());
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms(0777),
              std::filesystem::perms(0600));
  }
  EXPECT_NE(kept.find("$argon2id$v=19$m=65536,t=3,p=1$"), std::string::npos);
  for (const std::string& secret : {token, core::to_string(core::from_base64url(token).value()),
                                    password, accounts.find(token, true).value()->form_token,
                                    std::string("my other secret"), std::string("192.0.2.1")}) {
    EXPECT_EQ(kept.find(secret), std::string::npos) << secret;
  }
}

TEST(PeopleInFile, OfAnEarlierReleaseAreThereAsBefore) {
  constexpr std::size_t kBefore = 3;  // without people_of_court
  const os::TemporaryFolder folder;
  {
    const sql::Layout before{.application_id = layout().application_id,
                             .migrations = layout().migrations.first(kBefore)};
    auto file = sqlite::Database::open(folder / "accounts.db", before).value();
    const auto filled = file.execute(
        "INSERT INTO people(account, name, role, court, password, created_at_ms)"
        " VALUES('li', '李', 'judge', '0192', '', 1)");
    ASSERT_TRUE(filled.has_value()) << filled.error().text;
  }
  const auto people = People::open(folder / "accounts.db").value();
  const Person li{.account = "li", .name = "李", .role = Role::kJudge, .court = "0192"};
  EXPECT_EQ(people->of_court("0192", Role::kJudge).value(), std::vector{li});
}

}  // namespace
}  // namespace heyan::accounts
