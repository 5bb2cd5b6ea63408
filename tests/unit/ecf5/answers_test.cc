// What a court gets from us in ECF 5.0: every answer is valid against the schemas.
#include "tests/unit/ecf/outcome.h"
#include "verifier/crypto/digest.h"

#include <set>

namespace heyan::court_adapters::ecf5 {

const CourtAdapter& adapter();

namespace {

using ecf::changed;
using ecf::Said;
using ecf::Sent;
using ecf::texts;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto k50 = ecf::Version::k50;

Sent filing() { return ecf::taken_apart(ecf::vector("mtom/ok-hex.mime")); }

Accepted accepted() {
  return {.submission = "sub-1",
          .at_ms = 1'772'446'530'000,
          .receipt = {},
          .repeated = false,
          .remarks = {}};
}

TEST(Ecf5Answers, AcknowledgeRepeatsTheIds) {
  Sent sent = filing();
  const Answer answer = adapter().acknowledge(sent.request(), accepted());
  EXPECT_EQ(answer.status, 200);
  const Said said = ecf::said(answer, k50);
  EXPECT_EQ(said.operation.name(), "ReviewFilingResponse");
  EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre("Success"));
  EXPECT_THAT(texts(said.operation, "IdentificationID"),
              ElementsAre("sub-1-status", "123456ABC", "sub-1"));
  EXPECT_THAT(texts(said.operation, "IdentificationCategoryDescriptionText"),
              ElementsAre("messageID", "messageID", "filingID"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeText"), ElementsAre("0"));
  EXPECT_THAT(texts(said.operation, "SystemEventDateTime"), ElementsAre("2026-03-02T10:15:30Z"));
}

TEST(Ecf5Answers, AcknowledgeARepeatAndRemarks) {
  Sent sent = filing();
  Accepted repeated = accepted();
  repeated.repeated = true;
  repeated.remarks = {{.item = "1", .code = "size-mismatch", .pointer = "/a", .detail = "Else."}};
  const Said said = ecf::said(adapter().acknowledge(sent.request(), repeated), k50);
  EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre("DuplicateMessage"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeText"), ElementsAre("0", "0"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeDescriptionText"),
              ElementsAre("size-mismatch: Else."));
}

TEST(Ecf5Answers, ComeAloneWhereTheMessageDid) {
  Sent sent(ecf::vector("v5/civil.xml"));
  const Answer answer = adapter().acknowledge(sent.request(), accepted());
  EXPECT_EQ(answer.body.find("Envelope"), std::string::npos);
  EXPECT_EQ(ecf::said(answer, k50).operation.name(), "ReviewFilingResponse");
}

TEST(Ecf5Answers, AnswerACallbackByItsOwnResponse) {
  Sent sent(ecf::in_envelope(ecf::vector("v5/model-answer-callback.xml")));
  const Said said = ecf::said(adapter().acknowledge(sent.request(), accepted()), k50);
  EXPECT_EQ(said.operation.name(), "NotifyFilingReviewCompleteResponse");
}

TEST(Ecf5Answers, RejectSaysEveryDefectAndItsNumber) {
  Sent sent = filing();
  const std::vector<Defect> defects = {{"/a", "no-message-id", "None."},
                                       {"/b", "part-missing", "\xe2\x80\xae<&"},
                                       {"", "schema-invalid", "Bad."},
                                       {"/c", "remote-document", "Far."},
                                       {"/d", "of-someone-else", "New."}};
  const Answer answer = adapter().reject(sent.request(), defects);
  EXPECT_EQ(answer.status, 200);
  const Said said = ecf::said(answer, k50);
  EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre("DataError"));
  EXPECT_THAT(texts(said.operation, "ErrorNodeName"), ElementsAre("/a", "/b", "/", "/c", "/d"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeText"), ElementsAre("2", "3", "1", "4", "4", "2"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeDescriptionText"),
              Contains("part-missing: ⟨U+202E⟩<&"));
  // No filing was made.
  EXPECT_THAT(texts(said.operation, "IdentificationCategoryDescriptionText"),
              ElementsAre("messageID", "messageID"));
}

TEST(Ecf5Answers, RejectNamesTheKindOfError) {
  Sent sent = filing();
  for (const auto& [code, status] :
       {std::pair{"schema-invalid", "InvalidSchema"}, std::pair{"part-missing", "MessageError"},
        std::pair{"document-type", "DataError"}, std::pair{"internal", "SystemError"},
        std::pair{"duplicate-message", "DuplicateMessage"},
        std::pair{"idempotency-key-reused", "DuplicateMessage"}}) {
    const std::vector<Defect> defects = {{"/a", code, "Text."}};
    const Said said = ecf::said(adapter().reject(sent.request(), defects), k50);
    EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre(status));
  }
}

