// Two requests at one upload: the later one goes on, when the earlier has let go.
#include <thread>

#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

TEST_F(UploadsTest, WhoeverIsAtAnUploadIsToldThatItIsWanted) {
  const std::string id = begin();
  {
    UploadWriter first = receiver_->open(scope_, id).value();
    ASSERT_TRUE(first.append(bytes(0, 1000)).has_value());
    EXPECT_FALSE(first.is_wanted());
    EXPECT_EQ(receiver_->open(scope_, id).error().code, ErrorCode::kDuplicate);
    EXPECT_TRUE(first.is_wanted());
    EXPECT_EQ(receiver_->open(scope_, id).error().code, ErrorCode::kDuplicate);  // not yet
    ASSERT_TRUE(first.commit().has_value());
  }
  UploadWriter second = receiver_->open(scope_, id).value();
  EXPECT_EQ(second.offset(), 1000u);
  EXPECT_FALSE(second.is_wanted());
  ASSERT_TRUE(second.append(bytes(1000, kSize)).has_value());
  ASSERT_TRUE(second.commit().has_value());
  expect_accepted();
}

TEST_F(UploadsTest, ItIsWantedStillWhereItsWriterWasMoved) {
  const std::string id = begin();
  UploadWriter first = receiver_->open(scope_, id).value();
  EXPECT_FALSE(receiver_->open(scope_, id).has_value());
  const UploadWriter moved = std::move(first);
  EXPECT_TRUE(moved.is_wanted());
}

// Nor is anybody else told that there is such an upload.
TEST_F(UploadsTest, NobodyIsMadeToEndByAStranger) {
  const std::string id = begin();
  const UploadWriter first = receiver_->open(scope_, id).value();
  for (const store::Scope& stranger :
       {store::Scope::of_account("0491", "b"), store::Scope::of_account("0192", "a")}) {
    EXPECT_EQ(receiver_->open(stranger, id).error().code, ErrorCode::kNotFound);
  }
  EXPECT_FALSE(first.is_wanted());
}

// What it was before the turn began does not count.
TEST_F(UploadsTest, AnUploadThatWasTakenBackMeanwhileIsNotThere) {
  const std::string id = begin();
  ASSERT_TRUE(receiver_->drop(receiver_->open(scope_, id).value()).has_value());
  EXPECT_EQ(receiver_->open(scope_, id).error().code, ErrorCode::kNotFound);
}

// Each begins where the one before ended, and no two are ever at it.
TEST_F(UploadsTest, ManyAtOnceHaveItOneAfterTheOther) {
  const std::string id = begin();
  std::atomic<int> at_it = 0;
  std::atomic<std::uint64_t> left_at = 0;
  const auto take_turns = [&] {
    for (int turns = 0; turns < 25;) {
      auto writer = receiver_->open(scope_, id);
      if (!writer) continue;
      EXPECT_EQ(++at_it, 1);
      EXPECT_EQ(writer->offset(), left_at);
      EXPECT_TRUE(writer->append(bytes(writer->offset(), writer->offset() + 100)).has_value());
      EXPECT_TRUE(writer->commit().has_value());
      left_at = writer->offset();
      --at_it;
      ++turns;
    }
  };
  {
    const std::jthread one(take_turns);
    const std::jthread other(take_turns);
    take_turns();
  }
  EXPECT_EQ(left_at, 75u * 100u);
}

}  // namespace
}  // namespace heyan::service
