#include "gateway/http/gate.h"

#include <gmock/gmock.h>

namespace heyan::http {
namespace {

using Checked = std::expected<RequestHead, Refusal>;

Checked check(const std::string& head) { return check_request_head(head, {}); }

// A head with one usual Host; `more` are further lines, each with CRLF.
std::string head_with(const std::string& line, const std::string& more = "") {
  return line + "\r\nHost: gw.example\r\n" + more + "\r\n";
}
std::string post(const std::string& more) {
  return head_with("POST /v1/submissions HTTP/1.1", more);
}
std::string get(const std::string& target) { return head_with("GET " + target + " HTTP/1.1"); }

TEST(Gate, ReadsAPlainRequest) {
  const Checked head = check(post("Content-Length: 12\r\nContent-Type: application/json\r\n"));
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->method, Method::kPost);
  EXPECT_EQ(head->target.path, "/v1/submissions");
  EXPECT_EQ(head->content_length, 12u);
  EXPECT_FALSE(head->chunked);
  EXPECT_TRUE(head->keep_alive);
  EXPECT_TRUE(head->has_body());
  ASSERT_NE(head->find("content-type"), nullptr);
  EXPECT_EQ(*head->find("content-type"), "application/json");
  EXPECT_EQ(head->find("accept"), nullptr);
}

TEST(Gate, ReadsEveryMethodOfTheList) {
  for (const std::string method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    const Checked head = check(head_with(method + " / HTTP/1.1"));
    ASSERT_TRUE(head.has_value()) << method;
    EXPECT_EQ(name(head->method), method);
  }
}

TEST(Gate, ReadsChunkedInAnyCase) {
  for (const std::string coding : {"chunked", "Chunked", "CHUNKED"}) {
    const Checked head = check(post("Transfer-Encoding: " + coding + "\r\n"));
    ASSERT_TRUE(head.has_value()) << coding;
    EXPECT_TRUE(head->chunked && head->has_body());
  }
}

TEST(Gate, ReadsConnectionAndExpect) {
  EXPECT_FALSE(check(post("Connection: close\r\n"))->keep_alive);
  EXPECT_FALSE(check(post("Connection: keep-alive, Close\r\n"))->keep_alive);
  EXPECT_FALSE(check(post("Connection: te\r\nConnection: close\r\n"))->keep_alive);
  EXPECT_TRUE(check(post("Connection: keep-alive\r\n"))->keep_alive);
  EXPECT_TRUE(check(post("Content-Length: 1\r\nExpect: 100-continue\r\n"))->expects_continue);
  EXPECT_FALSE(check(post("Content-Length: 0\r\nExpect: 100-continue\r\n"))->expects_continue);
}

TEST(Gate, JoinsTheLinesOfAList) {
  const Checked head = check(post("Accept: a/b\r\nX-One: 1\r\naccept: c/d, e/f\r\nAccept:\r\n"));
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(*head->find("accept"), "a/b, c/d, e/f, ");
  EXPECT_EQ(*head->find("x-one"), "1");
  EXPECT_EQ(head->fields.size(), 3u);  // with Host
  EXPECT_EQ(head->field_lines, 5u);
}

TEST(Gate, TakesHostsWithPortsAndAddresses) {
  for (const std::string host :
       {"gw", "gw.example:8443", "192.0.2.1", "[2001:db8::1]", "[::1]:443"}) {
    EXPECT_TRUE(check("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").has_value()) << host;
  }
}

struct Bad {
  std::string what;
  std::string head;
  Problem problem = Problem::kMalformedRequest;
};

class Refuses : public testing::TestWithParam<Bad> {};

TEST_P(Refuses, It) {
  const Checked head = check(GetParam().head);
  ASSERT_FALSE(head.has_value()) << GetParam().what;
  EXPECT_EQ(row_of(head.error().problem).type, row_of(GetParam().problem).type) << head.error().why;
  EXPECT_FALSE(head.error().why.empty());
}

std::string many_fields(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
  return lines;
}

INSTANTIATE_TEST_SUITE_P(
    Framing, Refuses,
    testing::Values(
        Bad{"length and coding", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n")},
        Bad{"coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n")},
        Bad{"two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n")},
        Bad{"two equal lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n")},
        Bad{"a list of lengths", post("Content-Length: 2, 2\r\n")},
        Bad{"a signed length", post("Content-Length: +2\r\n")},
        Bad{"a negative length", post("Content-Length: -2\r\n")},
        Bad{"a padded length", post("Content-Length: 02\r\n")},
        Bad{"a hexadecimal length", post("Content-Length: 0x2\r\n")},
        Bad{"an empty length", post("Content-Length: \r\n")},
        Bad{"a length past 64 bits", post("Content-Length: 18446744073709551616\r\n")},
        Bad{"two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        Bad{"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n"),
            Problem::kNotImplemented},
        Bad{"chunked, chunked", post("Transfer-Encoding: chunked, chunked\r\n"),
            Problem::kNotImplemented},
        Bad{"identity", post("Transfer-Encoding: identity\r\n"), Problem::kNotImplemented},
        Bad{"xchunked", post("Transfer-Encoding: xchunked\r\n"), Problem::kNotImplemented},
        Bad{"chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n"),
            Problem::kNotImplemented},
        Bad{"a coding with a vertical tab", post("Transfer-Encoding: \vchunked\r\n")},
        Bad{"a body with GET", head_with("GET / HTTP/1.1", "Content-Length: 1\r\n")},
        Bad{"a chunked body with DELETE",
            head_with("DELETE /a HTTP/1.1", "Transfer-Encoding: chunked\r\n")},
        Bad{"another expectation", post("Expect: 200-ok\r\n"), Problem::kExpectationFailed},
        Bad{"a content coding", post("Content-Encoding: gzip\r\n"),
            Problem::kUnsupportedMediaType}));

