// Accounts of several fronts over one database, and a server that goes away.
#include <gmock/gmock.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <barrier>
#include <set>
#include <thread>

#include "gateway/accounts/accounts.h"
#include "gateway/accounts/schema.h"
#include "gateway/accounts/totp.h"
#include "gateway/postgres/migrate.h"
#include "gateway/sqlite/database.h"
#include "tests/unit/accounts/on_server/place.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/core/base32.h"

namespace heyan::accounts {
namespace {

using Why = Refused::Why;
using core::ErrorCode;

constexpr std::int64_t kNow = 1'900'000'000'000;
const std::string kPassword = "correct horse battery";

class AccountsAtFronts : public testing::Test {
 protected:
  struct Front {
    std::unique_ptr<People> people;
    std::unique_ptr<Accounts> accounts;
  };

  AccountsAtFronts() {
    hash_ = Passwords().hash(kPassword).value();
    EXPECT_TRUE(fronts_[0]
                    .people
                    ->add({.account = "wang", .name = "王", .role = Role::kClerk, .court = "0192"},
                          hash_, 1)
                    .has_value());
  }
  Front front() {
    Front one{.people = People::open(database_.as("gateway")).value(), .accounts = {}};
    one.accounts =
        std::make_unique<Accounts>(Settings{.now_ms = [this] { return now_.load(); }}, *one.people);
    return one;
  }
  std::expected<std::string, Refused> sign_in(std::size_t front, const std::string& password,
                                              const std::string& code = "") {
    return fronts_.at(front).accounts->sign_in(
        {.account = "wang", .password = password, .code = code, .client = "192.0.2.1"});
  }
  std::optional<Current> find(std::size_t front, const std::string& token) {
    return fronts_.at(front).accounts->find(token, true).value();
  }
  // How many of the fronts were told that theirs was the one, each time.
  template <typename Ask>
  std::vector<int> winners(int rounds, Ask ask) {
    std::vector<int> won;
    std::atomic<int> winning = 0;
    std::barrier together(static_cast<std::ptrdiff_t>(fronts_.size()));
    std::barrier counted(static_cast<std::ptrdiff_t>(fronts_.size()),
                         [&]() noexcept { won.push_back(winning.exchange(0)); });
    won.reserve(static_cast<std::size_t>(rounds));
    std::vector<std::thread> threads;
    for (Front& front : fronts_) {
      threads.emplace_back([&] {
        for (int i = 0; i < rounds; ++i) {
          together.arrive_and_wait();
          if (ask(front, i)) ++winning;
          counted.arrive_and_wait();
        }
      });
    }
    for (auto& thread : threads) thread.join();
    return won;
  }