TEST(Ecf5Answers, AreFaultsWhereNoOperationIsRead) {
  for (const std::string& text : {std::string("<a"), std::string(), std::string("<a/>"),
                                  ecf::in_envelope("<GetPolicyRequest/>"), ecf::in_envelope("")}) {
    Sent sent(text);
    const auto refused = adapter().decode(sent.request(), {});
    ASSERT_FALSE(refused);
    const Answer answer = adapter().reject(sent.request(), refused.error());
    EXPECT_EQ(answer.status, 500);
    const auto read = markup::Document::read(core::as_bytes(answer.body));
    ASSERT_TRUE(read);
    EXPECT_THAT(texts(read->root(), "faultcode"), ElementsAre("soap:Client"));
    EXPECT_THAT(texts(read->root(), "Defect"), testing::SizeIs(refused.error().size()));
  }
  Sent sent(changed(ecf::in_envelope(ecf::vector("v5/civil.xml")), "<s:Body>",
                    "<s:Header><a s:mustUnderstand=\"1\"/></s:Header><s:Body>"));
  const auto refused = adapter().decode(sent.request(), {});
  const Answer answer = adapter().reject(sent.request(), refused.error());
  EXPECT_THAT(answer.body, HasSubstr("<faultcode>soap:MustUnderstand</faultcode>"));
}

TEST(Ecf5Answers, EncodeShowsNoOtherDocumentsVerdict) {
  // The lead document did not come, and is called what the other is for want of an id.
  std::string text = changed(ecf::in_envelope(ecf::vector("v5/civil.xml")),
                             "<nc:IdentificationID>2</nc:IdentificationID>",
                             "<nc:IdentificationID>#2</nc:IdentificationID>");
  text = changed(text, "<nc:IdentificationID>1</nc:IdentificationID>",
                 "<nc:IdentificationID>#2</nc:IdentificationID>");
  text = changed(text, "<nc:BinaryURI>cid://Payload2</nc:BinaryURI>", "");
  text = changed(text, "<nc:BinaryDescriptionText>Information",
                 "<nc:Base64BinaryObject>aGVsbG8=</nc:Base64BinaryObject>"
                 "<nc:BinaryDescriptionText>Information");
  Sent sent(text);
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  ASSERT_EQ(filing->submission.evidence_size(), 1);
  const v1::Report report = ecf::report_of({filing->submission.evidence(0).id()});
  const Said said = ecf::said(adapter().encode(sent.request(), ecf::outcome_of(report, "en")), k50);
  const std::string hash(64, '1');
  const auto hashes = texts(said.operation, "DocumentRenditionHash");
  EXPECT_EQ(std::ranges::count(hashes, hash), 1);
  std::size_t told = 0;
  for (const std::string& words : texts(said.operation, "StatusDescriptionText")) {
    if (words.starts_with("Consistent: ")) ++told;
  }
  EXPECT_EQ(told, 1U);
  // Nobody received what did not come: the exhibit, the report, the lead document.
  EXPECT_THAT(texts(said.operation, "StatusText"),
              testing::UnorderedElementsAre("received", "received", "not received"));
  EXPECT_THAT(texts(said.operation, "StatusDescriptionText"),
              Contains("The file did not come with the message."));
}

