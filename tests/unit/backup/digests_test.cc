// A file that changes while it is copied.
#include "gateway/backup/digests.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;

class CopyTest : public testing::Test {
 protected:
  // Two writes within one tick of the system's clock would leave the same times.
  CopyTest() {
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(from_, now - std::chrono::hours(1));
  }
  core::Result<Digests> copy_while(const std::function<void()>& happens) const {
    const auto opened = os::open_named_file(from_);
    return copy(*opened, to_, 0600, [&](std::uint64_t) { happens(); });
  }
  static void touch(const std::filesystem::path& path) {
    EXPECT_EQ(::utimensat(AT_FDCWD, path.c_str(), nullptr, 0), 0);
  }

  os::TemporaryFolder folder_;
  std::filesystem::path from_ = folder_.write("from", "evidence");
  std::filesystem::path to_ = folder_ / "to";
};

// As evidence's do when the same bytes are filed again.
TEST_F(CopyTest, TimesMayChangeOnce) {
  int times = 0;
  const auto copied = copy_while([&] {
    if (times++ == 0) touch(from_);
  });
  ASSERT_TRUE(copied.has_value());
  EXPECT_EQ(times, 2);
  EXPECT_EQ(copied->size, 8u);
  EXPECT_EQ(copied->sha256, crypto::sha256(core::as_bytes(std::string_view("evidence"))));
  EXPECT_EQ(os::content_of(to_), "evidence");
}

// The copy is of what is there at last, and of nothing else.
TEST_F(CopyTest, BytesMayChangeOnce) {
  int times = 0;
  const auto copied = copy_while([&] {
    if (times++ == 0) std::ofstream(from_) << "less";
  });
  ASSERT_TRUE(copied.has_value());
  EXPECT_EQ(copied->size, 4u);
  EXPECT_EQ(copied->sha256, crypto::sha256(core::as_bytes(std::string_view("less"))));
  EXPECT_EQ(os::content_of(to_), "less");
}

TEST_F(CopyTest, WhatChangesAgainAndAgainIsSaidToChange) {
  const auto copied = copy_while([&] { std::ofstream(from_, std::ios::app) << "!"; });
  ASSERT_FALSE(copied.has_value());
  EXPECT_EQ(copied.error().code, ErrorCode::kChanged);
}

TEST_F(CopyTest, NothingIsWrittenOverAnotherFile) {
  folder_.write("to", "there already");
  const auto copied = copy_while([] {});
  ASSERT_FALSE(copied.has_value());
  EXPECT_EQ(copied.error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(os::content_of(to_), "there already");
}

}  // namespace
}  // namespace heyan::backup
