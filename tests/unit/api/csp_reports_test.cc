// What is taken of a browser's report, and what is not.
#include "gateway/api/csp_reports.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

std::optional<CspReport> parse(std::string_view directive, std::string_view blocked) {
  return parse_csp_report(core::to_bytes(
      R"({"csp-report":{"document-uri":"https://g/app/judge/cases/1?q=x","effective-directive":")" +
      std::string(directive) + R"(","blocked-uri":")" + std::string(blocked) + R"("}})"));
}

TEST(CspReports, GiveADirectiveAndTheOriginOfWhatWasBlocked) {
  const auto report = parse("img-src", "https://evil.example:8/a/b?case=1#c");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->directive, "img-src");
  EXPECT_EQ(report->blocked, "https://evil.example:8");
  EXPECT_EQ(parse("script-src-elem", "inline")->blocked, "inline");
  EXPECT_EQ(parse("script-src-elem", "data:text/html,secret")->blocked, "data");
  EXPECT_EQ(parse("img-src", "https://evil.example?q=1")->blocked, "https://evil.example");
}

TEST(CspReports, OfOlderBrowsersSayTheWholeDirective) {
  const auto report = parse_csp_report(core::to_bytes(
      R"({"csp-report":{"violated-directive":"script-src 'self'","blocked-uri":"eval"}})"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->directive, "script-src");
}

TEST(CspReports, NameNoDirectiveOfTheSendersChoice) {
  EXPECT_EQ(parse("my-directive", "inline")->directive, "other");
  EXPECT_EQ(parse("", "inline")->directive, "other");
  EXPECT_EQ(parse("IMG-SRC", "inline")->directive, "other");
}

TEST(CspReports, AreShownBoundedAndVisible) {
  EXPECT_EQ(parse("img-src", R"(in\nline)")->blocked.find('\n'), std::string::npos);
  EXPECT_EQ(parse("img-src", R"(\u202einline)")->blocked, "\u27e8U+202E\u27e9inline");
  EXPECT_LE(parse("img-src", "https://" + std::string(5000, 'x'))->blocked.size(), 110);
}

TEST(CspReports, AreNothingElse) {
  for (const std::string_view text :
       {"", "{}", "[]", "null", R"({"csp-report":[]})", R"({"csp-report":"x"})", R"({"a":{}})",
        R"({"csp-report":{}} x)", R"({"csp-report":{"a":{"b":{"c":{"d":{}}}}}})"}) {
    EXPECT_FALSE(parse_csp_report(core::to_bytes(std::string(text))).has_value()) << text;
  }
}

}  // namespace
}  // namespace heyan::api
