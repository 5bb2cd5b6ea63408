// Filings of ECF 5.0, and what is refused.
#include "tests/unit/ecf/sending.h"

namespace heyan::court_adapters::ecf5 {

const CourtAdapter& adapter();

namespace {

using ecf::changed;
using ecf::codes;
using ecf::Sent;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string& transmission() {
  static const std::string kText = ecf::vector("mtom/ok-hex.mime");
  return kText;
}

std::vector<std::string> refused(Sent sent) { return codes(adapter().decode(sent.request(), {})); }
std::vector<std::string> refused_mime(std::string_view from, std::string_view to) {
  return refused(ecf::taken_apart(changed(transmission(), from, to)));
}

TEST(Ecf5Decode, TakesAFilingWithItsParts) {
  Sent sent = ecf::taken_apart(transmission());
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  EXPECT_EQ(filing->message_id, "123456ABC");
  EXPECT_THAT(filing->remarks, IsEmpty());
  const v1::Submission& submission = filing->submission;
  EXPECT_EQ(submission.court().code(), "10");
  EXPECT_EQ(submission.court().name(), "Municipal Court");
  EXPECT_EQ(submission.filed_at_ms(), 1'215'438'462'000);
  EXPECT_EQ(submission.case_number(), "");  // a new case
  ASSERT_GE(submission.parties_size(), 1);
  EXPECT_EQ(submission.parties(0).id(), "Person2");
  EXPECT_EQ(submission.parties(0).name(), "Jane Q Doe");
  EXPECT_EQ(submission.parties(0).kind(), v1::PARTY_KIND_NATURAL_PERSON);
  ASSERT_EQ(submission.evidence_size(), 2);
  const v1::Item& lead = submission.evidence(0);
  EXPECT_EQ(lead.id(), "2");
  EXPECT_EQ(lead.name(), "Appearance");
  EXPECT_EQ(lead.party(), "Person2");
  EXPECT_EQ(lead.file().path(), "documents/0001.pdf");
  EXPECT_EQ(lead.file().media_type(), "application/pdf");
  EXPECT_EQ(lead.file().size(), 563U);
  ASSERT_EQ(lead.file().digests_size(), 1);
  EXPECT_EQ(core::to_hex(core::as_bytes(lead.file().digests(0).value())),
            "3be28c0db68ad6673988478eee3035a4a8bc51248fb3e0437c9594d76b878c5c");
  ASSERT_EQ(filing->files.size(), 2U);
  EXPECT_EQ(filing->files[0].path, lead.file().path());
  EXPECT_EQ(ecf::content_of(*filing, 0, sent.request()).size(), 563U);
  EXPECT_EQ(ecf::content_of(*filing, 1, sent.request()).size(), 876U);
  // What is read again must be what was made.
  const auto json = core::json::write_canonical(contents::write_submission(submission));
  const auto again = contents::read_submission(core::as_bytes(json), {});
  EXPECT_TRUE(again.has_value()) << again.error().front().detail;
}

TEST(Ecf5Decode, TakesHashesInBase64AndNone) {
  for (const std::string name : {"ok-base64.mime", "ok-nohash.mime"}) {
    Sent sent = ecf::taken_apart(ecf::vector("mtom/" + name));
    const auto filing = adapter().decode(sent.request(), {});
    ASSERT_TRUE(filing);
    EXPECT_EQ(filing->submission.evidence(0).file().digests_size(), name[3] == 'b' ? 1 : 0);
  }
}

TEST(Ecf5Decode, TakesBothProfilesAndFormsOfAddresses) {
  EXPECT_THAT(refused_mime("WebServicesMessaging-5.0", "WebServicesProfile-5.0"), IsEmpty());
  EXPECT_THAT(refused_mime("cid:payload1@", "cid://payload1@"), IsEmpty());
  EXPECT_THAT(refused_mime("cid:payload1@", "CID:payload1%40"), IsEmpty());
  // SOAPAction says what it likes.
  EXPECT_THAT(refused_mime("MDE/ReviewFiling", "MDE/Else"), IsEmpty());
}

TEST(Ecf5Decode, TakesUtf16AsItIsSent) {
  std::string root = transmission();
  root = root.substr(root.find("<soap:Envelope"));
  root = root.substr(0, root.find("</soap:Envelope>") + 16);
  std::string wide = "\xff\xfe";
  for (const char c : root) wide += std::string{c, '\0'};
  for (const auto& [type, refusal] :
       {std::pair{"text/xml; charset=utf-16", "no-document"}, std::pair{"text/xml", "no-document"},
        std::pair{"text/xml; charset=utf-8", "wrong-encoding"}}) {
    EXPECT_THAT(refused(Sent(wide, type)), Contains(refusal)) << type;
  }
}

TEST(Ecf5Decode, TakesPackagedBytes) {
  // XOP: the bytes of an inline object lie in a part.
  EXPECT_THAT(refused_mime("<nc:BinaryDescriptionText>Appearance",
                           "<nc:Base64BinaryObject><x:Include "
                           "xmlns:x=\"http://www.w3.org/2004/08/xop/include\" "
                           "href=\"cid:payload1@efsp.example\"/></nc:Base64BinaryObject>"
                           "<nc:BinaryDescriptionText>Appearance"),
              IsEmpty());
}

TEST(Ecf5Decode, TakesBytesInTheMessage) {
  std::string text = ecf::in_envelope(ecf::vector("v5/civil.xml"));
  text = changed(text, "<nc:BinaryDescriptionText>Appearance",
                 "<nc:Base64BinaryObject> aGVs\n bG8= </nc:Base64BinaryObject>"
                 "<nc:BinaryDescriptionText>Appearance");
  text = changed(text, "<nc:BinaryURI>cid://Payload1</nc:BinaryURI>", "");
  Sent sent(text);
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  ASSERT_EQ(filing->files.size(), 1U);
  EXPECT_EQ(ecf::content_of(*filing, 0, sent.request()), "hello");
  // 32000 bytes are declared; the other document did not come.
  ASSERT_EQ(filing->remarks.size(), 2U);
  EXPECT_EQ(filing->remarks[0].code, "size-mismatch");
  EXPECT_EQ(filing->remarks[0].item, "2");
  EXPECT_EQ(filing->remarks[1].code, "not-delivered");
  // It is no item, and the report takes remarks on the items that it has.
  ASSERT_EQ(filing->submission.evidence_size(), 1);
  EXPECT_EQ(filing->submission.evidence(0).id(), "2");
  EXPECT_EQ(filing->remarks[1].item, "");
  EXPECT_EQ(filing->remarks[1].detail, "The content of document 1 (Petition) did not come along.");
}

// A document that has no attachment at all did not come, either.
TEST(Ecf5Decode, TellsOfADocumentWithoutAttachments) {
  std::string text = ecf::in_envelope(ecf::vector("v5/civil.xml"));
  text = changed(text, "<nc:BinaryDescriptionText>Appearance",
                 "<nc:Base64BinaryObject>aGVsbG8=</nc:Base64BinaryObject>"
                 "<nc:BinaryDescriptionText>Appearance");
  text = changed(text, "<nc:BinaryURI>cid://Payload1</nc:BinaryURI>", "");
  const std::size_t at = text.find("<filing:FilingConnectedDocument");
  ASSERT_NE(at, std::string::npos);
  const std::size_t begin = text.find("<ecf:DocumentRendition>", at);
  const std::string_view close = "</ecf:DocumentRendition>";
  const std::size_t end = text.find(close, begin);
  ASSERT_LT(end, text.find("</filing:FilingConnectedDocument>", at));
  text.erase(begin, end + close.size() - begin);
  Sent sent(text);
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  std::vector<std::string> told;
  for (const Remark& one : filing->remarks) told.push_back(one.code);
  EXPECT_THAT(told, Contains("not-delivered"));
}

TEST(Ecf5Decode, RefusesAnAttachmentWithTwoAddresses) {
  const auto with = [](const std::string& second) {
    return refused_mime("<nc:BinaryDescriptionText>Appearance",
                        "<nc:Base64BinaryObject><i:Include "
                        "xmlns:i=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:" +
                            second +
                            "\"/></nc:Base64BinaryObject><nc:BinaryDescriptionText>Appearance");
  };
  EXPECT_THAT(with("payload1@efsp.example"), IsEmpty());
  EXPECT_THAT(with("payload2@efsp.example"), Contains("repeated-attachment"));
}

TEST(Ecf5Decode, RefusesAMessageWithoutDocuments) {
  EXPECT_THAT(refused(Sent(ecf::in_envelope(ecf::vector("v5/civil.xml")))),
              ElementsAre("no-document"));
}

struct Case {
  std::string_view from;
  std::string_view to;
  std::string_view code;
};

TEST(Ecf5Decode, RefusesWhatIsWrongInAMessage) {
  for (const Case& one : {
           Case{"<soap:Body>", "<soap:Header/><soap:Body>", ""},
           Case{"<soap:Body>",
                "<soap:Header><a soap:mustUnderstand=\"1\"/></soap:Header><soap:Body>",
                "must-understand"},
           Case{"</soap:Body>", "<x/></soap:Body>", "unknown-operation"},
           Case{"schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope",
                "unknown-namespace"},
           Case{"ns/v5.0/filing", "ns/v5.01/filing", "schema-invalid"},
           Case{"ns/v5.0/wrappers", "ns/v5.01/wrappers", "unknown-namespace"},
           Case{"ReviewFilingRequest ", "CancelFilingRequest ", "not-well-formed"},
           Case{"<nc:DocumentPostDate>", "<nc:DocumentPostDat>", "not-well-formed"},
           Case{"messageID<", "filingID<", "no-message-id"},
           Case{"123456ABC<", "<", "no-message-id"},
           Case{"123456ABC<",
                "12\xe2\x80\xae"
                "3<",
                "bad-message-id"},
           Case{"WebServicesMessaging-5.0", "WebServicesMessaging-4.0", "unknown-profile"},
           Case{"cid:payload1@", "cid:payload2@", "repeated-attachment"},
           Case{"cid:payload1@", "cid:payload3@", "part-missing"},
           Case{"cid:payload1@", "cid:payload3@", "part-unreferenced"},
           Case{"cid:payload1@efsp.example", "https://efsp.example/1.pdf", "remote-document"},
           Case{"cid:payload1@efsp.example", "file:///etc/passwd", "remote-document"},
           Case{"cid:payload1@efsp.example", "cid:%4", "remote-document"},
           Case{"<nc:BinarySizeValue>563", "<nc:BinarySizeValue>-1", "schema-invalid"},
           Case{"3be28c0db68a", "not a hash at", "bad-hash"},
           Case{"structures:id=\"Document2\"", "structures:id=\"Document1\"", "duplicate-id"},
           Case{"structures:ref=\"Document1\"", "structures:ref=\"Document9\"",
                "dangling-reference"},
           Case{"structures:metadata=\"Document1Metadata\"",
                "structures:metadata=\"Document1Metadata Document9\"", "dangling-reference"},
           Case{"<nc:BinaryDescriptionText>Appearance",
                "<nc:Base64BinaryObject>a!==</nc:Base64BinaryObject>"
                "<nc:BinaryDescriptionText>Appearance",
                "bad-base64"},
           Case{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n", "<!DOCTYPE a>", "document-type"},
           Case{"encoding=\"UTF-8\"", "encoding=\"GB18030\"", "wrong-encoding"},
           Case{"<soap:Body>",
                "<soap:Header><i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" "
                "href=\"file:///etc/passwd\"/></soap:Header><soap:Body>",
                "xinclude"},
           Case{"charset=UTF-8; type=", "charset=ISO-8859-1; type=", "wrong-encoding"},
           Case{"charset=UTF-8; type=", "charset=UTF-16; type=", "wrong-encoding"},
           Case{"<nc:BinaryDescriptionText>Appearance",
                "<nc:Base64BinaryObject>aGVsbG8=</nc:Base64BinaryObject>"
                "<nc:BinaryDescriptionText>Appearance",
                "repeated-attachment"},
           Case{"<soap:Body>",
                "<soap:Header><a soap:mustUnderstand=\"true\"/></soap:Header><soap:Body>",
                "must-understand"},
       }) {
    std::string text = transmission();
    if (text.find(one.from) == std::string::npos && one.from.ends_with("\r\n")) {
      text = changed(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", one.to);
    } else {
      text = changed(text, one.from, one.to);
    }
    const auto all = refused(ecf::taken_apart(text));
    if (one.code.empty()) {
      EXPECT_THAT(all, IsEmpty()) << one.from;
    } else {
      EXPECT_THAT(all, Contains(std::string(one.code))) << one.from << " to " << one.to;
    }
  }
}

TEST(Ecf5Decode, RefusesPartsThatAreNotWhatTheMessageSays) {
  Sent sent = ecf::taken_apart(transmission());
  sent.add("payload1@efsp.example", "application/pdf", "again");
  sent.add("extra@efsp.example", "application/pdf", "extra");
  EXPECT_THAT(refused(std::move(sent)), ElementsAre("duplicate-part", "part-unreferenced"));
  EXPECT_THAT(refused_mime("Content-Type: application/pdf", "Content-Type: image/png"),
              ElementsAre("content-type-mismatch"));
  EXPECT_THAT(
      refused_mime("Content-Type: application/pdf", "Content-Type: application/octet-stream"),
      IsEmpty());
  // Without parts, a multipart message is not complete.
  std::string root = transmission();
  root = root.substr(root.find("<?xml"));
  root = root.substr(0, root.find("</soap:Envelope>") + 16);
  EXPECT_THAT(refused(Sent(root, "application/xop+xml")),
              ElementsAre("part-missing", "part-missing"));
  EXPECT_THAT(refused(Sent(root, "text/xml")), ElementsAre("no-document"));
  EXPECT_THAT(refused(Sent(root, "text/plain")), Contains("content-type-mismatch"));
}

TEST(Ecf5Decode, SaysEveryDefectAtOnceWithItsPlace) {
  std::string text = changed(transmission(), "messageID<", "filingID<");
  text = changed(text, "WebServicesMessaging-5.0", "WebServicesMessaging-1.0");
  text = changed(text, "structures:ref=\"Document1\"", "structures:ref=\"Document9\"");
  text = changed(text, "cid:payload1@efsp.example", "ftp://x/1.pdf");
  Sent sent = ecf::taken_apart(text);
  const auto filing = adapter().decode(sent.request(), {});
  EXPECT_THAT(codes(filing), ElementsAre("dangling-reference", "unknown-profile", "no-message-id",
                                         "remote-document", "part-unreferenced"));
  EXPECT_EQ(filing.error()[0].pointer,
            "/Envelope/Body/ReviewFilingRequest/FilingMessage/FilingConnectedDocument/"
            "DocumentAugmentation/DocumentAssociation/PrimaryDocument");
  for (const Defect& defect : filing.error()) EXPECT_FALSE(defect.detail.empty());
}

TEST(Ecf5Decode, RemarksHashesOfOtherAlgorithms) {
  Sent sent = ecf::taken_apart(
      changed(transmission(), "3be28c0db68ad6673988478eee3035a4a8bc51248fb3e0437c9594d76b878c5c",
              "d41d8cd98f00b204e9800998ecf8427e"));
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  ASSERT_EQ(filing->remarks.size(), 1U);
  EXPECT_EQ(filing->remarks[0].code, "hash-algorithm-refused");
  EXPECT_EQ(filing->submission.evidence(0).file().digests_size(), 0);
}

TEST(Ecf5Decode, TakesNoTextOfTheMessageAsPathOrId) {
  std::string text =
      changed(transmission(), "<nc:IdentificationID>2</nc:IdentificationID>",
              "<nc:IdentificationID>../../etc/passwd\xe2\x80\xae</nc:IdentificationID>");
  text = changed(text, "<nc:BinaryFormatText>application/pdf", "<nc:BinaryFormatText>../x/pdf");
  Sent sent = ecf::taken_apart(text);
  const auto filing = adapter().decode(sent.request(), {});
  EXPECT_THAT(codes(filing), ElementsAre("content-type-mismatch"));
  Sent second = ecf::taken_apart(
      changed(transmission(), "<nc:IdentificationID>2</nc:IdentificationID>",
              "<nc:IdentificationID>../../etc/passwd\xe2\x80\xae</nc:IdentificationID>"));
  const auto taken = adapter().decode(second.request(), {});
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->submission.evidence(0).id(), "#1");
  EXPECT_EQ(taken->submission.evidence(0).file().path(), "documents/0001.pdf");
}

TEST(Ecf5Decode, BoundsItsRemarks) {
  std::string text = changed(ecf::in_envelope(ecf::vector("v5/civil.xml")),
                             "<nc:BinaryURI>cid://Payload1</nc:BinaryURI>", "");
  text = changed(text, "<nc:BinaryDescriptionText>Appearance",
                 "<nc:Base64BinaryObject>aGVsbG8=</nc:Base64BinaryObject>"
                 "<nc:BinaryDescriptionText>Appearance");
  std::string many;
  for (std::size_t i = 0; i < contents::kMaxDefects + 200; ++i) {
    many +=
        "<ecf:DocumentRendition><nc:DocumentIdentification/><nc:Attachment/></"
        "ecf:DocumentRendition>";
  }
  Sent sent(changed(text, "<ecf:DocumentRendition>", many + "<ecf:DocumentRendition>"));
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing) << filing.error().front().detail;
  ASSERT_EQ(filing->remarks.size(), contents::kMaxDefects);
  EXPECT_EQ(filing->remarks.back().code, "too-many-remarks");
  EXPECT_EQ(filing->remarks.front().item, filing->submission.evidence(0).id());
}

TEST(Ecf5Decode, BoundsWhatItTakes) {
  Sent sent = ecf::taken_apart(transmission());
  core::Limits limits;
  limits.items = 1;
  EXPECT_THAT(codes(adapter().decode(sent.request(), limits)), ElementsAre("limit"));
  limits = {};
  limits.parties = 0;
  EXPECT_THAT(codes(adapter().decode(sent.request(), limits)), Contains("limit"));
  limits = {};
  limits.string_bytes = 3;
  EXPECT_THAT(codes(adapter().decode(sent.request(), limits)), Contains("limit"));
}

TEST(Ecf5Decode, StandsAThousandPartsAndDocuments) {
  Sent sent = ecf::taken_apart(transmission());
  for (int i = 0; i < 1'000; ++i) sent.add("p" + std::to_string(i), "application/pdf", "x");
  EXPECT_EQ(refused(std::move(sent)).size(), 1'000U);
}

TEST(Ecf5Decode, StandsManyAttachments) {
  std::string text = ecf::vector("v5/civil.xml");
  std::string many;
  for (int i = 0; i < 30'000; ++i) {
    many +=
        "<ecf:DocumentRendition><nc:DocumentIdentification/><nc:Attachment/></"
        "ecf:DocumentRendition>";
  }
  text = changed(text, "<ecf:DocumentRendition>", many + "<ecf:DocumentRendition>");
  EXPECT_THAT(refused(Sent(text)), ElementsAre("limit"));
}

TEST(Ecf5Decode, StandsBombs) {
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "<a>";
  for (const std::string& text :
       {std::string(), std::string("<"), std::string(70u << 20, ' '), nested,
        ecf::in_envelope(ecf::vector("v5/bad-published-civil-complaint-001.xml")),
        std::string("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>")}) {
    EXPECT_FALSE(refused(Sent(text)).empty());
  }
}

}  // namespace
}  // namespace heyan::court_adapters::ecf5
