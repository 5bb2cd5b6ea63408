#include "gateway/http/digest_fields.h"

#include <gtest/gtest.h>

#include <array>

#include "gateway/http/received_problem.h"

namespace heyan::http {
namespace {

const std::string kSha256 = ":" + core::to_base64(core::Bytes(32, 7)) + ":";
const std::string kSha512 = ":" + core::to_base64(core::Bytes(64, 7)) + ":";

TEST(DigestFields, KnowTheActiveAlgorithmsAndLeaveOthersAlone) {
  const auto both = parse_digests("sha-512=" + kSha512 + ", md5=:AA==:, sha-256=" + kSha256);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->sha256, core::Bytes(32, 7));
  EXPECT_EQ(both->sha512, core::Bytes(64, 7));
  EXPECT_TRUE(parse_digests("sm3=" + kSha256)->empty());
  EXPECT_TRUE(parse_digests("")->empty());
  EXPECT_EQ(write_sha256_digest(core::Bytes(32, 7)), "sha-256=" + kSha256);
}

TEST(DigestFields, RefuseWhatIsNoDigest) {
  for (const std::string& bad : std::array<std::string, 7>{
           "sha-256=" + kSha512, "sha-512=" + kSha256, "sha-256=\"AA==\"", "sha-256",
           "sha-256=(" + kSha256 + ")", "SHA-256=" + kSha256, "md5=AA=="}) {
    EXPECT_FALSE(parse_digests(bad)) << bad;
  }
}

TEST(DigestFields, WishesAreNumbersFromZeroToTen) {
  const auto wishes = parse_wanted_digests("sha-256=9, sha=0");
  ASSERT_TRUE(wishes);
  ASSERT_EQ(wishes->size(), 2u);
  EXPECT_EQ(wishes->front().algorithm, "sha-256");
  EXPECT_EQ(wishes->front().preference, 9);
  for (const char* bad : {"sha-256=11", "sha-256=-1", "sha-256=1.5", "sha-256", "sha-256=(1)"})
    EXPECT_FALSE(parse_wanted_digests(bad)) << bad;
}

TEST(ReceivedProblem, IgnoresMembersOfAWrongType) {
  const auto problem = parse_received_problem(core::as_bytes(
      R"({"type":7,"status":"422","title":"t","detail":null,"instance":"/a","x":1,"y":{}})"));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->type, "about:blank");
  EXPECT_FALSE(problem->status);
  EXPECT_EQ(problem->title, "t");
  EXPECT_EQ(problem->instance, "/a");
  EXPECT_EQ(problem->extensions, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(problem->ignored, (std::vector<std::string>{"type", "status", "detail"}));
}

TEST(ReceivedProblem, IsAnObjectWithAStatusOfHttp) {
  EXPECT_EQ(parse_received_problem(core::as_bytes(R"({"status":422})"))->status, 422);
  EXPECT_FALSE(parse_received_problem(core::as_bytes(R"({"status":99})"))->status);
  EXPECT_FALSE(parse_received_problem(core::as_bytes(R"({"status":600})"))->status);
  for (const char* bad : {"[]", "1", "", R"({"type":"a","type":"b"})", "{} {}"})
    EXPECT_FALSE(parse_received_problem(core::as_bytes(bad))) << bad;
}

}  // namespace
}  // namespace heyan::http
