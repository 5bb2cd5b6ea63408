// What `heyan report verify` says of a party's copy of a bundle, and `heyan report copy` of a
// bundle.
#include <gmock/gmock.h>

#include "gateway/cli/bundle_copy.h"
#include "gateway/cli/verify_bundle.h"
#include "tests/unit/bundle/party_fixture.h"

namespace heyan::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class PartyBundle : public bundle::PartyBundleTest {
 protected:
  PartyBundle() {
    options_.language = catalogue::Language::kEnglish;
    issuer_.keys = {es256_.key.public_key(), sm2_.key.public_key()};
    issuer_.log = *transparency::NoteVerifier::make(
        std::string(bundle::kOrigin), transparency::NoteKeyType::kEd25519, log_key_.public_key());
  }
  CheckedReport check(std::string_view file) const {
    return check_bundle(core::as_bytes(file), options_, issuer_,
                        {.pdf = &pdf::check_seal, .xml = &xml::check_seal})
        .value();
  }
  CheckedReport check(const bundle::Bundle& bundle) const { return check(written(bundle)); }
  std::string copied(std::string_view file, const std::string& reader) const {
    auto copy = copy_bundle(core::as_bytes(file), reader, options_.language);
    return copy ? *std::move(copy) : "refused: " + copy.error().what;
  }

  ReportVerifyOptions options_;
  Issuer issuer_;
};

TEST_F(PartyBundle, ThatHoldsIsToldItemByItem) {
  const CheckedReport checked = check(copy_);
  EXPECT_EQ(checked.status, ExitStatus::kOk) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("trust list, policy and time are those that the report"));
  EXPECT_THAT(checked.text,
              HasSubstr("E1: 1 not judged here: the proof is a whole block with other people's "
                        "transactions; judging it again takes the bundle that the court or an "
                        "expert has."));
  EXPECT_THAT(checked.text, HasSubstr("E7: 1 judged again here, with the result that was signed."));
  EXPECT_THAT(checked.text, HasSubstr("HY-AAAA-BBBB-CCCC-DDDD"));
  EXPECT_THAT(checked.text, Not(HasSubstr("byte for byte")));
}

TEST_F(PartyBundle, OfTheOtherSideSaysWhatItWithholds) {
  const CheckedReport checked = check(copy_for("opponent"));
  EXPECT_EQ(checked.status, ExitStatus::kOk) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("E7: 1 not judged here: the proof would show personal data"));
  EXPECT_THAT(checked.text, HasSubstr("E8: 1 judged again here"));
  options_.language = catalogue::Language::kChinese;
  const std::string chinese = check(copy_for("opponent")).text;
  EXPECT_THAT(chinese, HasSubstr("E7: 1 项未在此重新判断：其证明会显示本副本未载明的个人信息"));
  EXPECT_THAT(chinese, HasSubstr("E1: 1 项未在此重新判断：其证明是整个区块，含有他人的交易"));
}

TEST_F(PartyBundle, WhoseProofGivesAnotherResultDoesNotStand) {
  const CheckedReport checked = check(changed(copy_, take_receipt_out));
  EXPECT_EQ(checked.status, ExitStatus::kInconsistent);
  EXPECT_THAT(checked.text, HasSubstr("its proofs give another result"));
  EXPECT_THAT(checked.text, HasSubstr("E8: 1 judged again here, with another result"));
  EXPECT_THAT(checked.text, Not(HasSubstr("HY-AAAA")));
}

TEST_F(PartyBundle, WithAnythingAddedOrOfAnotherReportDoesNotStand) {
  const auto refused = [&](const bundle::Bundle& bundle, const char* why) {
    const CheckedReport checked = check(bundle);
    EXPECT_EQ(checked.status, ExitStatus::kInconsistent) << why;
    EXPECT_THAT(checked.text, HasSubstr(why));
    EXPECT_THAT(checked.text, Not(HasSubstr("HY-AAAA")));
  };
  refused(changed(copy_,
                  [](v1::RecordFile& file) {
                    file.mutable_record()->mutable_submission()->set_case_number("x");
                    derive_secrets(*file.mutable_record());
                  }),
          "it holds more than an excerpt does");
  refused(changed(copy_,
                  [](v1::RecordFile& file) {
                    file.mutable_circumstances()->set_report_number("HY-AAAA-BBBB-CCCC-DDDE");
                  }),
          "it is not of the parties and files of the report");
  bundle::Bundle mixed = copy_;
  mixed.payload = bundle_.payload;
  mixed.envelope = bundle_.envelope;
  refused(mixed, "do not belong together");
  mixed = copy_;
  mixed.xml = "<?xml version=\"1.0\"?>";
  refused(mixed, "report.xml: ");
}

// What made it is bound by the payload: an excerpt cannot make a difference look like a version's.
TEST_F(PartyBundle, CannotSayThatAnotherVersionMadeIt) {
  const CheckedReport checked = check(changed(copy_, [](v1::RecordFile& file) {
    take_receipt_out(file);
    file.mutable_circumstances()->set_software_version("0.0.1");
  }));
  EXPECT_EQ(checked.status, ExitStatus::kInconsistent) << checked.text;
}

TEST_F(PartyBundle, NeedsTheIssuersKeys) {
  issuer_.keys.clear();
  EXPECT_EQ(check(copy_).status, ExitStatus::kOpen);
}

TEST_F(PartyBundle, ChangedAnywhereIsNoticed) {
  for (std::size_t i = 0; i < zip_.size(); i += 997) {
    std::string other = zip_;
    other[i] = static_cast<char>(other[i] ^ (1 << i % 8));
    EXPECT_EQ(check(other).status, ExitStatus::kInconsistent) << i;
  }
}

TEST_F(PartyBundle, IsMadeOfTheCourtsBundleOffline) {
  const std::string courts = written(bundle_of(sample_));
  EXPECT_EQ(check(courts).status, ExitStatus::kOk);
  const std::string party = copied(courts, "party");
  EXPECT_EQ(check(party).status, ExitStatus::kOk) << check(party).text;
  EXPECT_EQ(opened(party)->bundle.excerpt, copy_.excerpt);
  EXPECT_EQ(opened(party)->bundle.payload, copy_.payload);
  EXPECT_EQ(opened(copied(courts, "P2"))->bundle.excerpt,
            opened(copied(courts, "opponent"))->bundle.excerpt);
  EXPECT_NE(opened(copied(courts, "P2"))->bundle.excerpt, copy_.excerpt);
  EXPECT_EQ(copied(courts, "court"), courts);
}

TEST_F(PartyBundle, IsMadeOfNothingThatDoesNotHold) {
  const bundle::Bundle courts = bundle_of(sample_);
  EXPECT_THAT(copied(written(courts), "P9"), HasSubstr("refused"));
  EXPECT_THAT(copied("PK\x03\x04", "party"), HasSubstr("refused"));
  EXPECT_THAT(copied(zip_, "party"), HasSubstr("a party's copy already"));
  bundle::Bundle other = courts;
  other.envelope.clear();
  EXPECT_THAT(copied(written(other), "party"), HasSubstr("Nobody signed this"));
  other = courts;
  other.record = bundle_.record;
  EXPECT_THAT(copied(written(other), "party"), HasSubstr("do not belong together"));
  other = courts;
  other.payload = report::replaced(other.payload, "\"NOT_FOUND\"", "\"CONSISTENT\"");
  other.envelope = envelope_of(other.payload);
  EXPECT_THAT(copied(written(other), "party"), HasSubstr("gives another report"));
}

}  // namespace
}  // namespace heyan::cli
