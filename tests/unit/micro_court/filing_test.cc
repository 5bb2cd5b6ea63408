#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/unit/micro_court/fixture.h"

namespace heyan::court_adapters::micro_court {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Message;
using testing::told;
using testing::vector_text;

constexpr std::string_view kHead = "序号,证据名称,文件名,存证平台,存证编号\n";

// The civil filing with these rows as its catalogue and the bytes of item 2.
class WithCatalogue : public Message {
 public:
  explicit WithCatalogue(const std::string& rows) : Message(vector_text("valid-civil.json")) {
    add("catalogue", std::string(kHead) + rows);
    add("2eb737282fea875e75365e1458294a90", "picture");  // by the file's id
  }
};

TEST(Submission, SaysWhatTheMessageSays) {
  const auto filing = Message(vector_text("valid-civil.json")).with_files().decode();
  ASSERT_TRUE(filing.has_value());
  const v1::Submission& submission = filing->submission;
  EXPECT_EQ(filing->message_id, "");         // a supplement is another message of the same filing
  EXPECT_EQ(submission.court().code(), "");  // its codes are of another space
  EXPECT_EQ(submission.court().name(), "北京互联网法院");
  EXPECT_EQ(submission.case_number(), "");
  EXPECT_EQ(submission.filed_at_ms(), 1'772'446'530'000);
  EXPECT_EQ(submission.submitter().role(), v1::ROLE_AGENT);
  EXPECT_EQ(submission.submitter().name(), "李测四");
  EXPECT_EQ(submission.submitter().authentication(), v1::AUTHENTICATION_UNSPECIFIED);
  ASSERT_EQ(submission.parties_size(), 3);
  EXPECT_EQ(submission.parties(0).role(), v1::ROLE_PLAINTIFF);
  EXPECT_EQ(submission.parties(0).id_type(), v1::ID_TYPE_RESIDENT_ID);
  EXPECT_EQ(submission.parties(0).id_number(), "110105189304120015");
  EXPECT_EQ(submission.parties(1).kind(), v1::PARTY_KIND_LEGAL_PERSON);
  EXPECT_EQ(submission.parties(1).id_type(), v1::ID_TYPE_USCC);
  EXPECT_EQ(submission.parties(2).role(), v1::ROLE_AGENT);
  ASSERT_EQ(submission.evidence_size(), 4);
  EXPECT_EQ(submission.evidence(1).id(), "2");
  EXPECT_EQ(submission.evidence(1).name(), "证据二-侵权页面截图.png");
  EXPECT_EQ(submission.evidence(1).party(), submission.parties(0).id());
  EXPECT_EQ(submission.evidence(1).file().path(), "evidence/2/证据二-侵权页面截图.png");
  ASSERT_EQ(filing->files.size(), 4U);
  EXPECT_EQ(filing->files[1].path, submission.evidence(1).file().path());
}

// What the box hands on is read again as a case folder's case.json is.
TEST(Submission, IsReadAgainAsItIs) {
  for (const std::string name : {"valid-civil.json", "valid-returned.json"}) {
    const auto filing = Message(vector_text(name)).with_files().decode();
    ASSERT_TRUE(filing.has_value());
    const std::string text =
        core::json::write_canonical(contents::write_submission(filing->submission));
    const auto again = contents::read_submission(core::as_bytes(text), {});
    ASSERT_TRUE(again.has_value()) << again.error().front().detail;
    EXPECT_EQ(again->SerializeAsString(), filing->submission.SerializeAsString());
  }
}

TEST(Submission, RowsMeetTheRegisteredFilesAndTheirParts) {
  WithCatalogue message(
      "甲,合同,证据四-授权合同.docx,,\n2,证据二-侵权页面截图,,,\n3,其他,没有.pdf,,\n");
  message.add("f", "contract", "证据四-授权合同.docx");  // by the name of its file
  const auto filing = message.decode();
  ASSERT_TRUE(filing.has_value());
  ASSERT_EQ(filing->files.size(), 2U);
  EXPECT_EQ(filing->files[0].path, "evidence/1/证据四-授权合同.docx");
  EXPECT_EQ(std::get<std::size_t>(filing->files[0].from), 2U);
  EXPECT_EQ(std::get<std::size_t>(filing->files[1].from), 1U);
  EXPECT_EQ(filing->submission.evidence(0).id(), "甲");
  EXPECT_EQ(filing->submission.evidence_size(), 2);
  const auto missing = std::ranges::find(filing->remarks, "file-missing", &Remark::code);
  ASSERT_NE(missing, filing->remarks.end());
  EXPECT_EQ(missing->pointer, "catalogue:/4");
  EXPECT_EQ(std::ranges::count(filing->remarks, "not-in-catalogue", &Remark::code), 2);
}

// The report takes remarks on the items that it has.
TEST(Submission, RemarksAreOnItemsThatAreFiled) {
  Message message(vector_text("valid-civil.json"));
  message.add("catalogue",
              "序号,名称,文件名,存证时间\n1,a,没有.pdf,2026-01-01\n"
              "2,b,证据四-授权合同.docx,2026-01-01\n");
  message.with_files();
  EXPECT_THAT(told(message),
              ::testing::IsSupersetOf({"remark  time-without-offset", "remark  file-missing",
                                       "remark 2 time-without-offset"}));
}

TEST(Submission, WithoutAnyFileIsRefusedWithAllOfThem) {
  EXPECT_THAT(
      told(Message(vector_text("valid-civil.json"))),
      ElementsAre("file-missing /data/sscl/3/ssclfj/0", "file-missing /data/sscl/3/ssclfj/1",
                  "file-missing /data/sscl/3/ssclfj/2", "file-missing /data/sscl/3/ssclfj/3"));
  EXPECT_THAT(told(Message(vector_text("valid-execution.json"))),
              ElementsAre("field-required /data"));
}

TEST(Submission, SideRecordsBringLedgersAndProofs) {
  WithCatalogue message("2,图,证据二-侵权页面截图.png,某平台,CZ1\n");
  message.add("records", R"({"items":[{"number":"2","ledger":"court-chain","proofs":[
      {"part":"p1","format":"rfc3161","hints":{"b":"2","a":"1"}}]}]})");
  message.add("p1", "proof");
  const auto filing = message.decode();
  ASSERT_TRUE(filing.has_value()) << filing.error().front().detail;
  const v1::Item& item = filing->submission.evidence(0);
  EXPECT_EQ(item.record().ledger(), "court-chain");
  EXPECT_EQ(item.record().id(), "CZ1");
  ASSERT_EQ(item.proofs_size(), 1);
  EXPECT_EQ(item.proofs(0).path(), "proofs/p1");
  EXPECT_EQ(item.proofs(0).ledger(), "court-chain");
  EXPECT_EQ(item.proofs(0).hints(0).name(), "a");
  EXPECT_EQ(filing->files.back().path, "proofs/p1");
}

