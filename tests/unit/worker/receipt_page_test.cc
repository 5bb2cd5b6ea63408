// A receipt as pages: what the receipt has, in both languages, and the receipt itself within.
#include "gateway/worker/receipt_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/poppler.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::worker {
namespace {

using catalogue::Language;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kDigest(64, 'a');

v1::FiledReceipt receipt(const std::string& name = "网页取证") {
  v1::FiledReceipt receipt;
  receipt.set_text(
      R"({"court":{"code":"0491","name":"样例互联网法院"},"files":[{"path":"case.json",)"
      R"("sha256":")" +
      kDigest + R"(","size":1234}],"intake":7,"items":[{"id":"E1","name":")" + name +
      R"(","path":"files/a.html"}],"log":"heyan.example/log","number":"0123",)"
      R"("receivedAt":"2026-11-27T08:09:10Z","submission":"0123"})");
  receipt.set_jws("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl");
  return receipt;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string printed(const v1::FiledReceipt& receipt, Language language) {
  const auto file = print_receipt(receipt, language, pdf::test_fonts());
  EXPECT_TRUE(file.has_value()) << file.error().text;
  return file.value_or("");
}

TEST(ReceiptPageTest, SaysWhatTheReceiptHasInBothLanguages) {
  for (const auto& [language, word, meaning] :
       {std::tuple(Language::kChinese, "回执编号", "不是核验结论"),
        std::tuple(Language::kEnglish, "Receipt 0123", "only says that these files")}) {
    const std::string text = pdf::text_of(printed(receipt(), language));
    for (const char* expected :
         {word, meaning, "0123", "样例互联网法院", "网页取证", "files/a.html", "case.json", "1234",
          "heyan.example/log", "2026-11-27T08:09:10Z"}) {
      EXPECT_THAT(text, HasSubstr(expected));
    }
    EXPECT_THAT(text, HasSubstr("aaaaaaaa"));
  }
}

TEST(ReceiptPageTest, NamesCopiesAndPages) {
  v1::FiledReceipt counted = receipt();
  counted.set_text(
      with(counted.text(), R"("path":"files/a.html"})",
           R"("pages":31,"path":"files/a.html"},{"id":"E2","name":"合同","pages":12,"path":"b"})"));
  const std::string zh = pdf::text_of(printed(counted, Language::kChinese));
  for (const char* expected : {"份数", "页数", "31", "12", "页数合计", "43"}) {
    EXPECT_THAT(zh, HasSubstr(expected));
  }
  EXPECT_THAT(zh, Not(HasSubstr("未填")));
  EXPECT_THAT(pdf::text_of(printed(counted, Language::kEnglish)), HasSubstr("Pages in all"));
}

TEST(ReceiptPageTest, AddsNoPagesUpWhereSomeAreNotCounted) {
  v1::FiledReceipt some = receipt();
  some.set_text(with(some.text(), R"("path":"files/a.html"})",
                     R"("path":"files/a.html"},{"id":"E2","name":"合同","pages":12,"path":"b"})"));
  const std::string zh = pdf::text_of(printed(some, Language::kChinese));
  EXPECT_THAT(zh, HasSubstr("未填"));
  EXPECT_THAT(zh, Not(HasSubstr("页数合计")));
  EXPECT_THAT(pdf::text_of(printed(some, Language::kEnglish)), HasSubstr("not given"));
}

TEST(ReceiptPageTest, IsNoReportAndNoDraftOfOne) {
  const std::string zh = pdf::text_of(printed(receipt(), Language::kChinese));
  EXPECT_THAT(zh, Not(HasSubstr("草稿")));
  EXPECT_THAT(zh, Not(HasSubstr("报告编号")));
  const std::string en = pdf::text_of(printed(receipt(), Language::kEnglish));
  EXPECT_THAT(en, Not(HasSubstr("Draft")));
}

TEST(ReceiptPageTest, HoldsTheSignedReceiptAndItsFingerprint) {
  const std::string file = printed(receipt(), Language::kEnglish);
  EXPECT_THAT(file, HasSubstr(receipt().jws()));
  EXPECT_THAT(pdf::text_of(file),
              HasSubstr(core::to_hex(crypto::sha256(core::as_bytes(receipt().jws())))));
}

TEST(ReceiptPageTest, TheSameReceiptGivesTheSameBytes) {
  EXPECT_EQ(printed(receipt(), Language::kChinese), printed(receipt(), Language::kChinese));
}

TEST(ReceiptPageTest, ShowsControlsAsWhatTheyAre) {
  const std::string text = pdf::text_of(printed(receipt("gpj.\\u202Etxt"), Language::kEnglish));
  EXPECT_THAT(text, HasSubstr("U+202E"));
}

TEST(ReceiptPageTest, GoesOnOverManyPages) {
  v1::FiledReceipt many = receipt();
  std::string items;
  for (int i = 100; i < 400; ++i) {
    items += R"({"id":"E)" + std::to_string(i) + R"(","name":"n","path":"p"},)";
  }
  std::string text = many.text();
  text.insert(text.find(R"({"id":"E1")"), items);
  many.set_text(text);
  const std::string file = printed(many, Language::kEnglish);
  EXPECT_GT(pdf::page_count(file), 3);
  EXPECT_THAT(pdf::text_of(file), HasSubstr("E399"));
}

TEST(ReceiptPageTest, IsMadeOfNothingElse) {
  for (const char* text :
       {"", "{}", "[]", "{\"receivedAt\":1}", "{\"receivedAt\":\"yesterday\"}"}) {
    v1::FiledReceipt broken = receipt();
    broken.set_text(text);
    EXPECT_FALSE(print_receipt(broken, Language::kChinese, pdf::test_fonts()).has_value()) << text;
  }
}

}  // namespace
}  // namespace heyan::worker
