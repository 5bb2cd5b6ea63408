// Files of a request while it is received.
#include "gateway/service/staged.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "gateway/service/boxed.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

class StagedTest : public testing::Test {
 protected:
  explicit StagedTest(const store::StoredLimits& limits = {})
      : staged_(store::StagingFiles::create(folder_.path(), "one").value(), limits) {}

  core::Result<void> add(const std::string& path, std::string_view content) {
    HEYAN_CHECK_OK(staged_.begin(path));
    HEYAN_CHECK_OK(staged_.append(core::as_bytes(content)));
    return staged_.finish();
  }

  os::TemporaryFolder folder_;
  Staged staged_;
};

// What a case may name can come, in a form or in an archive with its folders.
static_assert(kMostFiles == 75'537);
static_assert(core::Limits().zip_entries > kMostFiles);

// A client that sends many small parts must not use up what all connections live on.
TEST_F(StagedTest, ManyFilesNeedOneDescriptor) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const int lowest = ::open("/", O_RDONLY | O_CLOEXEC);
  ::close(lowest);
  const rlimit few{.rlim_cur = static_cast<rlim_t>(lowest) + 8, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int i = 0; i < 100; ++i) {
    const auto added = add("files/" + std::to_string(i), "x");
    EXPECT_TRUE(added.has_value()) << i << ": " << added.error().text;
    if (!added) break;
  }
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(staged_.parts().size(), 100u);
}

TEST_F(StagedTest, AFileGetsAnotherPath) {
  ASSERT_TRUE(add("a", "1").has_value());
  ASSERT_TRUE(add("b", "2").has_value());
  EXPECT_EQ(staged_.rename("a", "b").error().code, core::ErrorCode::kMalformed);
  EXPECT_EQ(staged_.rename("c", "d").error().code, core::ErrorCode::kNotFound);
  ASSERT_TRUE(staged_.rename("a", "c").has_value());
  EXPECT_EQ(staged_.find("a"), nullptr);
  ASSERT_NE(staged_.find("c"), nullptr);
  EXPECT_EQ(staged_.find("c")->size, 1u);
  EXPECT_TRUE(add("a", "3").has_value());
  EXPECT_EQ(staged_.find("b")->path, "b");
}

TEST_F(StagedTest, WhatIsOfTheMessageIsKnownByItsFolder) {
  ASSERT_TRUE(add("court-message/message", "1").has_value());
  ASSERT_TRUE(add("files/court-message/x", "2").has_value());
  staged_.keep_as_message("court-message/");
  EXPECT_TRUE(staged_.find("court-message/message")->of_message);
  EXPECT_FALSE(staged_.find("files/court-message/x")->of_message);
}

TEST_F(StagedTest, APathIsThereOnce) {
  ASSERT_TRUE(add("a", "1").has_value());
  ASSERT_TRUE(add("b", "2").has_value());
  EXPECT_EQ(add("a", "3").error().code, core::ErrorCode::kMalformed);
  EXPECT_EQ(staged_.find("c"), nullptr);
}

TEST_F(StagedTest, WhatIsDroppedIsNotFoundAndTheOthersStillAre) {
  ASSERT_TRUE(add("archive", "zip").has_value());
  ASSERT_TRUE(add("a", "1").has_value());
  ASSERT_TRUE(add("b", "22").has_value());
  staged_.drop("archive");
  EXPECT_EQ(staged_.find("archive"), nullptr);
  ASSERT_NE(staged_.find("a"), nullptr);
  ASSERT_NE(staged_.find("b"), nullptr);
  EXPECT_EQ(staged_.find("a")->size, 1u);
  EXPECT_EQ(staged_.find("b")->sha256, crypto::sha256(core::as_bytes("22")));
  EXPECT_TRUE(add("archive", "again").has_value());
}

class LimitedTest : public StagedTest {
 protected:
  LimitedTest() : StagedTest({.file_bytes = 10, .submission_bytes = 25}) {}
  // The code, and whom it names; empty where all is well.
  std::string refused(const std::string& path, std::string_view content) {
    const auto added = add(path, content);
    if (added) return {};
    if (!staged_.over_limit()) return std::string(added.error().text);
    EXPECT_EQ(added.error().code, core::ErrorCode::kLimit);
    return staged_.over_limit()->code + " " + staged_.over_limit()->pointer;
  }
};

TEST_F(LimitedTest, WhatIsStoredIsCountedWhateverItCameIn) {
  ASSERT_TRUE(staged_.begin_container("archive").has_value());
  ASSERT_TRUE(staged_.append(core::as_bytes(std::string(1000, 'z'))).has_value());
  ASSERT_TRUE(staged_.finish().has_value());
  EXPECT_EQ(refused("a", std::string(10, 'a')), "");
  EXPECT_EQ(refused("b", std::string(10, 'b')), "");
  EXPECT_EQ(refused("c", std::string(6, 'c')), "submission-too-large c");
  EXPECT_THAT(staged_.over_limit()->detail, testing::HasSubstr("25 bytes"));
  EXPECT_THAT(staged_.over_limit()->detail, testing::HasSubstr("limits.submission_bytes"));
}

TEST_F(LimitedTest, AFileIsStoppedAtTheByteThatIsTooMuch) {
  ASSERT_TRUE(staged_.begin("files/a").has_value());
  ASSERT_TRUE(staged_.append(core::as_bytes("1234567890")).has_value());
  EXPECT_FALSE(staged_.append(core::as_bytes("1")).has_value());
  EXPECT_EQ(std::filesystem::file_size(staged_.find("files/a")->file), 10u);
  EXPECT_EQ(staged_.over_limit()->pointer, "files/a");
  EXPECT_THAT(staged_.over_limit()->detail, testing::HasSubstr("limits.file_bytes"));
}

// What a box takes out of a message or an archive, as what came in the open.
TEST_F(LimitedTest, EntriesOfABoxAreFilesLikeOthers) {
  ipc::Entries entries(staged_, 1000);
  v1::BoxAnswer entry;
  entry.set_entry("files/inflated");
  v1::BoxAnswer chunk;
  chunk.set_chunk(std::string(11, 'x'));
  ASSERT_TRUE(entries.take(entry).has_value());
  const auto taken = entries.take(chunk);
  ASSERT_FALSE(taken.has_value());
  const Refused refusal = refused_by(staged_, taken.error());
  ASSERT_EQ(refusal.defects.size(), 1u);
  EXPECT_EQ(refusal.defects[0].code, "file-too-large");
  EXPECT_EQ(refusal.defects[0].pointer, "files/inflated");
}

// A box that was taken over: what was hashed, and will be receipted, stays as it is.
TEST_F(StagedTest, TheBoxCannotWriteWhatItIsGiven) {
  ASSERT_TRUE(add("case.json", "{}").has_value());
  std::atomic<bool> wrote = true;
  OtherSide box([&](ipc::Channel channel) {
    const auto asked = channel.receive(ipc::kNever, ipc::Descriptors::kOne);
    if (!asked) return;
    wrote = ::pwrite(asked->descriptor.get(), "[]", 2, 0) != -1;
    v1::BoxAnswer answer;
    answer.mutable_submission();
    static_cast<void>(channel.send(ipc::MessageType::kBoxAnswer, answer));
  });
  ipc::Doors boxes(box.front(), ipc::kBoxFrameBytes);
  ASSERT_TRUE(read_case(boxes, *staged_.find("case.json")).has_value());
  EXPECT_FALSE(wrote);
}

}  // namespace
}  // namespace heyan::service