  postgres::TestDatabase database_{prepared_database()};
  std::atomic<std::int64_t> now_ = kNow;
  std::array<Front, 2> fronts_ = {front(), front()};
  std::string hash_;
};

TEST_F(AccountsAtFronts, ASessionOfOneHoldsAtTheOther) {
  const std::string token = sign_in(0, kPassword).value();
  const auto there = find(1, token);
  ASSERT_TRUE(there.has_value());
  EXPECT_EQ(there->session.person.account, "wang");
  EXPECT_EQ(there->form_token, find(0, token)->form_token);
  now_ += 29 * 60'000;
  EXPECT_TRUE(find(1, token).has_value());  // and its use there is use
  now_ += 29 * 60'000;
  EXPECT_TRUE(find(0, token).has_value());
  ASSERT_TRUE(fronts_[1].accounts->sign_out(*find(1, token)).has_value());
  EXPECT_FALSE(find(0, token).has_value());
}

TEST_F(AccountsAtFronts, APasswordChangedAtOneEndsSessionsAtTheOther) {
  const std::string here = sign_in(0, kPassword).value();
  const std::string there = sign_in(1, kPassword).value();
  ASSERT_TRUE(
      fronts_[0]
          .accounts->change_password(*find(0, here), "c", kPassword, "another good password")
          .has_value());
  EXPECT_TRUE(find(1, here).has_value());
  EXPECT_FALSE(find(1, there).has_value());
  EXPECT_EQ(sign_in(1, kPassword).error().why, Why::kFailed);
}

TEST_F(AccountsAtFronts, ASecondFactorEnrolledAtOneEndsSessionsAtTheOther) {
  const std::string here = sign_in(0, kPassword).value();
  const std::string there = sign_in(1, kPassword).value();
  const std::string secret =
      fronts_[0].accounts->propose_secret(*find(0, here), "c", kPassword).value().base32;
  const std::string code = totp(core::from_base32(secret).value(), now_ / 1000);
  ASSERT_TRUE(fronts_[0].accounts->confirm_secret(*find(0, here), "c", code).has_value());
  EXPECT_TRUE(find(1, here).has_value());
  EXPECT_FALSE(find(1, there).has_value());
}

TEST_F(AccountsAtFronts, FailuresCountTogether) {
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(sign_in(i % 2, "wrong wrong wrong").error().why, Why::kFailed) << i;
  }
  EXPECT_EQ(sign_in(0, kPassword).error().why, Why::kLater);
  EXPECT_EQ(sign_in(1, kPassword).error().why, Why::kLater);
  now_ += 1000;
  EXPECT_TRUE(sign_in(1, kPassword).has_value());
  EXPECT_TRUE(sign_in(0, kPassword).has_value()) << "right at one is right at the other";
}

TEST_F(AccountsAtFronts, ACodeIsTakenAtOneOfThem) {
  const Current current = *find(0, sign_in(0, kPassword).value());
  const std::string secret =
      fronts_[0].accounts->propose_secret(current, "c", kPassword).value().base32;
  const auto code = [&] { return totp(core::from_base32(secret).value(), now_ / 1000); };
  ASSERT_TRUE(fronts_[1].accounts->confirm_secret(current, "c", code()).has_value());
  now_ += 30'000;
  EXPECT_TRUE(sign_in(0, kPassword, code()).has_value());
  EXPECT_EQ(sign_in(1, kPassword, code()).error().why, Why::kFailed);
  EXPECT_THAT(
      winners(50, [](Front& front,
                     int i) { return front.people->take_step("wang", 1'000'000'000 + i).value(); }),
      testing::Each(1));
}

// What is given once is given once, however close together it is asked for.
TEST_F(AccountsAtFronts, OneOfThemConfirmsASecretAndOneLinksAnIdentity) {
  People& people = *fronts_[0].people;
  for (std::uint8_t i = 0; i < 10; ++i) {
    const core::Bytes secret(20, i);
    ASSERT_TRUE(people.drop_secret("wang", {}).has_value());
    ASSERT_TRUE(people.propose_secret("wang", hash_, secret).value());
    EXPECT_THAT(winners(1,
                        [&](Front& front, int) {
                          return front.people->confirm_secret("wang", secret, 1, {}).value();
                        }),
                testing::Each(1));
  }
  ASSERT_TRUE(
      people.add({.account = "li", .name = "李", .role = Role::kOperator}, hash_, 1).has_value());
  EXPECT_THAT(winners(50,
                      [&](Front& front, int i) {
                        const Identity identity{.issuer = "https://sso.example",
                                                .subject = std::to_string(i)};
                        const auto linked = front.people->link(
                            &front == fronts_.data() ? "wang" : "li", identity, kNow);
                        EXPECT_TRUE(linked || linked.error().code == ErrorCode::kDuplicate);
                        return linked.has_value();
                      }),
              testing::Each(1));
}

TEST_F(AccountsAtFronts, ALitigantHasOneAccountHoweverTheyCome) {
  std::array<std::set<std::string>, 2> accounts;
  std::atomic<int> made = 0;
  EXPECT_THAT(
      winners(20,
              [&](Front& front, int i) {
                const auto token = front.accounts->sign_in(
                    Vouched{.provider = "court",
                            .identity = {.issuer = "i", .subject = std::to_string(i)},
                            .litigants = true,
                            .name = "李"},
                    [&](const Person&) -> core::Result<void> {
                      ++made;
                      return {};
                    });
                EXPECT_TRUE(token.has_value());
                if (!token) return false;
                accounts.at(&front == fronts_.data() ? 0 : 1)
                    .insert(front.accounts->find(*token, false).value()->session.person.account);
                return true;
              }),
      testing::Each(2));
  EXPECT_EQ(accounts[0].size(), 20);
  EXPECT_EQ(accounts[0], accounts[1]);
  EXPECT_EQ(made, 20) << "each is said by one of the two";
}

TEST_F(AccountsAtFronts, AServerThatDiesIsWaitedForAndForgetsNothing) {
  const std::string token = sign_in(0, kPassword).value();
  postgres::Settings impatient = database_.as("gateway");
  impatient.patience = std::chrono::milliseconds(0);
  const auto people = People::open(impatient).value();
  Accounts accounts(Settings{.now_ms = [this] { return now_.load(); }}, *people);
  postgres::TestServer::the().stop(SIGQUIT);
  EXPECT_EQ(accounts.find(token, true).error().code, ErrorCode::kIo);
  const auto refused = accounts.sign_in(
      {.account = "wang", .password = kPassword, .code = "", .client = "192.0.2.1"});
  EXPECT_EQ(refused.error().why, Why::kBroken);
  EXPECT_EQ(refused.error().error.code, ErrorCode::kIo);
  postgres::TestServer::the().start();
  EXPECT_TRUE(accounts.find(token, true).value().has_value());
  EXPECT_TRUE(find(1, token).has_value());
  EXPECT_TRUE(sign_in(1, kPassword).has_value());
}

TEST_F(AccountsAtFronts, TablesOfAnEarlierReleaseAreBroughtToThisOne) {
  constexpr std::size_t kBefore = 1;  // without people_of_court
  const postgres::TestDatabase earlier;
  const postgres::Settings owner = earlier.as("heyan_owner");
  sql::Layout before = shared_layout();
  before.migrations = before.migrations.first(kBefore);
  ASSERT_TRUE(postgres::migrate(owner, before).has_value());
  EXPECT_EQ(People::open(earlier.as("gateway")).error().code, ErrorCode::kUnsupported);
  ASSERT_TRUE(People::prepare(owner).has_value());
  const auto people = People::open(earlier.as("gateway")).value();
  const Person li{.account = "li", .name = "李", .role = Role::kJudge, .court = "0192"};
  ASSERT_TRUE(people->add(li, hash_, 1).has_value());
  EXPECT_EQ(people->of_court("0192", Role::kJudge).value(), std::vector{li});
}

// A column or an index that one engine lacks is found before somebody asks for it.
TEST_F(AccountsAtFronts, BothEnginesHaveTheSameColumnsAndIndexes) {
  const os::TemporaryFolder folder;
  auto file = sqlite::Database::open(folder / "accounts.db", layout()).value();
  sql::StatementCache in_file(file);
  std::set<std::string> here;
  const auto columns = in_file.all<std::string, std::string>(
      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
      " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
  for (const auto& [table, column] : *columns) here.insert(table + "." + column);
  std::set<std::string> there;
  const auto others = fronts_[0].people->tables().read([](sql::StatementCache& statements) {
    return statements.all<std::string, std::string>(
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)"
        " FROM information_schema.columns"
        " WHERE table_schema = 'heyan_accounts' AND table_name <> 'layout'");
  });
  for (const auto& [table, column] : *others) there.insert(table + "." + column);
  EXPECT_GT(here.size(), 20);
  EXPECT_EQ(here, there);
  here.clear();
  there.clear();
  const auto indexes = in_file.all<std::string>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'");
  for (const auto& [index] : *indexes) here.insert(index);
  const auto other_indexes = fronts_[0].people->tables().read([](sql::StatementCache& statements) {
    return statements.all<std::string>(
        "SELECT CAST(indexname AS TEXT) FROM pg_indexes"
        " WHERE schemaname = 'heyan_accounts' AND indexname NOT LIKE '%_pkey'");
  });
  for (const auto& [index] : *other_indexes) there.insert(index);
  EXPECT_EQ(here.count("people_of_court"), 1);
  EXPECT_EQ(here, there);
}

}  // namespace
}  // namespace heyan::accounts
