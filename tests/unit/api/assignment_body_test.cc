#include "gateway/api/assignment_body.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

using Read = std::optional<std::string> (*)(core::ByteView, std::vector<http::ProblemError>&);

// "POINTER CODE" of every defect; what was read where there is none; "none" where it is no object.
std::string said(Read read, const std::string& body) {
  std::vector<http::ProblemError> defects;
  const auto text = read(core::as_bytes(body), defects);
  if (!text) return "none";
  std::string all;
  for (const http::ProblemError& one : defects) all += one.pointer + " " + one.code + ";";
  return defects.empty() ? *text : all;
}
std::string reason(const std::string& text) {
  return said(read_reason, R"({"reason":")" + text + R"("})");
}
std::string times(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(AssignmentBody, ReadsAnAccountAlone) {
  EXPECT_EQ(said(read_account, R"({"account":"wang"})"), "wang");
  EXPECT_EQ(said(read_account, R"({"account":""})"), "/account unknown-account;");
  EXPECT_EQ(said(read_account, R"({"account":"person:wang"})"), "/account unknown-account;");
  EXPECT_EQ(said(read_account, R"({"account":"Wang"})"), "/account unknown-account;");
  EXPECT_EQ(said(read_account, R"({"account":["wang"]})"), "/account wrong-type;");
  EXPECT_EQ(said(read_account, R"({"account":null})"), "/account wrong-type;");
  EXPECT_EQ(said(read_account, R"({})"), "/account missing-name;");
  EXPECT_EQ(said(read_account, R"({"account":"wang","role":"judge"})"), "/role unknown-name;");
  EXPECT_EQ(said(read_account, R"({"judge":"wang"})"),
            "/judge unknown-name;/account missing-name;");
}

TEST(AssignmentBody, ReadsNothingThatIsNoSmallObject) {
  for (const std::string body :
       {"", "null", "[]", "\"wang\"", "{", R"({"account":"wang"} x)",
        R"({"account":"wang","account":"li"})", R"({"account":{"a":{"b":1}}})"}) {
    EXPECT_EQ(said(read_account, body), "none") << body;
    EXPECT_EQ(said(read_reason, body), "none") << body;
  }
  EXPECT_EQ(reason(times("x", kAssignmentBytes)), "none");
}

TEST(AssignmentBody, CountsTheCharactersOfAReason) {
  EXPECT_EQ(reason(times("字", 9)), "/reason limit;");
  EXPECT_EQ(reason(times("字", 10)), times("字", 10));
  EXPECT_EQ(reason(times("字", 500)), times("字", 500));
  EXPECT_EQ(reason(times("字", 501)), "/reason limit;");
  EXPECT_EQ(reason(times("x", 501)), "/reason limit;");
  EXPECT_EQ(reason(""), "/reason limit;");
  EXPECT_EQ(reason(times(" ", 20)), "/reason limit;");
  EXPECT_EQ(reason("    short    "), "/reason limit;");
  EXPECT_EQ(reason("  covers for a colleague  "), "covers for a colleague");
}

TEST(AssignmentBody, RefusesAReasonThatDoesNotReadAsItStands) {
  EXPECT_EQ(reason(R"(one line\nand another)"), "/reason bad-text;");
  EXPECT_EQ(reason(R"(covers \u202e a colleague)"), "/reason bad-text;");
  EXPECT_EQ(reason(R"(covers\u0000a colleague)"), "/reason bad-text;");
  EXPECT_EQ(reason(times(R"(\u200b)", 12)), "/reason bad-text;");
}

TEST(AssignmentBody, AReasonIsOneText) {
  EXPECT_EQ(said(read_reason, R"({"reason":17})"), "/reason wrong-type;");
  EXPECT_EQ(said(read_reason, R"({})"), "/reason missing-name;");
  EXPECT_EQ(said(read_reason, R"({"reason":"covers for a colleague","hours":900})"),
            "/hours unknown-name;");
}

}  // namespace
}  // namespace heyan::api
