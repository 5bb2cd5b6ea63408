// The room that an upload was promised on the disk is its own until it ends.
#include <sys/stat.h>

#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

class UploadRoomTest : public UploadsTest {
 protected:
  std::uint64_t reserved(const std::string& upload) const {
    struct stat status{};
    EXPECT_EQ(::stat((folder_ / "uploads" / "id" / upload).c_str(), &status), 0);
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
  }
  // Nothing of it may be found in what is accepted.
  const std::string other_ = std::string(kSize - 1, '?');
};

TEST_F(UploadRoomTest, StaysWithItWhereAPieceIsDiscarded) {
  const std::string id = begin();
  if (reserved(id) < kSize) GTEST_SKIP() << "this file system reserves nothing";
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
    ASSERT_TRUE(writer.append(core::as_bytes(other_).first(kSize - 1000)).has_value());
    ASSERT_TRUE(writer.discard().has_value());
    EXPECT_EQ(writer.offset(), 1000u);
    EXPECT_GE(reserved(id), kSize);
  }
  UploadWriter writer = receiver_->open(scope_, id).value();
  EXPECT_EQ(writer.offset(), 1000u);
  EXPECT_GE(reserved(id), kSize);
  ASSERT_TRUE(writer.append(bytes(1000, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

// As after a crash.
TEST_F(UploadRoomTest, StaysWithItWhereBytesWereNeverAcknowledged) {
  const std::string id = begin(digest());
  if (reserved(id) < kSize) GTEST_SKIP() << "this file system reserves nothing";
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    ASSERT_TRUE(writer.append(core::as_bytes(other_)).has_value());
  }
  restart(Anew{});
  {
    UploadWriter writer = receiver_->open(scope_, id).value();
    EXPECT_EQ(writer.offset(), 0u);
    EXPECT_GE(reserved(id), kSize);
    ASSERT_TRUE(writer.append(bytes(0, 1000)).has_value());
    ASSERT_TRUE(writer.commit().has_value());
  }
  restart(Anew{});  // the whole is read again
  UploadWriter writer = receiver_->open(scope_, id).value();
  ASSERT_TRUE(writer.append(bytes(1000, kSize)).has_value());
  ASSERT_TRUE(writer.commit().has_value());
  expect_accepted();
}

}  // namespace
}  // namespace heyan::service
