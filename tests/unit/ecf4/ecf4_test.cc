// Filings of ECF 4.01 and the answers to them: every answer is valid against the schemas.
#include "tests/unit/ecf/outcome.h"
#include "verifier/crypto/digest.h"

namespace heyan::court_adapters::ecf4 {

const CourtAdapter& adapter();

namespace {

using ecf::changed;
using ecf::codes;
using ecf::Said;
using ecf::Sent;
using ecf::texts;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto k401 = ecf::Version::k401;

std::string core_filing() { return ecf::vector("v4/ok-corefiling.xml"); }

// As the WSDL of the profile has it.
std::string wrapped(const std::string& message) {
  return ecf::in_envelope(
      "<w:ReviewFilingRequestMessage "
      "xmlns:w=\"urn:oasis:names:tc:legalxml-courtfiling:wsdl:WebServicesProfile-Definitions-4."
      "0\">" +
      message.substr(message.find("?>") + 2) + "</w:ReviewFilingRequestMessage>");
}

std::vector<std::string> refused(const std::string& text) {
  Sent sent(text);
  return codes(adapter().decode(sent.request(), {}));
}

TEST(Ecf4, TakesAFilingWithItsBytes) {
  for (const std::string& text :
       {core_filing(), ecf::in_envelope(core_filing()), wrapped(core_filing())}) {
    Sent sent(text);
    const auto filing = adapter().decode(sent.request(), {});
    ASSERT_TRUE(filing) << filing.error().front().detail;
    EXPECT_EQ(filing->message_id, "M-1");
    EXPECT_EQ(filing->submission.case_number(), "2026-CV-001");
    EXPECT_EQ(filing->submission.court().code(), "courts.example:civil");
    EXPECT_EQ(filing->submission.court().name(), "Example Court");
    ASSERT_EQ(filing->submission.evidence_size(), 1);
    EXPECT_EQ(filing->submission.evidence(0).id(), "doc-1");
    EXPECT_EQ(filing->submission.evidence(0).name(), "Complaint");
    EXPECT_EQ(filing->submission.evidence(0).file().size(), 561U);
    const std::string bytes = ecf::content_of(*filing, 0, sent.request());
    EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(bytes))),
              "c2807a6da7b199bfeccf44b22d907bf47a796c2f95bb2c17933060b8f8bdc3b3");
    EXPECT_THAT(filing->remarks, IsEmpty());
  }
}

TEST(Ecf4, TakesTheHashOfACallback) {
  Sent sent(ecf::vector("v4/ok-callback.xml"));
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  ASSERT_EQ(filing->submission.evidence(0).file().digests_size(), 1);
}

TEST(Ecf4, TakesPartsByTheirAddress) {
  std::string text = core_filing();
  const std::size_t begin = text.find("<nc:BinaryBase64Object>");
  const std::size_t end = text.find("</nc:BinaryBase64Object>") + 24;
  text.erase(begin, end - begin);
  text = changed(text, "<nc:BinarySizeValue>",
                 "<nc:BinaryLocationURI>cid:a@x</nc:BinaryLocationURI><nc:BinarySizeValue>");
  Sent sent(wrapped(text), "application/xop+xml");
  sent.add("a@x", "application/pdf", "hello");
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  EXPECT_EQ(ecf::content_of(*filing, 0, sent.request()), "hello");
  ASSERT_EQ(filing->remarks.size(), 1U);
  EXPECT_EQ(filing->remarks[0].code, "size-mismatch");
  Sent other(wrapped(text), "application/xop+xml");
  EXPECT_THAT(codes(adapter().decode(other.request(), {})), ElementsAre("part-missing"));
}

struct Case {
  std::string_view from;
  std::string_view to;
  std::string_view code;
};