// One scan may hold what several rows name: a part is handed over once.
TEST(Submission, RowsAndProofsShareAFile) {
  WithCatalogue message("1,第一页,证据二-侵权页面截图.png,,\n2,第二页,证据二-侵权页面截图.png,,\n");
  message.add("records", R"({"items":[{"number":"1","proofs":[{"part":"p1","format":"rfc3161"},
      {"part":"2eb737282fea875e75365e1458294a90","format":"rfc3161"}]},
      {"number":"2","proofs":[{"part":"p1","format":"rfc3161"}]}]})");
  message.add("p1", "proof");
  const auto filing = message.decode();
  ASSERT_TRUE(filing.has_value()) << filing.error().front().detail;
  ASSERT_EQ(filing->submission.evidence_size(), 2);
  const v1::Item& first = filing->submission.evidence(0);
  const v1::Item& second = filing->submission.evidence(1);
  EXPECT_EQ(first.file().path(), "evidence/1/证据二-侵权页面截图.png");
  EXPECT_EQ(second.file().path(), first.file().path());
  EXPECT_EQ(second.name(), "第二页");
  ASSERT_EQ(first.proofs_size(), 2);
  EXPECT_EQ(first.proofs(1).path(), first.file().path());
  EXPECT_EQ(second.proofs(0).path(), first.proofs(0).path());
  ASSERT_EQ(filing->files.size(), 2U);
  EXPECT_EQ(filing->files[0].path, first.file().path());
  EXPECT_EQ(filing->files[1].path, "proofs/p1");
}

TEST(Submission, SideRecordsAreReadStrictly) {
  const auto with = [](const std::string& records) {
    WithCatalogue message("2,图,证据二-侵权页面截图.png,某平台,CZ1\n");
    message.add("records", records);
    return told(message);
  };
  EXPECT_THAT(with("{"), ElementsAre("malformed-json records:"));
  EXPECT_THAT(with("{}"), ElementsAre("missing-name records:/items"));
  EXPECT_THAT(with(R"({"items":[{"number":"9"}]})"), ElementsAre("unknown-item records:/items/0"));
  EXPECT_THAT(with(R"({"items":[{"number":"2"},{"number":"2"}]})"),
              ElementsAre("duplicate-id records:/items/1/number"));
  EXPECT_THAT(with(R"({"items":[{"number":"2","chain":"x"}]})"),
              ElementsAre("unknown-name records:/items/0/chain"));
  EXPECT_THAT(with(R"({"items":[{"number":"2","proofs":[{"part":"p","format":"x"}]}]})"),
              ElementsAre("unknown-word records:/items/0/proofs/0/format"));
  EXPECT_THAT(with(R"({"items":[{"number":"2","proofs":[{"part":"p"}]}]})"),
              ElementsAre("part-missing records:/items/0/proofs/0"));
  EXPECT_THAT(with(R"({"items":[{"number":"2","proofs":[{"part":"../p"}]}]})"),
              ElementsAre("part-missing records:/items/0/proofs/0"));
}

