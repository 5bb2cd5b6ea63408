#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/catalogue/catalogue.h"
#include "tests/unit/micro_court/fixture.h"
#include "verifier/core/json.h"

namespace heyan::court_adapters::micro_court {
namespace {

using core::json::Value;
using testing::Message;
using testing::vector_text;

Value body_of(const Answer& answer) {
  EXPECT_EQ(answer.content_type, "application/json; charset=utf-8");
  auto body = core::json::parse(core::as_bytes(answer.body), {});
  EXPECT_TRUE(body.has_value()) << answer.body;
  return body.value_or(Value());
}

std::string text_at(const Value& body, std::string_view pointer) {
  const Value* value = body.at(pointer);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : "(none)";
}

Accepted accepted() {
  return {
      "00112233445566778899aabbccddeeff", 0, "a.b.c", false, {{"2", "file-missing", "/x", "y"}}};
}

v1::Report report() {
  v1::Report report;
  report.set_number("R-1");
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  v1::ItemReport& item = *report.add_evidence();
  item.set_id("2");
  item.set_name("=图");
  item.set_verdict(v1::VERDICT_INCONSISTENT);
  v1::Finding& finding = *item.add_findings();
  finding.set_code(v1::REASON_CONTENT_HASH_DIFFERS);
  *item.add_findings() = finding;
  return report;
}

TEST(Answers, ReceiptSaysWhatWasTaken) {
  const Message message(vector_text("valid-civil.json"));
  const Answer answer = find("micro_court")->acknowledge(message.request(), accepted());
  EXPECT_EQ(answer.status, 200);
  const Value body = body_of(answer);
  EXPECT_EQ(text_at(body, "/data/status"), "RECEIVED");
  EXPECT_EQ(text_at(body, "/data/receipt"), "a.b.c");
  EXPECT_EQ(text_at(body, "/data/layyid"), "3ceaaf308142c8ea91d93080f9b439fc");
  EXPECT_EQ(text_at(body, "/data/remarks/0/item"), "2");
}

TEST(Answers, ARefusalListsEveryDefectInChinese) {
  const Message message("x");
  const std::vector<Defect> defects = {{"/a", "amount-invalid", "d1"}, {"/b", "new-code", "d2"}};
  const Answer answer = find("micro_court")->reject(message.request(), defects);
  EXPECT_EQ(answer.status, 422);
  const Value body = body_of(answer);
  EXPECT_EQ(text_at(body, "/data/status"), "NEEDS_SUPPLEMENT");
  EXPECT_EQ(text_at(body, "/message"), "共有2处需要补正，请一次性补正后重新提交。");
  EXPECT_EQ(text_at(body, "/data/defects/0/message"), "金额不是十进制数，请更正，例如50000.00。");
  EXPECT_EQ(text_at(body, "/data/defects/1/message"), "该处内容不符合要求，请更正。");
  EXPECT_EQ(text_at(body, "/data/defects/1/place"), "/b");
}

TEST(Answers, WithoutAReportNothingIsSaidOfTheEvidence) {
  const Message message(vector_text("valid-civil.json"));
  Outcome outcome;
  outcome.accepted = accepted();
  const Value pending = body_of(find("micro_court")->encode(message.request(), outcome));
  EXPECT_EQ(text_at(pending, "/data/status"), "VERIFYING");
  EXPECT_EQ(pending.at("/data/items"), nullptr);
  outcome.failed = true;
  const Value failed = body_of(find("micro_court")->encode(message.request(), outcome));
  EXPECT_EQ(text_at(failed, "/data/status"), "NOT_COMPLETED");
  EXPECT_EQ(failed.at("/data/items"), nullptr);
}

TEST(Answers, AResultIsTheReportsOwnWords) {
  Message message(vector_text("valid-civil.json"));
  message.add("catalogue", "标题\n序号,证据名称\n2,=图\n3,b\n");
  const v1::Report said = report();
  Outcome outcome;
  outcome.accepted = accepted();
  outcome.report = &said;
  outcome.link = "/reports/R-1";
  const Value body = body_of(find("micro_court")->encode(message.request(), outcome));
  const auto& entry = catalogue::entry(v1::VERDICT_INCONSISTENT);
  EXPECT_EQ(text_at(body, "/data/status"), "REPORTED");
  EXPECT_EQ(text_at(body, "/data/report/link"), "/reports/R-1");
  EXPECT_EQ(text_at(body, "/data/items/0/verdict/code"), "INCONSISTENT");
  EXPECT_EQ(text_at(body, "/data/items/0/verdict/sentence"), entry.sentence.zh);
  EXPECT_EQ(text_at(body, "/data/items/0/declaredName"), "=图");
  EXPECT_EQ(body.at("/data/items/0/reasons")->as_array()->size(), 1U);  // each once
  EXPECT_EQ(text_at(body, "/data/catalogue"), "\xef\xbb\xbf序号,证据名称,核验结论\r\n2,'=图," +
                                                  std::string(entry.label.zh) + "\r\n3,b,\r\n");
  outcome.language = "en";
  const Value english = body_of(find("micro_court")->encode(message.request(), outcome));
  EXPECT_EQ(text_at(english, "/data/items/0/verdict/sentence"), entry.sentence.en);
}

TEST(Answers, ACatalogueThatWasNotKeptIsLeftOut) {
  const Message message(vector_text("valid-civil.json"));
  const v1::Report said = report();
  Outcome outcome;
  outcome.report = &said;
  const Value body = body_of(find("micro_court")->encode(message.request(), outcome));
  EXPECT_EQ(body.at("/data/catalogue"), nullptr);
  EXPECT_NE(body.at("/data/items"), nullptr);
}

}  // namespace
}  // namespace heyan::court_adapters::micro_court
