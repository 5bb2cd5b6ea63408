// The people of an installation for development.
#include "gateway/setup/demo_accounts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "gateway/accounts/password.h"
#include "gateway/accounts/people.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::setup {
namespace {

class DemoAccounts : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_ / "front");
    std::filesystem::create_directories(folder_ / "demo");
    config_.state = folder_.path();
    ops::CourtSystem system;
    system.court_code = "0192";
    config_.court_systems.push_back(system);
  }
  std::string file() const { return os::content_of(folder_ / "demo/accounts.txt"); }
  std::string password_of(const std::string& account) const {
    const std::string start = "\n" + account + " " + account + " ";
    const std::string text = file();
    const std::size_t at = text.find(start);
    if (at == std::string::npos) return {};
    return text.substr(at + start.size(), text.find('\n', at + 1) - at - start.size());
  }
  bool signs_in(const std::string& account, const std::string& password) const {
    const auto people = accounts::People::open(folder_ / "front/accounts.db");
    const auto kept = (*people)->find(account);
    accounts::Passwords passwords;
    return kept && *kept && *passwords.matches((*kept)->password, password);
  }

  os::TemporaryFolder folder_;
  ops::Config config_;
};

TEST_F(DemoAccounts, OneOfEachRoleWithAPasswordThatItsOwnerAloneReads) {
  ASSERT_TRUE(make_demo_accounts(config_, 0).has_value());
  for (const char* account : {"litigant", "clerk", "judge", "operator"}) {
    EXPECT_TRUE(signs_in(account, password_of(account))) << account;
  }
  EXPECT_FALSE(signs_in("clerk", password_of("judge")));
  struct stat status{};
  ASSERT_EQ(::stat((folder_ / "demo/accounts.txt").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(DemoAccounts, ThoseThatAreThereKeepTheirPasswords) {
  ASSERT_TRUE(make_demo_accounts(config_, 0).has_value());
  const std::string before = file();
  ASSERT_TRUE(make_demo_accounts(config_, 1).has_value());
  EXPECT_EQ(file(), before);
}

TEST_F(DemoAccounts, WhereTheFileIsLostThePasswordsAreNew) {
  ASSERT_TRUE(make_demo_accounts(config_, 0).has_value());
  const std::string old = password_of("clerk");
  std::filesystem::remove(folder_ / "demo/accounts.txt");
  ASSERT_TRUE(make_demo_accounts(config_, 1).has_value());
  EXPECT_FALSE(signs_in("clerk", old));
  EXPECT_TRUE(signs_in("clerk", password_of("clerk")));
}

TEST_F(DemoAccounts, WithoutACourtThereAreNone) {
  config_.court_systems.clear();
  ASSERT_TRUE(make_demo_accounts(config_, 0).has_value());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "demo/accounts.txt"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "front/accounts.db"));
}

TEST_F(DemoAccounts, AFolderThatIsNotThereIsSaid) {
  config_.state = folder_ / "nowhere";
  EXPECT_FALSE(make_demo_accounts(config_, 0).has_value());
}

}  // namespace
}  // namespace heyan::setup