TEST(Ecf5Answers, EncodeIsTheCallback) {
  Sent sent = filing();
  sent.settings["address"] = {"https://court.example/heyan"};
  const v1::Report report = ecf::report_of({"2", "1"});
  const Answer answer = adapter().encode(sent.request(), ecf::outcome_of(report, "en"));
  const Said said = ecf::said(answer, k50);
  EXPECT_EQ(said.operation.name(), "NotifyFilingReviewCompleteRequest");
  EXPECT_THAT(texts(said.operation, "FilingReviewStatusCode"), ElementsAre("received"));
  EXPECT_THAT(texts(said.operation, "SendingMDELocationID").size(), 1U);
  EXPECT_THAT(answer.body, HasSubstr("https://court.example/heyan"));
  EXPECT_THAT(answer.body, HasSubstr("WebServicesMessaging-5.0"));
  // The exhibit, the report, the whole, the lead document.
  const auto words = texts(said.operation, "StatusDescriptionText");
  ASSERT_EQ(words.size(), 3U);
  EXPECT_THAT(words[0], HasSubstr("Not consistent: "));
  EXPECT_THAT(words[1], HasSubstr("Attention required: "));
  EXPECT_THAT(words[2], HasSubstr("Consistent: "));
  EXPECT_THAT(texts(said.operation, "DocumentAddedInReviewIndicator"), ElementsAre("true"));
  const std::string hash(64, '1');
  EXPECT_THAT(
      texts(said.operation, "DocumentRenditionHash"),
      ElementsAre(hash, core::to_hex(crypto::sha256(core::as_bytes("the report as pdf"))), hash));
  EXPECT_THAT(texts(said.operation, "Base64BinaryObject"),
              ElementsAre(core::to_base64(core::as_bytes("the report as pdf"))));
  EXPECT_THAT(texts(said.operation, "IdentificationID"), Contains("123456ABC"));
  EXPECT_THAT(texts(said.operation, "BinaryURI"), IsEmpty());
}

TEST(Ecf5Answers, EncodeTellsOfEachFileOfADocument) {
  std::string text = ecf::vector("v5/civil.xml");
  const std::string rendition =
      "<ecf:DocumentRendition><nc:DocumentIdentification/><nc:Attachment><nc:Base64BinaryObject>"
      "aGVsbG8=</nc:Base64BinaryObject></nc:Attachment></ecf:DocumentRendition>";
  text = changed(text, "<ecf:DocumentRendition>", rendition + "<ecf:DocumentRendition>");
  Sent sent(text);
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  EXPECT_EQ(filing->submission.evidence(0).id(), "1");
  const v1::Report report = ecf::report_of({"1", "#3", "2"});
  const Said said = ecf::said(adapter().encode(sent.request(), ecf::outcome_of(report, "en")), k50);
  const auto words = texts(said.operation, "StatusDescriptionText");
  EXPECT_THAT(words.at(0), HasSubstr("institutions. Not consistent: "));
}

TEST(Ecf5Answers, EncodeSaysWhyOnceAndWhatToDo) {
  Sent sent = filing();
  v1::Report report = ecf::report_of({"2"});
  for (int i = 0; i < 2; ++i) {
    report.mutable_evidence(0)->add_findings()->set_code(v1::REASON_UPLOAD_INCOMPLETE);
  }
  report.mutable_evidence(0)->add_findings()->set_code(v1::REASON_NONE);
  const Said said = ecf::said(adapter().encode(sent.request(), ecf::outcome_of(report, "en")), k50);
  const auto all = texts(said.operation, "StatusDescriptionText");
  const std::string why = "does not have the size or fingerprint that was declared with it";
  const auto words = std::ranges::find_if(all, [&](const auto& one) { return one.contains(why); });
  ASSERT_NE(words, all.end());
  EXPECT_EQ(words->find(why), words->rfind(why));
  EXPECT_THAT(*words, HasSubstr("Upload the file again"));
}

