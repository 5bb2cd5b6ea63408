#include "gateway/api/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace heyan::api {
namespace {

using std::filesystem::path;
using testing::HasSubstr;
using testing::Not;

void write(const path& file, std::string_view text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

class PagesTest : public testing::Test {
 protected:
  PagesTest() {
    write(folder_ / "index.html",
          R"(<script nonce="__NONCE__" src="/assets/a-1.js"></script>__NONCE__)");
    write(folder_ / "assets/a-1.js", "plain");
    write(folder_ / "assets/a-1.js.br", "brotli");
    write(folder_ / "assets/a-1.js.gz", "gzip");
    write(folder_ / "assets/b-2.svg", "picture");
  }
  ~PagesTest() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  PagesTest(const PagesTest&) = delete;
  PagesTest& operator=(const PagesTest&) = delete;
  PagesTest(PagesTest&&) = delete;
  PagesTest& operator=(PagesTest&&) = delete;

  static http::RequestHead head(std::string_view target, std::vector<http::Header> fields = {}) {
    http::RequestHead head;
    head.target = http::parse_target(target).value();
    head.fields = std::move(fields);
    return head;
  }
  std::optional<http::Answer> get(std::string_view target, std::vector<http::Header> fields = {},
                                  std::uint16_t preview_port = 0) const {
    return Pages::read(folder_).value().answer(head(target, std::move(fields)), preview_port);
  }
  std::string policy(std::string_view host, std::uint16_t preview_port = 0) const {
    const auto answer = get("/app/", {{"host", std::string(host)}}, preview_port);
    return *http::find_field(answer->fields, "content-security-policy");
  }

  path folder_ =
      path(testing::TempDir()) /
      ("pages_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

std::string_view field(const http::Answer& answer, std::string_view name) {
  const std::string* value = http::find_field(answer.fields, name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

TEST_F(PagesTest, TheRootLeadsToThePages) {
  const auto answer = get("/");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 303);
  EXPECT_EQ(field(*answer, "location"), "/app/");
}

TEST_F(PagesTest, EveryPageIsTheIndex) {
  for (const char* target : {"/app", "/app/", "/app/litigant/cases/ab?lang=en"}) {
    const auto answer = get(target);
    ASSERT_TRUE(answer) << target;
    EXPECT_EQ(field(*answer, "content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(field(*answer, "cache-control"), "") << "no-store by default";
  }
}

TEST_F(PagesTest, ItsNonceIsThatOfThePolicyAndOfThisAnswerAlone) {
  const auto one = get("/app/");
  const auto other = get("/app/");
  ASSERT_TRUE(one && other);
  EXPECT_THAT(one->body, Not(HasSubstr("__NONCE__")));
  const std::string nonce = one->body.substr(one->body.rfind('>') + 1);
  EXPECT_EQ(nonce.size(), 32U);
  EXPECT_THAT(one->body, HasSubstr("nonce=\"" + nonce + "\""));
  EXPECT_THAT(field(*one, "content-security-policy"),
              HasSubstr("script-src 'nonce-" + nonce + "'; "));
  EXPECT_THAT(other->body, Not(HasSubstr(nonce)));
}

TEST_F(PagesTest, ThePolicyNamesNoOtherOriginButThatOfPreviews) {
  EXPECT_THAT(
      policy("court.example:8443", 8445),
      HasSubstr("frame-src https://court.example:8443/v1/reports/ https://court.example:8445; "));
  EXPECT_THAT(policy("[::1]:8443", 8445), HasSubstr(" https://[::1]:8445; "));
  EXPECT_THAT(policy("court.example"), HasSubstr("frame-src https://court.example/v1/reports/; "));
  EXPECT_THAT(policy("court.example"), HasSubstr("default-src 'none'; "));
}

TEST_F(PagesTest, AHostThatIsNoNameWritesNoPolicy) {
  for (const char* host : {"a;script-src *", "a b", "a:80 https://evil.example", "'self'", "",
                           "[::1", "a/b", "a:8x"}) {
    EXPECT_THAT(policy(host, 8445), HasSubstr("frame-src 'none'; ")) << host;
  }
}

TEST_F(PagesTest, AnAssetComesInTheFormThatTheClientReads) {
  EXPECT_EQ(get("/assets/a-1.js", {{"accept-encoding", "gzip, deflate, br"}})->body, "brotli");
  EXPECT_EQ(get("/assets/a-1.js", {{"accept-encoding", "gzip"}})->body, "gzip");
  EXPECT_EQ(get("/assets/a-1.js", {{"accept-encoding", "br;q=0, gzip;q=0.0"}})->body, "plain");
  EXPECT_EQ(get("/assets/a-1.js", {{"accept-encoding", "brotli, xbr"}})->body, "plain");
  EXPECT_EQ(get("/assets/a-1.js")->body, "plain");
  EXPECT_EQ(get("/assets/b-2.svg", {{"accept-encoding", "br"}})->body, "picture");
  const auto answer = get("/assets/a-1.js", {{"accept-encoding", "br"}});
  EXPECT_EQ(field(*answer, "content-encoding"), "br");
  EXPECT_EQ(field(*answer, "content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(field(*answer, "vary"), "accept-encoding");
  EXPECT_THAT(field(*answer, "cache-control"), HasSubstr("immutable"));
}

TEST_F(PagesTest, ThereIsNothingElse) {
  for (const char* target :
       {"/assets", "/assets/", "/assets/a-1.js.br", "/assets/index.html", "/assets/a-1.js/x"}) {
    EXPECT_FALSE(get(target)) << target;
  }
  for (const char* target : {"/v1/session", "/appx", "/index.html", "/log/checkpoint"}) {
    EXPECT_FALSE(Pages::is_path(head(target).target)) << target;
  }
}

TEST_F(PagesTest, WithoutAFolderThereAreNone) {
  const auto pages = Pages::read(folder_ / "nothing");
  ASSERT_TRUE(pages);
  EXPECT_FALSE(pages->are_there());
  EXPECT_FALSE(pages->answer(head("/"), 0));
}

// A page without the nonce would be one where nothing runs.
TEST_F(PagesTest, RefusesAnIndexWithoutAPlaceForTheNonce) {
  write(folder_ / "index.html", "<script></script>");
  EXPECT_EQ(Pages::read(folder_).error().code, core::ErrorCode::kMalformed);
}

}  // namespace
}  // namespace heyan::api
