#include "gateway/http/problem.h"

#include <gmock/gmock.h>

#include <set>

#include "gateway/http/answer.h"

namespace heyan::http {
namespace {

using core::ErrorCode;

TEST(ProblemTable, IsInTheOrderOfTheEnumeration) {
  std::set<std::string_view> types;
  for (std::size_t i = 0; i < problem_table().size(); ++i) {
    const ProblemRow& row = problem_table()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.problem), i);
    EXPECT_TRUE(row.type.starts_with("urn:heyan:problem:")) << row.type;
    EXPECT_TRUE(types.insert(row.type).second) << row.type;
    EXPECT_TRUE(row.status >= 400 && row.status < 600);
    EXPECT_FALSE(row.title_zh.empty() || row.title_en.empty());
  }
  EXPECT_EQ(row_of(Problem::kInsufficientStorage).status, 507);
}

TEST(ProblemTable, IsFoundByStatus) {
  EXPECT_EQ(problem_of_status(428), Problem::kKeyRequired);
  EXPECT_EQ(problem_of_status(400), Problem::kMalformedRequest);
  EXPECT_EQ(problem_of_status(403), Problem::kForbidden);
  EXPECT_EQ(problem_of_status(200), std::nullopt);
  EXPECT_EQ(problem_of_status(418), std::nullopt);
}

TEST(ProblemDocument, ListsEveryDefect) {
  const ProblemDocument document{
      .problem = Problem::kDefects,
      .detail = "",
      .errors = {{"/evidence/0/id", "REQUIRED", "missing"}, {"/schema", "UNKNOWN", "not known"}}};
  EXPECT_EQ(encode_problem(document, Language::kEn),
            R"({"errors":[{"code":"REQUIRED","detail":"missing","pointer":"/evidence/0/id"},)"
            R"({"code":"UNKNOWN","detail":"not known","pointer":"/schema"}],"status":422,)"
            R"("title":"The submission has defects","type":"urn:heyan:problem:defects"})");
}

TEST(ProblemDocument, SpeaksChinese) {
  EXPECT_EQ(
      encode_problem({.problem = Problem::kNotFound, .detail = "", .errors = {}}, Language::kZh),
      R"({"status":404,"title":"未找到","type":"urn:heyan:problem:not-found"})");
}

TEST(ProblemDocument, MakesWhatPeopleSentVisible) {
  const ProblemDocument document{.problem = Problem::kMalformedBody,
                                 .detail = "a\x1b[31m\xff",
                                 .errors = {{"\xe2\x80\xae", "X", "\n"}}};
  const std::string text = encode_problem(document, Language::kEn);
  EXPECT_THAT(text, testing::HasSubstr("⟨U+001B⟩[31m⟨0xFF⟩"));
  EXPECT_THAT(text, testing::HasSubstr("⟨U+202E⟩"));
  EXPECT_THAT(text, testing::HasSubstr("⟨U+000A⟩"));
}

TEST(ProblemOfError, SaysWhoseFaultItIs) {
  EXPECT_EQ(problem_of({ErrorCode::kLimit, "x"}), Problem::kTooLarge);
  EXPECT_EQ(problem_of({ErrorCode::kMalformed, "x"}), Problem::kMalformedBody);
  EXPECT_EQ(problem_of({ErrorCode::kTruncated, "x"}), Problem::kMalformedBody);
  EXPECT_EQ(problem_of({ErrorCode::kIo, "deadline"}), Problem::kTimeout);
  EXPECT_EQ(problem_of({ErrorCode::kIo, "the disk is full"}), Problem::kUnavailable);
  EXPECT_EQ(problem_of({ErrorCode::kInternal, "x"}), Problem::kInternal);
}

RequestHead english() {
  RequestHead head;
  head.fields = {{"accept-language", "en"}};
  return head;
}

TEST(ProblemAnswer, IsInTheLanguageOfTheRequest) {
  const RequestHead head = english();
  const Answer en = problem_answer({.problem = Problem::kGone, .detail = "", .errors = {}}, &head);
  EXPECT_EQ(en.status, 410);
  EXPECT_THAT(en.body, testing::HasSubstr("\"Gone\""));
  EXPECT_EQ(*find_field(en.fields, "content-type"), "application/problem+json");
  EXPECT_EQ(*find_field(en.fields, "content-language"), "en");
  const Answer zh =
      problem_answer({.problem = Problem::kGone, .detail = "", .errors = {}}, nullptr);
  EXPECT_EQ(*find_field(zh.fields, "content-language"), "zh");
}

TEST(ProblemAnswer, SaysWhenToComeBack) {
  for (const Problem problem : {Problem::kUnavailable, Problem::kTooManyRequests}) {
    const Answer answer = problem_answer({.problem = problem, .detail = "", .errors = {}}, nullptr);
    EXPECT_NE(find_field(answer.fields, "retry-after"), nullptr);
  }
  EXPECT_EQ(find_field(problem_answer({}, nullptr).fields, "retry-after"), nullptr);
}

constexpr std::chrono::sys_seconds kThen{std::chrono::seconds(784111777)};

TEST(AnswerHead, IsWritten) {
  Answer answer;
  answer.set("content-type", "text/plain").set("cache-control", "no-cache");
  const auto head = encode_head(answer, {.length = 5, .close = true, .secure = true, .now = kThen});
  ASSERT_TRUE(head.has_value());
  EXPECT_TRUE(head->starts_with("HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
  EXPECT_TRUE(head->ends_with("content-length: 5\r\nconnection: close\r\n\r\n"));
  EXPECT_THAT(*head, testing::HasSubstr("\r\nx-content-type-options: nosniff\r\n"));
  EXPECT_THAT(*head, testing::HasSubstr("\r\nstrict-transport-security: "));
  EXPECT_THAT(*head, testing::HasSubstr("\r\ncache-control: no-cache\r\n"));
  EXPECT_THAT(*head, testing::Not(testing::HasSubstr("no-store")));
}

TEST(AnswerHead, FramesByStatusAndLength) {
  const auto framed = [](std::uint16_t status, std::optional<std::uint64_t> length) {
    Answer answer;
    answer.status = status;
    return *encode_head(answer, {.length = length, .close = false, .secure = false, .now = kThen});
  };
  EXPECT_THAT(framed(200, std::nullopt), testing::HasSubstr("transfer-encoding: chunked"));
  EXPECT_THAT(framed(204, 0), testing::Not(testing::HasSubstr("content-length")));
  EXPECT_THAT(framed(304, std::nullopt), testing::Not(testing::HasSubstr("transfer-encoding")));
  EXPECT_THAT(framed(200, 0), testing::Not(testing::HasSubstr("strict-transport-security")));
}

TEST(AnswerHead, NeverHoldsASecondAnswer) {
  const std::vector<Header> bad = {{"location", "/a\r\nset-cookie: x"},
                                   {"location", "/a\nb"},
                                   {"location", std::string("a\0", 2)},
                                   {"lo cation", "/a"},
                                   {"Location", "/a"},
                                   {"", "a"},
                                   {"content-length", "5"},
                                   {"connection", "close"},
                                   {"transfer-encoding", "chunked"},
                                   {"date", "x"}};
  for (const Header& field : bad) {
    Answer answer;
    answer.set(field.name, field.value);
    const auto head =
        encode_head(answer, {.length = 0, .close = false, .secure = true, .now = kThen});
    ASSERT_FALSE(head.has_value()) << field.name;
    EXPECT_EQ(head.error().code, ErrorCode::kInternal);
  }
}

}  // namespace
}  // namespace heyan::http
