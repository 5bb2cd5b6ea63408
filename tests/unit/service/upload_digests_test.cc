// Which digests go on from one request of an upload to the next, and which are of the file read
// again. It shows where the disk has since been changed.
#include <fcntl.h>

#include "tests/unit/service/uploads_fixture.h"

namespace heyan::service {
namespace {

class UploadDigestsTest : public UploadsTest {
 protected:
  UploadDigestsTest() { restart({.most_digesting = 2}); }

  // Of a case of that name, with its first bytes sent.
  std::string left(const std::string& submission) {
    EXPECT_TRUE(submission == "id" || begin_case(submission, "key of " + submission));
    const std::string upload =
        receiver_->begin_upload(scope_, submission, std::string(kPath), kSize, digest(), kMetadata)
            .value();
    UploadWriter writer = receiver_->open(scope_, upload).value();
    EXPECT_TRUE(writer.append(bytes(0, 1000)).has_value());
    EXPECT_TRUE(writer.commit().has_value());
    return upload;
  }
  bool goes_on(const std::string& submission, const std::string& upload) {
    const os::Descriptor file(
        ::open((folder_ / "uploads" / submission / upload).c_str(), O_WRONLY | O_CLOEXEC));
    EXPECT_EQ(::pwrite(file.get(), "?", 1, 500), 1);
    UploadWriter writer = receiver_->open(scope_, upload).value();
    EXPECT_TRUE(writer.append(bytes(1000, kSize)).has_value());
    const auto committed = writer.commit();
    EXPECT_TRUE(committed || committed.error().code == core::ErrorCode::kNotCanonical);
    return committed.has_value();
  }
};

TEST_F(UploadDigestsTest, ThoseThatWereLeftLongestAreReadAgain) {
  const std::string first = left("one");
  const std::string second = left("two");
  const std::string third = left("id");
  EXPECT_TRUE(goes_on("id", third));
  EXPECT_TRUE(goes_on("two", second));
  EXPECT_FALSE(goes_on("one", first));
}

TEST_F(UploadDigestsTest, ThoseOfWhatExpiredTakeNobodysPlace) {
  const std::string first = left("id");
  left("expires");
  ASSERT_TRUE(store_->keep_receiving("id", now_ms_ + 3 * kLife.count()).has_value());
  now_ms_ += 2 * kLife.count();
  const auto folder = folder_ / "uploads" / "expires";
  for (int i = 0; i < 600 && std::filesystem::exists(folder); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  ASSERT_FALSE(std::filesystem::exists(folder));
  const std::string third = left("three");
  EXPECT_TRUE(goes_on("id", first));
  EXPECT_TRUE(goes_on("three", third));
}

}  // namespace
}  // namespace heyan::service
