// A case alone whose row was asked for, and the store told nobody whether it has it.
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

class BegunUnsurelyTest : public UploadsTest {
 protected:
  bool has_case(const std::string& id) const {
    return std::filesystem::exists(folder_ / "uploads" / id / kCaseFile);
  }
  // While the store's file takes no byte more.
  std::expected<std::string, Refused> begin_on_a_full_disk(const std::string& id,
                                                           const std::string& key) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    auto begun = begin_case(id, key);
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    return begun;
  }
};

// On a server it may be there: with its case taken away, whoever asks again by its key is sent to
// where nothing lies.
TEST_F(BegunUnsurelyTest, WhereNobodyKnowsTheCaseStays) {
  const auto begun = begin_on_a_full_disk("two", "key2");
  ASSERT_FALSE(begun.has_value());
  EXPECT_EQ(begun.error().error.code, core::ErrorCode::kIo);
  EXPECT_TRUE(has_case("two"));
  EXPECT_EQ(begin_case("three", "key2").value(), "three");
  restart(Anew{});
  EXPECT_FALSE(has_case("two")) << "no row speaks of it";
  EXPECT_TRUE(has_case("three"));
}

// Nobody starts a gateway anew for that; each such request would leave its case for months.
TEST_F(BegunUnsurelyTest, AnHourLaterTheStoreIsAskedOnceMore) {
  const auto sweep = std::chrono::seconds(7);  // there is one every five
  for (const char* id : {"two", "three"}) {
    ASSERT_FALSE(begin_on_a_full_disk(id, std::string("key of ") + id).has_value());
  }
  // The row of this one came after all.
  ASSERT_TRUE(store_
                  ->begin_receiving({.id = "three",
                                     .court = "0491",
                                     .account = "a",
                                     .session = {},
                                     .key = {"key of three", core::Bytes(32, 1)},
                                     .created_at_ms = 1000,
                                     .expires_at_ms = 1000 + kLife.count(),
                                     .files = {{"case.json", 2, core::Bytes(32, 1)},
                                               {std::string(kPath), 0, {}}}})
                  .has_value());
  later_ = std::chrono::minutes(59);
  std::this_thread::sleep_for(sweep);
  EXPECT_TRUE(has_case("two")) << "the store may still be at it";
  later_ = std::chrono::minutes(61);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (has_case("two") && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_FALSE(has_case("two"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "uploads" / "two"));
  EXPECT_TRUE(has_case("three")) << "which was looked at before it";
  EXPECT_TRUE(has_case("id"));
}

// The answer to its row was lost, and it is a replay of itself.
TEST_F(BegunUnsurelyTest, WhatIsThereAfterAllIsBegun) {
  EXPECT_EQ(begin_case("id", "key").value(), "id");
  EXPECT_TRUE(has_case("id"));
  UploadWriter writer = receiver_->open(scope_, begin()).value();
  ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

// Somebody else writes for longer than is waited for once, and not for longer than twice.
TEST_F(BegunUnsurelyTest, TheStoreIsAskedAgain) {
  auto other = sqlite::Database::open(folder_ / "front.db", store::layout()).value();
  ASSERT_TRUE(other.begin().has_value());
  const std::jthread ends([&] {
    std::this_thread::sleep_for(std::chrono::seconds(12));
    EXPECT_TRUE(other.execute("ROLLBACK").has_value());
  });
  EXPECT_EQ(begin_case("two", "key2").value(), "two");
  EXPECT_TRUE(has_case("two"));
}

// What the store refused, and what is there under another name, leaves nothing.
TEST_F(BegunUnsurelyTest, WhereItIsKnownNothingStays) {
  EXPECT_EQ(begin_case("two", "key").value(), "id");
  EXPECT_FALSE(has_case("two"));
  EXPECT_TRUE(has_case("id"));
}

}  // namespace
}  // namespace heyan::service