TEST(Submission, WhatIsAmbiguousOrUnsafeIsRefused) {
  EXPECT_THAT(told(WithCatalogue("1,a,../b,,\n")), Contains("path-traversal catalogue:/2"));
  EXPECT_THAT(told(WithCatalogue("1,a,C:/b,,\n")), Contains("path-traversal catalogue:/2"));
  EXPECT_THAT(told(WithCatalogue("1,a,b\n2\n")), Contains("field-required catalogue:/3/证据名称"));
  const std::string png = "证据二-侵权页面截图.png";
  const std::string pdf = "证据一-网页截图打印件.pdf";
  Message same(testing::changed(vector_text("valid-civil.json"),
                                {{R"("wjmc": ")" + png, R"("wjmc": ")" + pdf},
                                 {R"("name": ")" + png, R"("name": ")" + pdf},
                                 {R"("wjbh": "layy/2026/03/c1b87f1a7323691b19f9cbef0f69a4d0.png",
      "path": "layy/2026/03/c1b87f1a7323691b19f9cbef0f69a4d0.png")",
                                  R"("wjbh": "layy/a.pdf")"},
                                 {R"("extname": "png",
      "cllx": "11800016-4")",
                                  R"("extname": "pdf",
      "cllx": "11800016-4")"}}));
  same.add("catalogue", "序号,名称\n1,证据一-网页截图打印件\n");
  EXPECT_THAT(told(same), Contains("ambiguous-file catalogue:/2"));
  WithCatalogue twice("4,a,证据四-授权合同.docx,,\n");
  twice.add("f", "1", "证据四-授权合同.docx");
  twice.add("g", "2", "证据四-授权合同.docx");
  EXPECT_THAT(told(twice), Contains("ambiguous-file /data/sscl/3/ssclfj/3"));
}

TEST(Submission, ALedgerThatOnlyHasAWordIsTold) {
  EXPECT_THAT(told(WithCatalogue("2,图,证据二-侵权页面截图.png,某平台,CZ1\n")),
              Contains("remark 2 platform-not-identified"));
}

// A search for each member of a wide object would take minutes.
TEST(Submission, StandsAWideObject) {
  std::string wide;
  for (int i = 0; i < 400'000; ++i) wide += "\"n" + std::to_string(i) + "\":1,";
  Message message(testing::changed(vector_text("valid-civil.json"),
                                   {{"\"layy\"", "\"wide\": {" + wide + "\"n\":1}, \"layy\""}}));
  // Were it quadratic, the run's own time limit would end it.
  EXPECT_TRUE(message.with_files().decode().has_value());
}

TEST(Submission, RemarksAreBounded) {
  std::string rows;
  for (int i = 0; i < 1'100; ++i) rows += std::to_string(i) + ",a,证据四-授权合同.docx,平台,\n";
  WithCatalogue message(rows);
  message.add("f", "1", "证据四-授权合同.docx");
  const auto filing = message.decode();
  ASSERT_TRUE(filing.has_value());
  ASSERT_EQ(filing->remarks.size(), contents::kMaxDefects);
  EXPECT_EQ(filing->remarks.back().code, "too-many-remarks");
  EXPECT_EQ(filing->submission.evidence_size(), 1'100);
}

// One part, called as the id of the one and the name of the other says: it is one file's bytes.
TEST(Submission, OnePartIsNotTwoRegisteredFiles) {
  Message mixed(vector_text("valid-civil.json"));
  mixed.add("ab57f9854332c3da675a2e199b58ba8d", "1", "证据二-侵权页面截图.png");
  EXPECT_THAT(told(mixed), ElementsAre("ambiguous-file /data/sscl/3/ssclfj/1"));
  Message rows(vector_text("valid-civil.json"));
  rows.add("catalogue",
           std::string(kHead) + "1,a,证据一-网页截图打印件.pdf,,\n2,b,证据二-侵权页面截图.png,,\n");
  rows.add("layy/2026/03/c498b6e73648245edafa3a387f006745.pdf", "1", "证据二-侵权页面截图.png");
  EXPECT_THAT(told(rows), Contains("ambiguous-file /data/sscl/3/ssclfj/1"));
}

TEST(Submission, PartsThatNobodyNeedsAreTold) {
  Message message(vector_text("valid-civil.json"));
  message.with_files().add("x", "y");
  EXPECT_THAT(told(message), Contains("remark  part-not-used"));
}

}  // namespace
}  // namespace heyan::court_adapters::micro_court
