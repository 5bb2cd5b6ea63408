// Files of secrets: what the gateway could not use is refused, and it is said why.
#include "gateway/ops/secrets.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::ops {
namespace {

using core::ErrorCode;
using testing::HasSubstr;

class SecretsTest : public testing::Test {
 protected:
  std::filesystem::path file(std::string_view text, mode_t mode = 0600) {
    auto written = folder_.write("secret", text);
    EXPECT_EQ(::chmod(written.c_str(), mode), 0);
    return written;
  }
  static void expect(const auto& refused, ErrorCode code, const char* text) {
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, code);
    EXPECT_THAT(std::string(refused.error().text), HasSubstr(text));
  }

  os::TemporaryFolder folder_;
};

TEST_F(SecretsTest, APasswordIsOneLine) {
  EXPECT_EQ(read_password(file("a b'\\c")).value(), "a b'\\c");
  EXPECT_EQ(read_password(file("pass\n")).value(), "pass");
  const std::string longest(kMostPassword, 'x');
  EXPECT_EQ(read_password(file(longest)).value(), longest);
  EXPECT_EQ(read_password(file(longest + "\n")).value(), longest);
}

TEST_F(SecretsTest, WhatIsNoPasswordIsRefusedAndSaid) {
  expect(read_password(folder_ / "nobody"), ErrorCode::kNotFound, "");
  for (const char* empty : {"", "\n"}) {
    expect(read_password(file(empty)), ErrorCode::kMalformed, "is empty");
  }
  for (const std::size_t more : {1u, 2u, 5000u}) {
    const std::string text(kMostPassword + more, 'x');
    expect(read_password(file(text)), ErrorCode::kMalformed, "is too long");
    expect(read_password(file(text + "\n")), ErrorCode::kMalformed, "is too long");
  }
  for (const char* lines : {"a\nb", "a\n\n", "\na", "a\r\n", "a\tb"}) {
    expect(read_password(file(lines)), ErrorCode::kMalformed, "no single line");
  }
  expect(read_password(file(std::string("a\0b", 3))), ErrorCode::kMalformed, "no single line");
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U, 0666U}) {
    expect(read_password(file("pass\n", mode)), ErrorCode::kUnsupported, "mode 0600");
  }
  EXPECT_FALSE(read_password(folder_.path()).has_value()) << "a folder";
}

TEST_F(SecretsTest, AnAccessKeyIsTwoLines) {
  const AccessKey key = read_access_key(file("heyan:vault\nsecret+/=\n")).value();
  EXPECT_EQ(key.name, "heyan:vault");
  EXPECT_EQ(key.secret, "secret+/=");
  expect(read_access_key(folder_ / "nobody"), ErrorCode::kNotFound, "");
  expect(read_access_key(file("")), ErrorCode::kMalformed, "is empty");
  expect(read_access_key(file("name\n" + std::string(4096, 'x'))), ErrorCode::kMalformed,
         "is too long");
  for (const char* other :
       {"name", "name\n\n", "\nsecret\n", "name\nsecret\nmore\n", "na me\nx\n"}) {
    expect(read_access_key(file(other)), ErrorCode::kMalformed, "a line with its name");
  }
  expect(read_access_key(file("name\nsecret\n", 0644)), ErrorCode::kUnsupported, "mode 0600");
}

TEST_F(SecretsTest, ASecretIsItsOwnersAlone) {
  EXPECT_EQ(read_secret(file("a\nb\n"), 3).value(), "a\nb");
  EXPECT_EQ(read_private_key(file("PEM\n")).value(), "PEM\n");
  expect(read_secret(file("abcd"), 3), ErrorCode::kMalformed, "is too long");
  expect(read_secret(file("\n"), 3), ErrorCode::kMalformed, "is empty");
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U, 0666U}) {
    expect(read_secret(file("a", mode), 3), ErrorCode::kUnsupported, "mode 0600");
    expect(read_private_key(file("PEM\n", mode)), ErrorCode::kUnsupported, "mode 0600");
  }
}

// As Debian's ssl-cert has them: root:ssl-cert, 0640.
TEST_F(SecretsTest, AKeyOfTlsMayBeReadByItsGroup) {
  for (const mode_t mode : {0400U, 0600U, 0440U, 0640U}) {
    EXPECT_EQ(read_tls_key(file("PEM\n", mode)).value(), "PEM\n");
    std::filesystem::remove(folder_ / "secret");
  }
  for (const mode_t mode : {0644U, 0604U, 0660U, 0620U, 0650U, 0666U, 0602U}) {
    expect(read_tls_key(file("PEM\n", mode)), ErrorCode::kUnsupported, "0640 for its group");
  }
}

}  // namespace
}  // namespace heyan::ops
