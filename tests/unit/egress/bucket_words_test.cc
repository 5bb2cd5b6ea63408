// Names of objects, and the files that a bucket's configuration names.
#include <gtest/gtest.h>

#include <filesystem>

#include "gateway/egress/bucket.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::egress {
namespace {

const std::string kName = std::string(32, 'c') + "/ab/" + std::string(62, 'd') + ".sealed";

TEST(ObjectName, IsAPlaceOfTheVault) {
  EXPECT_TRUE(is_object_name(kName));
  for (const std::string& other :
       {std::string(), std::string("/"), kName + "x", "/" + kName, kName.substr(1),
        std::string(32, 'c') + "/ab/" + std::string(62, 'd') + ".key",
        std::string(32, 'c') + "/court.key",
        std::string(32, 'C') + "/ab/" + std::string(62, 'd') + ".sealed",
        std::string(32, 'c') + "/../" + std::string(62, 'd') + ".sealed",
        std::string(32, 'c') + "/ab/" + std::string(61, 'd') + "?.sealed",
        std::string(32, 'c') + "-ab-" + std::string(62, 'd') + ".sealed"}) {
    EXPECT_FALSE(is_object_name(other)) << other;
  }
}

TEST(BucketFilesTest, AnAccessKeyIsTwoLinesOfOnesOwn) {
  const os::TemporaryFolder folder;
  ops::Bucket bucket;
  bucket.plain = true;
  const auto read = [&](const std::string& text, int mode = 0600) {
    bucket.access_key = folder.write("s3.access-key", text);
    std::filesystem::permissions(bucket.access_key, std::filesystem::perms(mode));
    return read_bucket_files(bucket);
  };
  for (const char* text : {"heyan:vault\nsecret+/=\n", "heyan:vault\nsecret+/="}) {
    const auto files = read(text);
    ASSERT_TRUE(files.has_value());
    EXPECT_EQ(files->access_key, "heyan:vault");
    EXPECT_EQ(files->secret, "secret+/=");
  }
  for (const char* text :
       {"", "\n", "name\n", "name", "name\n\n", "\nsecret\n", "name\nsecret\n\n",
        "name\nsecret\nmore\n", "na me\nsecret\n", "name\r\nsecret\r\n", "name\nsecr\xc3\xa9t\n"}) {
    EXPECT_EQ(read(text).error().code, core::ErrorCode::kMalformed) << text;
  }
  for (const int mode : {0640, 0604, 0620, 0610}) {
    EXPECT_EQ(read("name\nsecret\n", mode).error().code, core::ErrorCode::kUnsupported) << mode;
  }
  bucket.access_key = folder.path() / "none";
  EXPECT_FALSE(read_bucket_files(bucket).has_value());
  bucket.plain = false;
  bucket.ca = folder.path() / "none";
  EXPECT_FALSE(read_bucket_files(bucket).has_value());
}

}  // namespace
}  // namespace heyan::egress
