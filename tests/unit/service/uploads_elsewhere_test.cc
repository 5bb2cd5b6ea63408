// Resumable uploads of two gateways that share a store, each with a folder of its own.
#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

// Another gateway over the same store, with a folder of its own.
class ElsewhereTest : public UploadsTest {
 protected:
  std::unique_ptr<Receiver> other(std::int64_t now_ms) {
    return Receiver::start({.folder = folder_ / "uploads of another",
                            .life = std::chrono::hours(1),
                            .shared = true,
                            .now_ms = [now_ms] { return now_ms; },
                            .accepted = {},
                            .not_accepted = {}},
                           {*store_, *vault_, signer_, boxes_, keys_, nullptr, kLimits})
        .value();
  }
  bool is_received() const { return store_->find_receiving("id", scope_).value().has_value(); }
};

TEST_F(ElsewhereTest, BytesThatLieAtAnotherGatewayAreNotTakenHere) {
  const std::string id = begin();
  const auto there = other(1000);
  EXPECT_EQ(there->open(scope_, id).error().text, kElsewhere);
  EXPECT_EQ(there->find(scope_, id).error().text, kElsewhere);
  EXPECT_EQ(there->begin_upload(scope_, "id", "files/b", 1, {}, "").error().text, kElsewhere);
  // Nor is it said to others that there is one.
  const auto stranger = store::Scope::of_account("0491", "b");
  EXPECT_FALSE(there->find(stranger, id).value().has_value());
  EXPECT_EQ(there->begin_upload(stranger, "id", "files/b", 1, {}, "").error().code,
            core::ErrorCode::kNotFound);
  // It goes on where it was begun.
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
  EXPECT_TRUE(there->find(scope_, id).value()->complete);
}

// Its gateway put it there, had its intake logged or not, and came to no more: a bucket has it,
// whatever became of that gateway's disk.
TEST_F(ElsewhereTest, WhatTheVaultHasOthersGoOnWith) {
  const std::string id = begin();
  signer_is_away_ = true;
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.append(bytes(0, kSize)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  ASSERT_TRUE(vault_->find({"0491", "id"}, digest()).has_value());
  receiver_.reset();
  signer_is_away_ = false;
  const auto there = other(1000 + 30'000);
  for (int i = 0; i < 300 && !store_->find_submission("id", scope_)->has_value(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  expect_accepted();
}

TEST_F(ElsewhereTest, WhatExpiredIsForgottenByOthersAnHourLater) {
  constexpr std::int64_t kHour = 3'600'000;
  const std::string id = begin();
  receiver_.reset();  // its gateway is gone
  other(1000 + kHour + 1).reset();
  for (int i = 0; i < 3; ++i) {
    const auto late = other(1000 + kHour + 2);
    EXPECT_TRUE(is_received());
  }
  const auto later = other(1000 + 2 * kHour + 2);
  while (is_received()) std::this_thread::yield();
}

// The clock was set: whether its time has come nobody knows.
TEST_F(ElsewhereTest, NothingIsForgottenWhileTheSignerHasNoTime) {
  constexpr std::int64_t kLater = 1000 + std::int64_t{3} * 3'600'000;
  begin();
  receiver_.reset();
  signer_is_away_ = true;
  {
    const auto at_that_time = other(kLater);
    while (asked_for_time_ == 0) std::this_thread::yield();
  }
  EXPECT_TRUE(is_received());
  signer_is_away_ = false;
  const auto then = other(kLater);
  while (is_received()) std::this_thread::yield();
}

}  // namespace
}  // namespace heyan::service
