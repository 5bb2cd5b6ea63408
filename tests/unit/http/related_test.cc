#include "gateway/http/related.h"

#include <gtest/gtest.h>

namespace heyan::http {
namespace {

using core::ErrorCode;
using Kind = MultipartEvent::Kind;

constexpr std::string_view kType =
    "multipart/related; type=\"application/xop+xml\"; start=\"<r@x>\"; start-info=\"text/xml\"; "
    "boundary=b";

std::string part(std::string_view id, std::string_view fields, std::string_view body) {
  std::string text = "--b\r\n";
  if (!id.empty()) text += "Content-ID: <" + std::string(id) + ">\r\n";
  return text + std::string(fields) + "\r\n" + std::string(body) + "\r\n";
}
constexpr std::string_view kXop = "Content-Type: application/xop+xml; type=\"text/xml\"\r\n";

struct Read {
  std::vector<RelatedPart> parts;
  std::vector<std::string> bodies;
  std::optional<ErrorCode> error;
};

// `step`: bytes given at once.
Read read(std::string_view type, std::string_view body, std::size_t step = 1'000) {
  Read result;
  auto parser = RelatedParser::create(type, {});
  if (!parser) {
    result.error = parser.error().code;
    return result;
  }
  while (!result.error && !body.empty()) {
    core::ByteView input = core::as_bytes(body.substr(0, step));
    body.remove_prefix(std::min(step, body.size()));
    while (true) {
      const auto event = parser->next(input);
      if (!event) {
        result.error = event.error().code;
        break;
      }
      if (event->kind == Kind::kMore) break;
      if (event->kind == Kind::kPart) {
        result.parts.push_back(event->part);
        result.bodies.emplace_back();
      }
      if (event->kind == Kind::kData) result.bodies.back() += core::as_text(event->data);
    }
  }
  if (!result.error) {
    if (const auto end = parser->finish(); !end) result.error = end.error().code;
  }
  return result;
}

TEST(Related, ReadsTheRootAndItsParts) {
  const std::string body =
      part("a@x", "Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n",
           "1\r\n2") +
      part("r@x", kXop, "<a/>") + "--b--\r\n";
  for (const std::size_t step : {1U, 7U, 1'000U}) {
    const Read all = read(kType, body, step);
    ASSERT_FALSE(all.error) << step;
    ASSERT_EQ(all.parts.size(), 2U);
    EXPECT_FALSE(all.parts[0].root);
    EXPECT_EQ(all.parts[0].content_id, "a@x");
    EXPECT_EQ(all.parts[0].content_type, "application/pdf");
    EXPECT_EQ(all.bodies[0], "1\r\n2");
    EXPECT_TRUE(all.parts[1].root);
    EXPECT_EQ(all.bodies[1], "<a/>");
  }
}

TEST(Related, TakesTheFirstPartWhereNothingIsNamed) {
  const Read all =
      read("multipart/related; boundary=b", part("", "", "r") + part("a", "", "1") + "--b--");
  ASSERT_FALSE(all.error);
  EXPECT_TRUE(all.parts[0].root);
  EXPECT_FALSE(all.parts[1].root);
}

TEST(Related, RefusesWhatTwoReadersSeeDifferently) {
  const std::string root = part("r@x", kXop, "<a/>");
  struct Case {
    std::string body;
    ErrorCode error;
  };
  for (const Case& one :
       {Case{root + part("a", "", "1") + part("a", "", "2") + "--b--", ErrorCode::kDuplicate},
        Case{root + root + "--b--", ErrorCode::kDuplicate},
        Case{part("a", "", "1") + "--b--", ErrorCode::kNotFound},
        Case{root + part("", "", "1") + "--b--", ErrorCode::kMalformed},
        Case{root, ErrorCode::kTruncated}, Case{root + "--b-", ErrorCode::kTruncated},
        Case{root + part("a", "Content-ID: <c>\r\n", "1") + "--b--", ErrorCode::kDuplicate},
        Case{root + part("a", "Content-Type: a/b\r\nContent-Type: a/c\r\n", "1") + "--b--",
             ErrorCode::kDuplicate},
        Case{root + part("a", "Content-Transfer-Encoding: base64\r\n", "MQ==") + "--b--",
             ErrorCode::kUnsupported},
        Case{root + part("a", "Content-Transfer-Encoding: quoted-printable\r\n", "1") + "--b--",
             ErrorCode::kUnsupported},
        Case{root + part("a", "Content-Type: multipart/mixed; boundary=c\r\n", "1") + "--b--",
             ErrorCode::kUnsupported},
        Case{part("r@x", "Content-Type: text/html\r\n", "1") + "--b--", ErrorCode::kUnsupported},
        Case{root + part("a b", "", "1") + "--b--", ErrorCode::kMalformed},
        Case{root + part("<a", "", "1") + "--b--", ErrorCode::kMalformed},
        Case{root + part("\xe2\x80\xae", "", "1") + "--b--", ErrorCode::kMalformed},
        Case{root + part("\xff", "", "1") + "--b--", ErrorCode::kMalformed},
        Case{root + part("", "Content-ID: a\r\n", "1") + "--b--", ErrorCode::kMalformed},
        Case{root + part(std::string(256, 'a'), "", "1") + "--b--", ErrorCode::kLimit},
        Case{root + "--b--\r\nmore", ErrorCode::kTrailing}}) {
    EXPECT_EQ(read(kType, one.body).error, one.error) << one.body;
  }
}

TEST(Related, BoundsTheParts) {
  std::string body = part("r@x", kXop, "<a/>");
  for (int i = 0; i < 1'000; ++i) body += part("p" + std::to_string(i), "", "");
  const Read all = read(kType, body + "--b--");
  EXPECT_EQ(all.error, ErrorCode::kLimit);
  EXPECT_EQ(all.parts.size(), 100U);
}

TEST(Related, NeedsItsMediaType) {
  EXPECT_EQ(read("multipart/form-data; boundary=b", "").error, ErrorCode::kUnsupported);
  EXPECT_EQ(read("multipart/related", "").error, ErrorCode::kMalformed);
  EXPECT_EQ(read("multipart/related; boundary=b; boundary=c", "").error, ErrorCode::kDuplicate);
  EXPECT_EQ(read("multipart/related; boundary=b; start=r", "").error, ErrorCode::kMalformed);
  EXPECT_EQ(read("multipart/related; boundary=b; start=\"<>\"", "").error, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace heyan::http
