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
  EXPECT_EQ(length("00000000000000000001"), 1u);
  // Too much is too much, and no riddle.
  for (const std::string& much : {std::string("1000000000000000"), std::string(4096, '9')}) {
    EXPECT_EQ(length(much), kBeyondLength) << much;
  }
  const std::string much_and_no_number = std::string(20, '9') + "x";
  for (const std::string& bad : std::array<std::string, 9>{"", "-1", "+1", "1.0", "0x1", " 1", "1 ",
                                                           "1e3", much_and_no_number}) {
    EXPECT_FALSE(length(bad)) << bad;
  }
  EXPECT_FALSE(parse_length(nullptr));
}

http::RequestHead head_of(http::Method method, std::vector<std::string> path,
                          std::optional<std::string> override) {
  http::RequestHead head;
  head.method = method;
  head.target.segments = std::move(path);
  if (override) head.fields.push_back({"x-http-method-override", *std::move(override)});
  return head;
}

TEST(Tus, APostBeneathUploadsIsWhatItSaysThatItIs) {
  using http::Method;
  const std::vector<std::string> upload = {"v1", "uploads", "a"};
  const auto meant = [&](std::optional<std::string> override) {
    return meant_method(head_of(Method::kPost, upload, std::move(override)));
  };
  EXPECT_EQ(meant(std::nullopt).value(), Method::kPost);
  EXPECT_EQ(meant("POST").value(), Method::kPost);
  EXPECT_EQ(meant("PATCH").value(), Method::kPatch);
  EXPECT_EQ(meant("DELETE").value(), Method::kDelete);
  EXPECT_EQ(meant("HEAD").value(), Method::kHead);
  for (const char* other : {"", "GET", "PUT", "OPTIONS", "patch", "PATCH, DELETE", "X"}) {
    EXPECT_EQ(meant(other).error().code, ErrorCode::kUnsupported) << other;
  }
}

TEST(Tus, NothingElseIsMeantOtherwise) {
  using http::Method;
  for (const Method method : {Method::kGet, Method::kHead, Method::kPut, Method::kPatch,
                              Method::kDelete, Method::kOptions}) {
    EXPECT_EQ(meant_method(head_of(method, {"v1", "uploads", "a"}, "DELETE")).value(), method);
  }
  for (const std::vector<std::string>& path : std::array<std::vector<std::string>, 4>{
           std::vector<std::string>{}, {"v1"}, {"v1", "submissions", "a"}, {"uploads", "v1"}}) {
    EXPECT_EQ(meant_method(head_of(Method::kPost, path, "DELETE")).value(), Method::kPost);
  }
}

// As the gate refuses it of these methods themselves.
TEST(Tus, AMethodThatHasNoBodyIsNotMeantByOneThatBringsOne) {
  for (const char* method : {"DELETE", "HEAD"}) {
    http::RequestHead head = head_of(http::Method::kPost, {"v1", "uploads", "a"}, method);
    head.content_length = 0;
    EXPECT_TRUE(meant_method(head).has_value());
    head.content_length = 1;
    EXPECT_EQ(meant_method(head).error().code, ErrorCode::kMalformed);
    head.content_length.reset();
    head.chunked = true;
    EXPECT_EQ(meant_method(head).error().code, ErrorCode::kMalformed);
  }
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
        "path Zi8AYQ==,submission aWQ=", "path Zi9h,submission AA==", "path Zi//,submission aWQ=",
        "path Zi9h,submission aWQ=,note \xC3\xA9",
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
  // Others are left alone, whoever asks.
  EXPECT_TRUE(parse_repr_digest("md5=:AA==:").value().empty());
  EXPECT_TRUE(parse_repr_digest("sha-512=:" + std::string(86, 'A') + "==:").value().empty());
  EXPECT_TRUE(parse_repr_digest("").value().empty());
  for (const std::string& bad : std::array<std::string, 5>{
           "sha-256", "sha-256=a" + kDigest, "sha-256=:AA==:", "sha-512=:AA==:", "sha-256=:?:"}) {
    EXPECT_EQ(parse_repr_digest(bad).error().code, ErrorCode::kMalformed) << bad;
  }
  const std::string one = "sha-256=:" + kDigest + "=:";
  EXPECT_EQ(parse_repr_digest(one + "," + one).error().code, ErrorCode::kDuplicate);
}

}  // namespace
}  // namespace heyan::api