TEST(Ecf5Answers, EncodeSpeaksChineseAndOtherForms) {
  Sent sent = filing();
  sent.settings["report_form"] = {"jws"};
  const v1::Report report = ecf::report_of({"2"});
  Outcome outcome = ecf::outcome_of(report, "zh");
  const Answer answer = adapter().encode(sent.request(), outcome);
  EXPECT_THAT(texts(ecf::said(answer, k50).operation, "StatusDescriptionText"),
              Contains(HasSubstr("核验一致：")));
  EXPECT_THAT(answer.body, HasSubstr("application/jose+json"));
  // A form that there is not: PDF. None at all: the callback comes without.
  sent.settings["report_form"] = {"asic"};
  EXPECT_THAT(adapter().encode(sent.request(), outcome).body, HasSubstr("application/pdf"));
  outcome.rendition = {};
  const Said said = ecf::said(adapter().encode(sent.request(), outcome), k50);
  EXPECT_THAT(texts(said.operation, "DocumentAddedInReviewIndicator"), IsEmpty());
}

TEST(Ecf5Answers, EncodeSaysHowFarItIs) {
  Sent sent = filing();
  Outcome outcome;
  outcome.accepted = accepted();
  Said said = ecf::said(adapter().encode(sent.request(), outcome), k50);
  EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre("Success"));
  EXPECT_THAT(texts(said.operation, "ErrorCodeDescriptionText"),
              ElementsAre("The filing is being verified."));
  const std::string verifying = texts(said.operation, "IdentificationID").front();
  outcome.failed = true;
  said = ecf::said(adapter().encode(sent.request(), outcome), k50);
  EXPECT_THAT(texts(said.operation, "MessageStatusCode"), ElementsAre("SystemError"));
  // Each is a message of its own to whoever takes each id once.
  const std::string failed = texts(said.operation, "IdentificationID").front();
  Accepted repeated = accepted();
  std::set<std::string> ids = {verifying, failed};
  for (const bool again : {false, true}) {
    repeated.repeated = again;
    said = ecf::said(adapter().acknowledge(sent.request(), repeated), k50);
    ids.insert(texts(said.operation, "IdentificationID").front());
  }
  EXPECT_EQ(ids.size(), 4U);
  EXPECT_THAT(texts(said.operation, "IdentificationID"), Contains("sub-1"));
  said = ecf::said(adapter().encode(sent.request(), outcome), k50);
  EXPECT_THAT(texts(said.operation, "ErrorCodeText"), ElementsAre("4", "4"));
}

TEST(Ecf5Answers, NeedTheMessageAloneAndNotItsParts) {
  std::string root = ecf::vector("mtom/ok-hex.mime");
  root = root.substr(root.find("<?xml"));
  root = root.substr(0, root.find("</soap:Envelope>") + 16);
  Sent sent(root, "application/xop+xml");
  Sent whole = filing();
  const v1::Report report = ecf::report_of({"2", "1"});
  const Outcome outcome = ecf::outcome_of(report, "en");
  EXPECT_EQ(adapter().encode(sent.request(), outcome).body,
            adapter().encode(whole.request(), outcome).body);
}

TEST(Ecf5Answers, AreReadAgainByOurselves) {
  Sent sent = filing();
  const v1::Report report = ecf::report_of({"2", "1"});
  Sent callback(adapter().encode(sent.request(), ecf::outcome_of(report, "en")).body);
  const auto read = adapter().decode(callback.request(), {});
  ASSERT_TRUE(read) << read.error().front().code << read.error().front().detail;
  EXPECT_EQ(read->files.size(), 1U);
  EXPECT_EQ(ecf::content_of(*read, 0, callback.request()), "the report as pdf");
}

}  // namespace
}  // namespace heyan::court_adapters::ecf5
