#include "gateway/http/message_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heyan::http {
namespace {

using core::ErrorCode;
using ::testing::ElementsAre;

// What came, as lines.
class Heard final : public MessageTaker {
 public:
  core::Result<void> begin_message(const std::string& content_type) override {
    lines.push_back("message " + content_type + ": ");
    return {};
  }
  core::Result<void> begin_part(const FormPart& part) override {
    lines.push_back("part " + part.name + ": ");
    return {};
  }
  core::Result<void> append(core::ByteView bytes) override {
    lines.back() += core::to_string(bytes);
    return {};
  }
  core::Result<void> finish() override {
    lines.back() += ".";
    return {};
  }
  std::vector<std::string> lines;
};

core::Result<void> send(std::string_view type, std::string_view body, Heard& heard) {
  HEYAN_TRY(auto message, MessageBody::create(type, heard));
  for (const char& one : body) HEYAN_CHECK_OK(message.feed(core::as_bytes({&one, 1})));
  return message.finish();
}

constexpr std::string_view kForm = "multipart/form-data; boundary=b";
constexpr std::string_view kTwoParts =
    "--b\r\ncontent-disposition: form-data; name=\"message\"\r\ncontent-type: text/xml\r\n\r\n<a/>"
    "\r\n--b\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\nX\r\n--b--\r\n";

TEST(MessageBody, IsTheMessageItself) {
  Heard heard;
  ASSERT_TRUE(send("text/xml; charset=utf-8", "<a/>", heard).has_value());
  EXPECT_THAT(heard.lines, ElementsAre("message text/xml; charset=utf-8: <a/>."));
}

TEST(MessageBody, IsAMessageThatMayBeEmptyAndOfNoType) {
  Heard heard;
  ASSERT_TRUE(send("", "", heard).has_value());
  EXPECT_THAT(heard.lines, ElementsAre("message : ."));
}

TEST(MessageBody, IsAFieldAmongOthers) {
  Heard heard;
  ASSERT_TRUE(send(kForm, kTwoParts, heard).has_value());
  EXPECT_THAT(heard.lines, ElementsAre("message text/xml: <a/>.", "part x: X."));
}

TEST(MessageBody, ThatIsNotThereIsMissed) {
  Heard heard;
  EXPECT_EQ(
      send(kForm, "--b\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\nX\r\n--b--\r\n", heard)
          .error()
          .code,
      ErrorCode::kMalformed);
}

TEST(MessageBody, ThatStandsThereTwiceIsRefused) {
  Heard heard;
  const std::string part = "--b\r\ncontent-disposition: form-data; name=\"message\"\r\n\r\nX\r\n";
  EXPECT_FALSE(send(kForm, part + part + "--b--\r\n", heard).has_value());
}

TEST(MessageBody, ThatIsCutOffIsTruncated) {
  Heard heard;
  EXPECT_EQ(send(kForm, kTwoParts.substr(0, kTwoParts.size() - 8), heard).error().code,
            ErrorCode::kTruncated);
}

TEST(MessageBody, WithANameLongerThanAFilesIsRefused) {
  for (const std::size_t size : {255u, 256u}) {
    Heard heard;
    std::string body(kTwoParts);
    body.replace(body.find("name=\"x\""), 8, "name=\"" + std::string(size, 'x') + "\"");
    const auto sent = send(kForm, body, heard);
    EXPECT_EQ(sent.has_value(), size == 255);
    EXPECT_TRUE(sent || sent.error().code == ErrorCode::kLimit);
  }
}

TEST(MessageBody, WithoutABoundaryIsRefused) {
  Heard heard;
  EXPECT_FALSE(MessageBody::create("multipart/form-data", heard).has_value());
}

constexpr std::string_view kRelated =
    "multipart/related; boundary=b; type=\"application/xop+xml\"; start=\"<root>\"";
constexpr std::string_view kRootLast =
    "--b\r\ncontent-id: <one@x>\r\n\r\n1\r\n"
    "--b\r\ncontent-id: <root>\r\ncontent-type: application/xop+xml\r\n\r\n<a/>\r\n--b--\r\n";

TEST(MessageBody, IsTheRootWhereverItStands) {
  Heard heard;
  ASSERT_TRUE(send(kRelated, kRootLast, heard).has_value());
  EXPECT_THAT(heard.lines, ElementsAre("part one@x: 1.", "message application/xop+xml: <a/>."));
}

TEST(MessageBody, WithoutItsRootIsMalformedAndNotSomethingThatWasNotFound) {
  Heard heard;
  EXPECT_EQ(send(kRelated, "--b\r\ncontent-id: <one@x>\r\n\r\n1\r\n--b--\r\n", heard).error().code,
            ErrorCode::kMalformed);
}

TEST(MessageBody, WithTwoPartsOfOneNameIsMalformed) {
  Heard heard;
  const std::string part = "--b\r\ncontent-id: <one@x>\r\n\r\n1\r\n";
  EXPECT_EQ(send(kRelated, part + part + "--b--\r\n", heard).error().code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace heyan::http
