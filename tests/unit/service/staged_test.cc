// Files of a request while it is received.
#include "gateway/service/staged.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "gateway/service/boxed.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

class StagedTest : public testing::Test {
 protected:
  core::Result<void> add(const std::string& path, std::string_view content) {
    HEYAN_CHECK_OK(staged_.begin(path));
    HEYAN_CHECK_OK(staged_.append(core::as_bytes(content)));
    return staged_.finish();
  }

  os::TemporaryFolder folder_;
  Staged staged_{store::StagingFiles::create(folder_.path(), "one").value()};
};

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