INSTANTIATE_TEST_SUITE_P(
    Fields, Refuses,
    testing::Values(
        Bad{"no Host", "GET / HTTP/1.1\r\n\r\n"},
        Bad{"two Hosts", head_with("GET / HTTP/1.1", "Host: other.example\r\n")},
        Bad{"two equal Hosts", head_with("GET / HTTP/1.1", "Host: gw.example\r\n")},
        Bad{"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
        Bad{"a Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        Bad{"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        Bad{"a Host with an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"},
        Bad{"a Host with letters as port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"},
        Bad{"a Host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"},
        Bad{"a folded line", post("X-A: b\r\n c\r\n")},
        Bad{"a line folded with a tab", post("X-A: b\r\n\tc\r\n")},
        Bad{"white space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
        Bad{"white space before the colon", post("X-A : b\r\n")}, Bad{"no colon", post("X-A\r\n")},
        Bad{"no name", post(": b\r\n")},
        Bad{"an underscore in a name", post("Content_Length: 5\r\n")},
        Bad{"a name that is no token", post("X(A): b\r\n")},
        Bad{"a name with a letter beyond ASCII", post("X-\xc3\xa9: b\r\n")},
        Bad{"a control in a value", post("X-A: b\x01\r\n")},
        Bad{"DEL in a value", post("X-A: b\x7f\r\n")},
        Bad{"a zero byte", post(std::string("X-A: b\0\r\n", 9))},
        Bad{"a bare line feed between lines", "GET / HTTP/1.1\nHost: a\r\n\r\n"},
        Bad{"a bare carriage return in a value", post("X-A: b\rX-B: c\r\n")},
        Bad{"two values of a single field", post("Idempotency-Key: a\r\nIdempotency-Key: b\r\n")},
        Bad{"two methods that are meant",
            post("X-HTTP-Method-Override: PATCH\r\nX-HTTP-Method-Override: PATCH\r\n")},
        Bad{"two cookies", post("Cookie: a=b\r\nCookie: c=d\r\n")},
        Bad{"two content types", post("Content-Type: a/b\r\nContent-Type: a/b\r\n")},
        Bad{"Connection that is no list of tokens", post("Connection: close;x\r\n")},
        Bad{"64 fields beside Host", post(many_fields(64)), Problem::kHeaderTooLarge},
        Bad{"a long line", post("X-A: " + std::string(8 << 10, 'a') + "\r\n"),
            Problem::kHeaderTooLarge},
        Bad{"a long name", post(std::string(9000, 'a') + ": b\r\n"), Problem::kHeaderTooLarge},
        Bad{"a head past its limit", post("X-A: " + std::string(70'000, 'a') + "\r\n"),
            Problem::kHeaderTooLarge}));

INSTANTIATE_TEST_SUITE_P(
    RequestLine, Refuses,
    testing::Values(
        Bad{"an absolute target", get("https://gw.example/v1")},
        Bad{"an asterisk", head_with("OPTIONS * HTTP/1.1")},
        Bad{"an authority", head_with("CONNECT a:1 HTTP/1.1"), Problem::kNotImplemented},
        Bad{"TRACE", head_with("TRACE / HTTP/1.1"), Problem::kNotImplemented},
        Bad{"a method in lower case", head_with("get / HTTP/1.1"), Problem::kNotImplemented},
        Bad{"a method that is no token", head_with("G[T / HTTP/1.1")},
        Bad{"dot segments", get("/v1/../etc")}, Bad{"an encoded slash", get("/v1/a%2fb")},
        Bad{"HTTP/1.0", head_with("GET / HTTP/1.0"), Problem::kVersionNotSupported},
        Bad{"HTTP/2.0", head_with("GET / HTTP/2.0"), Problem::kVersionNotSupported},
        Bad{"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\n", Problem::kVersionNotSupported},
        Bad{"a version in lower case", head_with("GET / http/1.1")},
        Bad{"no version", head_with("GET /")}, Bad{"two spaces", head_with("GET  / HTTP/1.1")},
        Bad{"a space in the target", head_with("GET /a b HTTP/1.1")},
        Bad{"a space at the end", head_with("GET / HTTP/1.1 ")},
        Bad{"a tab", head_with("GET\t/ HTTP/1.1")}, Bad{"an empty line first", "\r\n" + get("/")},
        Bad{"a long target", get("/" + std::string(9000, 'a')), Problem::kTargetTooLong},
        Bad{"bytes after the head", get("/") + "GET"},
        Bad{"no end", "GET / HTTP/1.1\r\nHost: a\r\n"}, Bad{"nothing", ""}));

TEST(HeadEnd, IsFoundWhereverTheBytesAreCut) {
  const std::string head = get("/v1/reports/1");
  for (std::size_t first = 0; first <= head.size(); ++first) {
    std::size_t scanned = 0;
    for (const std::size_t length : {first, first + 1, head.size() + 4}) {
      const std::string received = (head + "body").substr(0, length);
      const auto end = find_head_end(received, {}, scanned);
      ASSERT_TRUE(end.has_value()) << first;
      if (length < head.size()) {
        EXPECT_FALSE(end->has_value()) << first << " " << length;
      } else {
        EXPECT_EQ(*end, head.size()) << first << " " << length;
      }
      if (end->has_value()) break;
      scanned = received.size();
    }
  }
}

TEST(HeadEnd, RefusesWhatCannotBecomeAHead) {
  for (const std::string start :
       {"GET / HTTP/1.1\n", "\n", "GET / HTTP/1.1\rX", "\r\n", "a\r\nb\nc"}) {
    EXPECT_FALSE(find_head_end(start, {}).has_value()) << start;
  }
  EXPECT_FALSE(find_head_end(std::string_view("\x16\x03\x01\0", 4), {}).has_value());
  const HeadLimits limits;
  EXPECT_TRUE(find_head_end(std::string(limits.head_bytes, 'a'), limits).has_value());
  const auto long_head = find_head_end(std::string(limits.head_bytes + 1, 'a'), limits);
  ASSERT_FALSE(long_head.has_value());
  EXPECT_EQ(long_head.error().problem, Problem::kHeaderTooLarge);
}

TEST(HeadEnd, RefusesABareLineFeedAfterWhatWasScanned) {
  const std::string received = "GET / HTTP/1.1\r\nHost: a\n";
  EXPECT_FALSE(find_head_end(received, {}, received.size() - 1).has_value());
}

}  // namespace
}  // namespace heyan::http