TEST(Ecf4, RefusesWhatIsWrong) {
  for (const Case& one :
       {Case{"<nc:IdentificationID>M-1<", "<nc:IdentificationID><", "no-message-id"},
        Case{"<nc:BinaryBase64Object>", "<nc:BinaryBase64Object>*", "bad-base64"},
        Case{"WebServicesMessaging-2.0", "WebServicesMessaging-5.0", "unknown-profile"},
        Case{"CoreFilingMessage-4.0", "CoreFilingMessage-4.1", "schema-invalid"},
        Case{"<nc:CaseTitleText>", "<!DOCTYPE a><nc:CaseTitleText>", "document-type"},
        Case{"s:id=\"D1\"", "s:id=\"D1\" s:metadata=\"none\"", "dangling-reference"},
        Case{"<nc:BinaryDescriptionText>complaint.pdf</nc:BinaryDescriptionText>", "<a/>",
             "schema-invalid"},
        Case{"<nc:BinarySizeValue>",
             "<nc:BinaryLocationURI>http://x/1</nc:BinaryLocationURI><nc:BinarySizeValue>",
             "remote-document"}}) {
    EXPECT_THAT(refused(wrapped(changed(core_filing(), one.from, one.to))),
                Contains(std::string(one.code)))
        << one.from;
  }
  EXPECT_THAT(refused(ecf::vector("v5/civil.xml")), ElementsAre("unknown-namespace"));
  EXPECT_THAT(refused(ecf::vector("v4/bad-nolead.xml")), Contains("schema-invalid"));
}

TEST(Ecf4, ReceiptsRepeatTheIdsAndTellErrors) {
  Sent sent(wrapped(core_filing()));
  Accepted accepted{.submission = "sub-1",
                    .at_ms = 1'772'446'530'000,
                    .receipt = {},
                    .repeated = true,
                    .remarks = {}};
  accepted.remarks = {{.item = "1", .code = "size-mismatch", .pointer = "/a", .detail = "Else."}};
  const Said said = ecf::said(adapter().acknowledge(sent.request(), accepted), k401);
  EXPECT_EQ(said.operation.name(), "MessageReceiptMessage");
  EXPECT_THAT(texts(said.operation, "IdentificationCategoryText"),
              ElementsAre("messageID", "requestMessageID", "filingID"));
  EXPECT_THAT(texts(said.operation, "ErrorCode"), ElementsAre("0"));
  EXPECT_THAT(texts(said.operation, "CourtName"), ElementsAre("Example Court"));
  const std::vector<Defect> defects = {{"/a", "bad-base64", "Bad."}, {"", "part-missing", "No."}};
  const Said rejected = ecf::said(adapter().reject(sent.request(), defects), k401);
  EXPECT_THAT(texts(rejected.operation, "ErrorCode"), ElementsAre("1", "3"));
  EXPECT_THAT(texts(rejected.operation, "ErrorText"),
              ElementsAre("/a: bad-base64: Bad.", "part-missing: No."));
  Sent unreadable("<a/>");
  EXPECT_EQ(adapter().reject(unreadable.request(), defects).status, 500);
}

TEST(Ecf4, EncodeIsTheCallback) {
  for (const std::string& text : {core_filing(), wrapped(core_filing())}) {
    Sent sent(text);
    const v1::Report report = ecf::report_of({"doc-1"});
    const Answer answer = adapter().encode(sent.request(), ecf::outcome_of(report, "en"));
    const Said said = ecf::said(answer, k401);
    EXPECT_THAT(texts(said.operation, "FilingStatusCode"), ElementsAre("received"));
    EXPECT_THAT(texts(said.operation, "StatusDescriptionText"),
                ElementsAre(HasSubstr("Attention required: "), HasSubstr("Consistent: ")));
    EXPECT_THAT(texts(said.operation, "DocumentHashText"),
                ElementsAre(std::string(64, '1'),
                            core::to_hex(crypto::sha256(core::as_bytes("the report as pdf")))));
    EXPECT_THAT(texts(said.operation, "CaseDocketID"), ElementsAre("2026-CV-001"));
    Sent callback(answer.body);
    EXPECT_THAT(codes(adapter().decode(callback.request(), {})), IsEmpty());
  }
}

TEST(Ecf4, EncodeSaysHowFarItIs) {
  Sent sent(wrapped(core_filing()));
  Outcome outcome;
  outcome.accepted.submission = "sub-1";
  EXPECT_THAT(
      texts(ecf::said(adapter().encode(sent.request(), outcome), k401).operation, "ErrorCode"),
      ElementsAre("0"));
  outcome.failed = true;
  EXPECT_THAT(
      texts(ecf::said(adapter().encode(sent.request(), outcome), k401).operation, "ErrorCode"),
      ElementsAre("4"));
}

}  // namespace
}  // namespace heyan::court_adapters::ecf4
