#include "gateway/api/tus.h"

#include <gtest/gtest.h>

#include <array>

namespace heyan::api {
namespace {

using core::ErrorCode;

const std::string kDigest(43, 'A');  // base64 of 32 bytes, less its "="

TEST(Tus, LengthsAreDecimalDigits) {
  const auto length = [](const std::string& text) { return parse_length(&text); };
  EXPECT_EQ(length("0"), 0u);
  EXPECT_EQ(length("999999999999999"), 999'999'999'999'999u);
  for (const char* bad : {"", "-1", "+1", "1.0", "0x1", " 1", "1 ", "1000000000000000", "1e3"}) {
    EXPECT_FALSE(length(bad)) << bad;
  }
  EXPECT_FALSE(parse_length(nullptr));
}

TEST(Tus, MetadataNamesSubmissionAndPath) {
  const auto read = parse_metadata("filename eA==,path Zi9h,submission aWQ=, is_confidential");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->submission, "id");
  EXPECT_EQ(read->path, "f/a");
}

TEST(Tus, RefusesOtherMetadata) {
  for (const char* bad :
       {"", "path Zi9h", "submission aWQ=", "path,submission aWQ=", "path !,submission aWQ=",
        "path  Zi9h,submission aWQ=", "path Zi9,submission aWQ=", "path ,submission aWQ=",
        "path Zi8AYQ==,submission aWQ=", "path Zi9h,submission AA==",
        "path Zi//,submission aWQ=", "path Zi9h,submission aWQ=,note \xC3\xA9",
        "path Zi9h,submission aWQ=,note\teA==", "path Zi9h,submission aWQ=,note \x7F"}) {
    const auto read = parse_metadata(bad);
    ASSERT_FALSE(read.has_value()) << bad;
    EXPECT_EQ(read.error().code, ErrorCode::kMalformed) << bad;
  }
  const std::string longest = "path Zi9h,submission aWQ=,note " + std::string(8161, 'A');
  EXPECT_TRUE(parse_metadata(longest).has_value());
  EXPECT_EQ(parse_metadata(longest + "A").error().code, ErrorCode::kLimit);
  const auto twice = parse_metadata("path Zi9h,path Zi9h,submission aWQ=");
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().code, ErrorCode::kDuplicate);
}

TEST(Tus, ChecksumsHaveTheLengthOfTheirAlgorithm) {
  EXPECT_EQ(parse_checksum("sha256 " + kDigest + "=")->digest.size(), 32u);
  EXPECT_EQ(parse_checksum("sha1 " + std::string(27, 'A') + "=")->digest.size(), 20u);
  for (const std::string& bad : std::array<std::string, 5>{
           "sha256", "sha256 ", "sha1 " + kDigest + "=", "sha256 " + kDigest, "sha256 ?"}) {
    EXPECT_EQ(parse_checksum(bad).error().code, ErrorCode::kMalformed) << bad;
  }
  for (const char* bad : {"", "md5 AAAA", "SHA256 AAAA"}) {
    EXPECT_EQ(parse_checksum(bad).error().code, ErrorCode::kUnsupported) << bad;
  }
}

TEST(Tus, ReprDigestIsADictionaryOfByteSequences) {
  EXPECT_EQ(parse_repr_digest("sha-256=:" + kDigest + "=:")->size(), 32u);
  EXPECT_EQ(parse_repr_digest("md5=:AA==:, sha-256=:" + kDigest + "=:")->size(), 32u);
  EXPECT_EQ(parse_repr_digest("md5=:AA==:").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(parse_repr_digest("").error().code, ErrorCode::kUnsupported);
  for (const std::string& bad : std::array<std::string, 5>{
           "sha-256", "sha-256=a" + kDigest, "sha-256=:AA==:", "sha-512=:AA==:", "sha-256=:?:"}) {
    EXPECT_EQ(parse_repr_digest(bad).error().code, ErrorCode::kMalformed) << bad;
  }
  const std::string one = "sha-256=:" + kDigest + "=:";
  EXPECT_EQ(parse_repr_digest(one + "," + one).error().code, ErrorCode::kDuplicate);
}

}  // namespace
}  // namespace heyan::api
