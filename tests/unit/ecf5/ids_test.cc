// Ids of ECF 5.0: of messages, documents and courts.
#include "tests/unit/ecf/sending.h"

namespace heyan::court_adapters::ecf5 {

const CourtAdapter& adapter();

namespace {

using ecf::changed;
using ecf::codes;
using ecf::Sent;

const std::string& transmission() {
  static const std::string kText = ecf::vector("mtom/ok-hex.mime");
  return kText;
}

TEST(Ecf5Ids, LeavesTheCourtToItsCertificateWhereToldSo) {
  Sent sent = ecf::taken_apart(transmission());
  sent.settings["court_ids"] = {"9", "10"};
  auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  EXPECT_FALSE(filing->submission.has_court());
  sent.settings["court_ids"] = {"9"};
  filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  EXPECT_EQ(filing->submission.court().code(), "10");
}

// Where several courts share an installation, an id is one court's: its certificate must be, too.
TEST(Ecf5Ids, TellsWhichCourtAnIdIsOf) {
  Sent sent = ecf::taken_apart(transmission());
  sent.settings["court_ids"] = {"B002 9", "B001 10", "10"};
  auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  EXPECT_EQ(filing->submission.court().code(), "B001");
  EXPECT_EQ(filing->submission.court().name(), "");
  for (const std::string other : {"B001 100", "B001 1", "10 B001", "B001  10", "B001"}) {
    sent.settings["court_ids"] = {other};
    filing = adapter().decode(sent.request(), {});
    ASSERT_TRUE(filing);
    EXPECT_EQ(filing->submission.court().code(), "10") << other;
  }
}

// A callback repeats the filer's message id, in any order.
TEST(Ecf5Ids, ACallbackHasAnIdOfItsOwn) {
  const std::string text = ecf::in_envelope(ecf::vector("v5/model-answer-callback.xml"));
  const auto id_of = [](const std::string& message) {
    Sent sent(message);
    const auto filing = adapter().decode(sent.request(), {});
    return filing ? filing->message_id : codes(filing).front();
  };
  const std::string own = id_of(text);
  const std::string of_filer =
      "<nc:DocumentIdentification><nc:IdentificationID>FILER</nc:IdentificationID>"
      "<nc:IdentificationCategoryDescriptionText>messageID"
      "</nc:IdentificationCategoryDescriptionText>"
      "<nc:IdentificationSourceText>FilingAssembly</nc:IdentificationSourceText>"
      "</nc:DocumentIdentification>";
  EXPECT_EQ(
      id_of(changed(text, "<nc:DocumentIdentification>", of_filer + "<nc:DocumentIdentification>")),
      own);
}

TEST(Ecf5Ids, KeepsIdsApartThatAreAlike) {
  Sent sent =
      ecf::taken_apart(changed(transmission(), "<nc:IdentificationID>2</nc:IdentificationID>",
                               "<nc:IdentificationID>1</nc:IdentificationID>"));
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  EXPECT_EQ(filing->submission.evidence(0).id(), "1");
  EXPECT_EQ(filing->submission.evidence(1).id(), "#2");
}

TEST(Ecf5Ids, KeepsNumbersApartFromIds) {
  // Documents that call themselves what the next would be called for want of an id.
  std::string text = changed(transmission(), "<nc:IdentificationID>2</nc:IdentificationID>",
                             "<nc:IdentificationID>#2</nc:IdentificationID>");
  text = changed(text, "<nc:IdentificationID>1</nc:IdentificationID>",
                 "<nc:IdentificationID>#2</nc:IdentificationID>");
  Sent sent = ecf::taken_apart(text);
  const auto filing = adapter().decode(sent.request(), {});
  ASSERT_TRUE(filing);
  EXPECT_EQ(filing->submission.evidence(0).id(), "#2");
  EXPECT_EQ(filing->submission.evidence(1).id(), "#3");
}

}  // namespace
}  // namespace heyan::court_adapters::ecf5
