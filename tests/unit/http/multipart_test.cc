#include "gateway/http/multipart.h"

#include <gmock/gmock.h>

#include <random>

#include "gateway/http/form_data.h"

namespace heyan::http {
namespace {

using core::ErrorCode;
using Kind = MultipartEvent::Kind;

struct Parsed {
  std::vector<FormPart> parts;
  std::vector<std::string> bodies;
  bool operator==(const Parsed& other) const { return bodies == other.bodies; }
};

constexpr std::string_view kType = "multipart/form-data; boundary=XX";

// Reads `body` in pieces of `step` bytes.
core::Result<Parsed> read(std::string_view body, std::size_t step = 7,
                          const MultipartLimits& limits = {}, std::string_view type = kType) {
  HEYAN_TRY(FormDataParser parser, FormDataParser::create(type, limits));
  Parsed parsed;
  for (std::size_t at = 0; at < body.size(); at += step) {
    core::ByteView input = core::as_bytes(body.substr(at, step));
    while (true) {
      HEYAN_TRY(const FormEvent event, parser.next(input));
      if (event.kind == Kind::kMore) break;
      if (event.kind == Kind::kPart) {
        parsed.parts.push_back(event.part);
        parsed.bodies.emplace_back();
      }
      if (event.kind == Kind::kData) {
        EXPECT_FALSE(event.data.empty());
        parsed.bodies.back() += core::as_text(event.data);
      }
    }
    EXPECT_TRUE(input.empty());
  }
  HEYAN_CHECK_OK(parser.finish());
  return parsed;
}

std::string part(const std::string& disposition, const std::string& body,
                 const std::string& more = "") {
  return "--XX\r\nContent-Disposition: " + disposition + "\r\n" + more + "\r\n" + body + "\r\n";
}
std::string field(const std::string& name, const std::string& body) {
  return part("form-data; name=\"" + name + "\"", body);
}

TEST(Multipart, ReadsPartsWhereverTheBytesAreCut) {
  // Bodies full of what looks like the delimiter.
  const std::vector<std::string> bodies = {"{}",
                                           "",
                                           "\r\n",
                                           "\r\n--",
                                           "\r\n--X",
                                           "\r\r\n--XY\r\n-",
                                           "\r\n\r\n--X\r",
                                           "\r",
                                           "-",
                                           "a\nb",
                                           std::string("\0\xff\r\n\0", 5),
                                           std::string(5000, '\r')};
  std::string body;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    body += field("p" + std::to_string(i), bodies[i]);
  }
  body += "--XX--\r\n";
  for (std::size_t step = 1; step < 300; ++step) {
    const auto parsed = read(body, step);
    ASSERT_TRUE(parsed.has_value()) << step << " " << parsed.error().text;
    EXPECT_EQ(parsed->bodies, bodies) << step;
  }
}

TEST(Multipart, SaysWhatAPartIsCalled) {
  const auto parsed = read(part("form-data; name=\"files/证据.pdf\"; filename=\"证据一.pdf\"", "x",
                                "content-type: application/pdf\r\nContent-Length: 1\r\n") +
                           part("Form-Data;name=a", "") + "--XX--");
  ASSERT_TRUE(parsed.has_value()) << parsed.error().text;
  EXPECT_EQ(parsed->parts[0].name, "files/证据.pdf");
  EXPECT_EQ(parsed->parts[0].file_name, "证据一.pdf");
  EXPECT_EQ(parsed->parts[0].content_type, "application/pdf");
  EXPECT_EQ(parsed->parts[1].name, "a");
  EXPECT_EQ(parsed->parts[1].file_name, std::nullopt);
}

TEST(Multipart, EndsWithOrWithoutALastLineBreak) {
  EXPECT_TRUE(read(field("a", "x") + "--XX--").has_value());
  EXPECT_TRUE(read(field("a", "x") + "--XX--\r\n").has_value());
}

TEST(Multipart, TakesTheWholeAlphabetOfBoundaries) {
  const std::string boundary = "0'()+_,-./:=? Z";
  const std::string body = "--" + boundary +
                           "\r\ncontent-disposition: form-data; name=a\r\n\r\nx\r\n--" + boundary +
                           "--";
  EXPECT_TRUE(read(body, 3, {}, "multipart/form-data; boundary=\"" + boundary + "\"").has_value());
}

TEST(Boundary, IsRefusedWhereItIsNone) {
  const std::string long_one(71, 'a');
  for (const std::string& type :
       {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
        std::string("multipart/form-data; boundary=\"\""),
        "multipart/form-data; boundary=" + long_one,
        std::string("multipart/form-data; boundary=\"a \""),
        std::string("multipart/form-data; boundary=\"a\\b\""),
        std::string("multipart/form-data; boundary=a; boundary=b"),
        std::string("multipart/form-data; boundary=\"a"),
        std::string("multipart/form-data; boundary=\"a*\""),
        std::string("multipart/form-data; boundary=a b"),
        std::string("multipart/mixed; boundary=a"), std::string("application/zip"),
        std::string("")}) {
    EXPECT_FALSE(parse_boundary(type, "multipart/form-data").has_value()) << type;
  }
  EXPECT_EQ(parse_boundary("application/zip", "multipart/form-data").error().code,
            ErrorCode::kUnsupported);
  EXPECT_TRUE(
      parse_boundary("multipart/form-data; boundary=" + std::string(70, 'a'), "multipart/form-data")
          .has_value());
}

struct Bad {
  std::string what;
  std::string body;
  ErrorCode code = ErrorCode::kMalformed;
};

class RefusesBody : public testing::TestWithParam<Bad> {};

TEST_P(RefusesBody, HoweverItIsCut) {
  for (const std::size_t step :
       {std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{4096}}) {
    const auto parsed = read(GetParam().body, step);
    ASSERT_FALSE(parsed.has_value()) << GetParam().what << " " << step;
    EXPECT_EQ(core::name(parsed.error().code), core::name(GetParam().code)) << parsed.error().text;
  }
}

const std::string kGood = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX--";

INSTANTIATE_TEST_SUITE_P(
    Shape, RefusesBody,
    testing::Values(Bad{"nothing", "", ErrorCode::kTruncated},
                    Bad{"a preamble", "hello\r\n" + kGood},
                    Bad{"a line break first", "\r\n" + kGood},
                    Bad{"an epilogue", kGood + "\r\nmore", ErrorCode::kTrailing},
                    Bad{"two line breaks after the end", kGood + "\r\n\r\n", ErrorCode::kTrailing},
                    Bad{"a bare line feed after the end", kGood + "\n", ErrorCode::kTrailing},
                    Bad{"half a line break after the end", kGood + "\r", ErrorCode::kTruncated},
                    Bad{"no end", field("a", "x"), ErrorCode::kTruncated},
                    Bad{"an end that is cut", field("a", "x") + "--XX-", ErrorCode::kTruncated},
                    Bad{"a cut body", "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
                        ErrorCode::kTruncated},
                    Bad{"a cut header", "--XX\r\nContent-Dispo", ErrorCode::kTruncated},
                    Bad{"no part", "--XX--"}, Bad{"padding", "--XX \r\n" + kGood.substr(6)},
                    Bad{"a longer boundary", field("a", "x\r\n--XXY")},
                    Bad{"a bare line feed after the boundary", "--XX\n" + kGood.substr(6)},
                    Bad{"another boundary", "--YY" + kGood.substr(4)},
                    Bad{"a boundary with one hyphen", "-" + kGood.substr(2)},
                    Bad{"a body that begins with the boundary", field("a", "--XX\r\nx")},
                    Bad{"no empty line after the header",
                        "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n--XX--"},
                    Bad{"bare line feeds in a header",
                        "--XX\r\nContent-Disposition: form-data; name=a\n\nx\r\n--XX--"},
                    Bad{"a folded header", part("form-data;\r\n name=a", "x") + "--XX--"},
                    Bad{"an underscore in a name",
                        part("form-data; name=a", "x", "Content_Type: a/b\r\n") + "--XX--"},
                    Bad{"no header", "--XX\r\n\r\nx\r\n--XX--"}));

INSTANTIATE_TEST_SUITE_P(
    Parts, RefusesBody,
    testing::Values(
        Bad{"two parts of one name", field("a", "1") + field("a", "2") + "--XX--",
            ErrorCode::kDuplicate},
        Bad{"no name", part("form-data", "x") + "--XX--"},
        Bad{"an empty name", field("", "x") + "--XX--"},
        Bad{"attachment", part("attachment; name=a", "x") + "--XX--"},
        Bad{"two names", part("form-data; name=a; name=b", "x") + "--XX--", ErrorCode::kDuplicate},
        Bad{"two file names", part("form-data; name=a; filename=b; filename=c", "x") + "--XX--",
            ErrorCode::kDuplicate},
        Bad{"filename*", part("form-data; name=a; filename*=UTF-8''b", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"filename and filename*",
            part("form-data; name=a; filename=\"a.exe\"; filename*=UTF-8''b.pdf", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"filename* before another filename",
            part("form-data; name=a; filename*=UTF-8''b.pdf; filename=a.exe", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"filename* in another case",
            part("form-data; name=a; filename=a.pdf; filename*=UTF-8''A.pdf", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"filename* in another charset",
            part("form-data; name=a; filename=a.pdf; filename*=ISO-8859-1''a.pdf", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"filename* twice",
            part("form-data; name=a; filename=b; filename*=UTF-8''b; filename*=UTF-8''b", "x") +
                "--XX--",
            ErrorCode::kDuplicate},
        Bad{"name*", part("form-data; name=a; name*=UTF-8''b", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"a backslash in a name", part("form-data; name=\"a\\\"b\"", "x") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"a folder in Windows' way",
            part("form-data; name=a; filename=\"C:\\a\"", "x") + "--XX--", ErrorCode::kUnsupported},
        Bad{"an open quotation", part("form-data; name=\"a", "x") + "--XX--"},
        Bad{"something after a quotation", part("form-data; name=\"a\"b", "x") + "--XX--"},
        Bad{"a name that is not UTF-8", field("a\xff", "x") + "--XX--"},
        Bad{"a bidirectional control", field("a\xe2\x80\xae", "x") + "--XX--"},
        Bad{"a tab in a name", field("a\tb", "x") + "--XX--"},
        Bad{"two dispositions",
            part("form-data; name=a", "x", "Content-Disposition: form-data; name=b\r\n") +
                "--XX--"},
        Bad{"two types",
            part("form-data; name=a", "x", "Content-Type: a/b\r\nContent-Type: a/b\r\n") +
                "--XX--"},
        Bad{"a transfer encoding",
            part("form-data; name=a", "x", "Content-Transfer-Encoding: base64\r\n") + "--XX--",
            ErrorCode::kUnsupported},
        Bad{"one of two transfer encodings",
            part("form-data; name=a", "x",
                 "Content-Transfer-Encoding: binary\r\n"
                 "Content-Transfer-Encoding: quoted-printable\r\n") +
                "--XX--",
            ErrorCode::kUnsupported},
        Bad{"nested multipart",
            part("form-data; name=a", "x", "Content-Type: Multipart/Mixed; boundary=y\r\n") +
                "--XX--",
            ErrorCode::kUnsupported},
        Bad{"a long name", field(std::string(256, 'a'), "x") + "--XX--", ErrorCode::kLimit},
        Bad{"a long file name",
            part("form-data; name=a; filename=" + std::string(256, 'b'), "x") + "--XX--",
            ErrorCode::kLimit},
        Bad{"a long header",
            part("form-data; name=a", "x", "X: " + std::string(9000, 'b') + "\r\n"),
            ErrorCode::kLimit},
        Bad{"a header without end", "--XX\r\n" + std::string(9000, 'b'), ErrorCode::kLimit}));

// As libraries of Java (Apache HttpClient) and .NET write them.
TEST(Multipart, TakesWhatSaysNothingElse) {
  for (const std::string encoding : {"binary", "8bit", "7BIT"}) {
    const auto parsed =
        read(part("form-data; name=a", "x", "Content-Transfer-Encoding: " + encoding + "\r\n") +
             "--XX--");
    ASSERT_TRUE(parsed.has_value()) << encoding;
    EXPECT_EQ(parsed->bodies[0], "x");
  }
  for (const std::string names :
       {"filename=a.txt; filename*=utf-8''a.txt", "filename*=UTF-8''a.txt; filename=\"a.txt\"",
        "filename=\"a (1).txt\"; filename*=utf-8''a%20%281%29.txt",
        "filename=\"证\"; filename*=utf-8''%E8%AF%81"}) {
    const auto parsed = read(part("form-data; name=\"files/a\"; " + names, "x") + "--XX--");
    ASSERT_TRUE(parsed.has_value()) << names;
    EXPECT_EQ(parsed->parts[0].name, "files/a");
    EXPECT_FALSE(parsed->parts[0].file_name->contains('\''));
  }
}

TEST(MultipartLimit, CountsParts) {
  std::string body;
  for (int i = 0; i < 3; ++i) body += field("p" + std::to_string(i), "x");
  MultipartLimits limits;
  limits.parts = 3;
  EXPECT_TRUE(read(body + "--XX--", 9, limits).has_value());
  limits.parts = 2;
  EXPECT_EQ(read(body + "--XX--", 9, limits).error().code, ErrorCode::kLimit);
}

TEST(MultipartFailure, IsFinal) {
  MultipartParser parser("XX", {});
  core::ByteView input = core::as_bytes("bad");
  EXPECT_FALSE(parser.next(input).has_value());
  input = core::as_bytes(kGood);
  EXPECT_FALSE(parser.next(input).has_value());
  EXPECT_FALSE(parser.finish().has_value());
}

TEST(MultipartData, IsPassedOnWithoutCopies) {
  MultipartParser parser("XX", {});
  const std::string big = "--XX\r\n\r\n" + std::string(1 << 20, 'a');
  core::ByteView input = core::as_bytes(big);
  EXPECT_EQ(parser.next(input)->kind, Kind::kPart);
  const auto data = parser.next(input);
  EXPECT_EQ(data->data.size(), 1u << 20);
  EXPECT_EQ(core::as_text(data->data).data(), big.data() + 8);
}

TEST(FileName, IsShownWithoutFoldersAndControls) {
  EXPECT_EQ(shown_file_name("../../etc/cron.d/x"), "x");
  EXPECT_EQ(shown_file_name("C:\\a\\b.pdf"), "b.pdf");
  EXPECT_EQ(shown_file_name("证据一.pdf"), "证据一.pdf");
  EXPECT_EQ(shown_file_name("a/.."), "");
  EXPECT_EQ(shown_file_name("a/"), "");
  EXPECT_EQ(shown_file_name("fdp\xe2\x80\xae.exe"), "fdp⟨U+202E⟩.exe");
}

}  // namespace
}  // namespace heyan::http
