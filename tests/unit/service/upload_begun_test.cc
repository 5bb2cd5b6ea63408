// The same upload begun twice: the first answer was lost, or two clients send the same.
#include <sys/stat.h>

#include <set>
#include <thread>

#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

class UploadBegunTest : public UploadsTest {
 protected:
  UploadBegunTest() {
    has_room_ = [this](std::uint64_t) {
      ++asked_for_room_;
      return room_.load();
    };
  }
  core::Result<std::string> begin_of(std::uint64_t size, const core::Bytes& expected = {}) {
    return receiver_->begin_upload(scope_, "id", std::string(kPath), size, expected, "path x");
  }
  void receive(const std::string& id, std::size_t from, std::size_t to) {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.append(bytes(from, to)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  // Each of several at once.
  std::vector<core::Result<std::string>> begin_at_once() {
    std::vector<core::Result<std::string>> begun(8, std::string());
    {
      std::vector<std::jthread> threads;
      for (auto& one : begun) threads.emplace_back([this, &one] { one = begin_of(kSize); });
    }
    return begun;
  }

  std::atomic<int> asked_for_room_ = 0;
  std::atomic<bool> room_ = true;
};

TEST_F(UploadBegunTest, ItIsTheSameAndIsWhereItWas) {
  const std::string id = begin();
  EXPECT_EQ(begin_of(kSize).value(), id);
  receive(id, 0, 1000);
  EXPECT_EQ(begin_of(kSize).value(), id);
  const auto found = receiver_->find(scope_, id).value();
  EXPECT_EQ(found->offset, 1000u);
  EXPECT_EQ(found->metadata, kMetadata) << "as it was begun";
  receive(id, 1000, kSize);
  expect_accepted();
}

TEST_F(UploadBegunTest, WhatIsPromisedIsPromisedOnce) {
  begin();
  EXPECT_EQ(asked_for_room_, 1);
  begin();
  EXPECT_EQ(asked_for_room_, 1);
  EXPECT_EQ(files_kept(), 2u);  // the case, too
}

TEST_F(UploadBegunTest, NobodyIsMadeToEndByIt) {
  const std::string id = begin();
  const UploadWriter writer = receiver_->open(scope_, id).value();
  EXPECT_EQ(begin_of(kSize).value(), id);
  EXPECT_FALSE(writer.is_wanted());
}

TEST_F(UploadBegunTest, AnotherSizeOrDigestIsAnotherUpload) {
  const std::string id = begin(digest());
  EXPECT_EQ(begin_of(kSize - 1).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(begin_of(kSize, crypto::sha256(core::as_bytes("another file"))).error().code,
            ErrorCode::kDuplicate);
  EXPECT_EQ(begin_of(kSize, digest()).value(), id);
  EXPECT_EQ(begin_of(kSize).value(), id);
}

// Its bytes would be held against nothing.
TEST_F(UploadBegunTest, ADigestThatWasNotAnnouncedIsAnotherOne) {
  begin();
  EXPECT_EQ(begin_of(kSize, digest()).error().code, ErrorCode::kDuplicate);
}

// Of whom begins it nobody knows whether he has the same bytes.
TEST_F(UploadBegunTest, WhatIsCompleteIsNotBegunAgainWithoutItsDigest) {
  signer_is_away_ = true;
  receive(begin(), 0, kSize);
  EXPECT_EQ(begin_of(kSize).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(begin_of(kSize, digest()).error().code, ErrorCode::kDuplicate);
}

// The answer to its last bytes was lost, and HEAD was not answered either.
TEST_F(UploadBegunTest, WithItItIsTheSameAndSaysThatItIsComplete) {
  signer_is_away_ = true;
  const std::string id = begin(digest());
  receive(id, 0, kSize);
  EXPECT_EQ(begin_of(kSize, digest()).value(), id);
  EXPECT_EQ(receiver_->find(scope_, id).value()->offset, kSize);
  EXPECT_TRUE(receiver_->open(scope_, id)->complete());
  EXPECT_EQ(asked_for_room_, 1) << "nothing is promised it once more";
  EXPECT_EQ(begin_of(kSize).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(begin_of(kSize - 1, digest()).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(begin_of(kSize, crypto::sha256(core::as_bytes("another file"))).error().code,
            ErrorCode::kDuplicate);
}

// With its last file a submission is accepted, which its sender knows even less.
TEST_F(UploadBegunTest, SoIsThatOfASubmissionThatWasAccepted) {
  const std::string id = begin(digest());
  receive(id, 0, kSize);
  expect_accepted();
  EXPECT_EQ(begin_of(kSize, digest()).value(), id);
  EXPECT_TRUE(receiver_->find(scope_, id).value()->complete);
  EXPECT_EQ(begin_of(kSize).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(receiver_
                ->begin_upload(store::Scope::of_account("0491", "b"), "id", std::string(kPath),
                               kSize, digest(), "")
                .error()
                .code,
            ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "uploads" / "id"));
}

TEST_F(UploadBegunTest, ButAFileWithoutBytesWhichIsCompleteAtOnce) {
  signer_is_away_ = true;
  const std::string id = begin_of(0).value();
  EXPECT_TRUE(receiver_->find(scope_, id).value()->complete);
  EXPECT_EQ(begin_of(0).value(), id);
  EXPECT_EQ(begin_of(1).error().code, ErrorCode::kDuplicate);
}

TEST_F(UploadBegunTest, NobodyElseIsToldThatThereIsOne) {
  begin();
  EXPECT_EQ(receiver_
                ->begin_upload(store::Scope::of_account("0491", "b"), "id", std::string(kPath),
                               kSize, {}, "")
                .error()
                .code,
            ErrorCode::kNotFound);
}

// A crash between the row and the room, or a store that went away amid its answer.
TEST_F(UploadBegunTest, WhatWasCutOffBeforeItsRoomIsPromisedItByTheNext) {
  ASSERT_TRUE(store_
                  ->begin_upload({.id = "cut-off",
                                  .submission = "id",
                                  .path = std::string(kPath),
                                  .size = kSize,
                                  .expected = {},
                                  .metadata = kMetadata,
                                  .limits = kLimits},
                                 scope_)
                  .has_value());
  room_ = false;
  EXPECT_EQ(begin_of(kSize).error().text, kNoRoom);
  EXPECT_EQ(files_kept(), 1u);
  room_ = true;
  EXPECT_TRUE(begin_of(kSize).has_value()) << "it is awaited again";
  EXPECT_EQ(asked_for_room_, 2);
  EXPECT_EQ(files_kept(), 2u);
}

TEST_F(UploadBegunTest, ManyAtOnceGetTheSame) {
  std::set<std::string> ids;
  for (const auto& one : begin_at_once()) {
    ASSERT_TRUE(one.has_value()) << one.error().text;
    ids.insert(*one);
  }
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(asked_for_room_, 1);
}

// None is told of an upload that is taken back in a moment.
TEST_F(UploadBegunTest, OrNoneDoes) {
  has_room_ = [](std::uint64_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return false;
  };
  for (const auto& one : begin_at_once()) {
    ASSERT_FALSE(one.has_value());
    EXPECT_EQ(one.error().text, kNoRoom);
  }
  EXPECT_EQ(files_kept(), 1u);
}

}  // namespace
}  // namespace heyan::service
