// Small texts of messages: hashes, addresses, media types.
#include <gtest/gtest.h>

#include "court_adapters/ecf/attachments.h"
#include "court_adapters/ecf/base64_text.h"
#include "court_adapters/ecf/hash_text.h"
#include "court_adapters/ecf/media_type.h"

namespace heyan::court_adapters::ecf {
namespace {

using Form = HashText::Form;

TEST(EcfHashText, IsSha256InHexOrBase64) {
  const core::Bytes digest(32, 0xAB);
  EXPECT_EQ(read_hash(core::to_hex(digest)).form, Form::kHex);
  EXPECT_EQ(read_hash(core::to_hex(digest)).sha256, digest);
  std::string upper = core::to_hex(digest);
  for (char& c : upper) c = c >= 'a' ? static_cast<char>(c - 32) : c;
  EXPECT_EQ(read_hash(upper).sha256, digest);
  EXPECT_EQ(read_hash(core::to_base64(digest)).form, Form::kBase64);
  EXPECT_EQ(read_hash(core::to_base64(digest)).sha256, digest);
}

TEST(EcfHashText, IsNothingElse) {
  EXPECT_EQ(read_hash("").form, Form::kNone);
  for (const std::size_t bytes : {16U, 20U, 28U, 48U, 64U}) {
    const core::Bytes digest(bytes, 1);
    EXPECT_EQ(read_hash(core::to_hex(digest)).form, Form::kRefused) << bytes;
    EXPECT_EQ(read_hash(core::to_base64(digest)).form, Form::kRefused) << bytes;
    EXPECT_TRUE(read_hash(core::to_hex(digest)).sha256.empty());
  }
  const std::string hex(64, 'a');
  for (const std::string& text :
       {hex + "a", hex.substr(1), "0x" + hex, hex + " ", std::string("?"), std::string(60, 'g'),
        std::string("j6lwx3rvEPO0vKtMup4NbeVu8nk")}) {
    EXPECT_EQ(read_hash(text).form, Form::kNoHash) << text;
  }
}

TEST(EcfContentId, IsOfPartsOnly) {
  EXPECT_EQ(content_id_of("cid:a@b"), "a@b");
  EXPECT_EQ(content_id_of("cid://Payload1"), "Payload1");
  EXPECT_EQ(content_id_of("Cid:a%40b%2fc"), "a@b/c");
  for (const std::string_view uri : {"", "cid", "cid:", "cid://", "cid:%", "cid:%4", "cid:%4g",
                                     "a@b", "http://cid:a", "mid:a@b", "xcid:a", "file:cid:a"}) {
    EXPECT_EQ(content_id_of(uri), std::nullopt) << uri;
  }
}

TEST(EcfMediaType, IsTakenFromAField) {
  EXPECT_EQ(media_type(" Text/XML ; charset=utf-8"), "text/xml");
  EXPECT_EQ(media_type(""), "");
  EXPECT_EQ(charset("text/xml; a=b; Charset=\"UTF-8\""), "utf-8");
  EXPECT_EQ(charset("text/xml;charset=GB18030"), "gb18030");
  EXPECT_EQ(charset("text/xml; xcharset=a"), "");
  EXPECT_EQ(charset("text/xml"), "");
  EXPECT_EQ(charset(";;;"), "");
  EXPECT_EQ(file_ending("application/pdf"), ".pdf");
  EXPECT_EQ(file_ending("../pdf"), ".bin");
  EXPECT_EQ(file_ending(""), ".bin");
}

TEST(EcfBase64, MayHoldWhiteSpaceAndNothingElse) {
  EXPECT_EQ(from_base64_text(" aG\tVs\r\nbG8= "), core::to_bytes("hello"));
  EXPECT_EQ(from_base64_text(""), core::Bytes());
  for (const char* text : {"aGVsbG8", "aGVsbG8=x", "a!==", "aGVsbG9=", "====", "aGVs_G8="}) {
    EXPECT_EQ(from_base64_text(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace heyan::court_adapters::ecf
