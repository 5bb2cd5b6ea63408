#include "verifier/report/payload.h"

#include <gtest/gtest.h>

#include "tests/unit/report/sample_report.h"

namespace heyan::report {
namespace {

using testing::sample_report;

core::json::Value parsed(const v1::Report& report) {
  const std::string text = encode_payload(report);
  auto value = core::json::parse(core::as_bytes(text), core::Limits{});
  EXPECT_TRUE(value.has_value());
  return value ? *value : core::json::Value();
}

std::string text_at(const core::json::Value& value, std::string_view pointer) {
  const auto* found = value.at(pointer);
  return found != nullptr && found->as_string() != nullptr ? *found->as_string() : "(none)";
}

TEST(Payload, HasTheNamesOfTheContract) {
  const auto payload = parsed(sample_report());
  EXPECT_EQ(text_at(payload, "/schema"), "heyan.report.v1");
  EXPECT_EQ(text_at(payload, "/verdict"), "ALL_CONSISTENT");
  EXPECT_EQ(text_at(payload, "/evidence/0/verdict"), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(text_at(payload, "/evidence/0/reasons/0/code"), "QUORUM_DEPENDS_ON_INTERESTED_PARTY");
  EXPECT_EQ(text_at(payload, "/evidence/0/reasons/0/check"), "QUO-2");
  EXPECT_EQ(text_at(payload, "/evidence/0/reasons/0/effect"), "NOTE");
  EXPECT_EQ(text_at(payload, "/evidence/0/reasons/0/params/neutral"), "2");
  EXPECT_EQ(payload.at("/evidence/0/checks")->as_array()->size(), 25u);
  EXPECT_EQ(*payload.at("/evidence/0/file/size")->as_integer(), 18213);
  EXPECT_EQ(text_at(payload, "/evidence/0/attestations/0/tier"), "CHAIN_PROOF");
  EXPECT_EQ(text_at(payload, "/evidence/0/attestations/0/record/id"), "EV-0007");
  EXPECT_EQ(*payload.at("/evidence/0/attestations/0/quorum/neutral")->as_integer(), 2);
  EXPECT_TRUE(payload.at("/evidence/0/attestations/0/time/notAfter")->is_null());
  EXPECT_EQ(payload.at("/evidence/0/attestations/0/recordQuorum"), nullptr);
}

// Apart from the quorum of the ledger, in both forms that people read.
TEST(Payload, ShowsWhoSignedTheRecordItselfApart) {
  v1::Report report = sample_report();
  v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  attestation.mutable_record_quorum()->set_valid(5);
  attestation.mutable_record_quorum()->set_neutral(4);
  const auto payload = parsed(report);
  EXPECT_EQ(*payload.at("/evidence/0/attestations/0/recordQuorum/valid")->as_integer(), 5);
  EXPECT_EQ(*payload.at("/evidence/0/attestations/0/quorum/valid")->as_integer(), 4);
}

TEST(Payload, QuotesWhatAnOperatorStates) {
  v1::Report report = sample_report();
  EXPECT_EQ(parsed(report).at("/evidence/0/attestations/0/declared"), nullptr);
  for (const char* value : {"7f3a", "again"}) {
    v1::Param& param = *report.mutable_evidence(0)->mutable_attestations(0)->add_declared();
    param.set_name("txId");
    param.set_value(value);
  }
  EXPECT_EQ(text_at(parsed(report), "/evidence/0/attestations/0/declared/txId"), "7f3a");
}

TEST(Payload, SaysWhatWasAskedTestedAndFoundInside) {
  v1::Report report = sample_report();
  EXPECT_TRUE(parsed(report).at("/renewBefore")->is_null());
  EXPECT_TRUE(parsed(report).at("/selfTest")->is_null());
  EXPECT_TRUE(parsed(report).at("/evidence/0/contents")->is_null());
  EXPECT_TRUE(parsed(report).at("/ledgerViews")->as_array()->empty());
  report.mutable_renew_before()->set_institution("hz-internet-court");
  report.mutable_self_test()->set_passed(true);
  v1::LedgerView& view = *report.add_views();
  view.set_ledger("judicial-fabric");
  view.set_height(9);
  v1::ContentFacts& contents = *report.mutable_evidence(0)->mutable_contents();
  contents.set_media_type("image/jpeg");
  contents.add_times()->set_source("exif");
  const auto payload = parsed(report);
  EXPECT_EQ(text_at(payload, "/renewBefore/at"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(text_at(payload, "/renewBefore/institution"), "hz-internet-court");
  EXPECT_EQ(payload.at("/renewBefore/algorithm"), nullptr);
  EXPECT_TRUE(*payload.at("/selfTest/passed")->as_bool());
  EXPECT_EQ(*payload.at("/ledgerViews/0/height")->as_integer(), 9);
  EXPECT_EQ(text_at(payload, "/evidence/0/contents/mediaType"), "image/jpeg");
  EXPECT_EQ(text_at(payload, "/evidence/0/contents/times/0/source"), "exif");
}

TEST(Payload, IsCanonicalAndRepeatable) {
  const std::string once = encode_payload(sample_report());
  const auto value = core::json::parse(core::as_bytes(once), core::Limits{});
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(core::json::write_canonical(*value), once);
  EXPECT_EQ(encode_payload(sample_report()), once);
  EXPECT_EQ(payload_digest(sample_report()).size(), 32u);
}

TEST(Payload, ShowsNoFingerprintOnWhichTheLibrariesDiffer) {
  auto report = sample_report();
  report.mutable_evidence(0)->mutable_measured()->mutable_digests(0)->set_second("other");
  EXPECT_TRUE(parsed(report).at("/evidence/0/file/digests")->as_object()->empty());
}

TEST(Payload, WritesAnAbsentRecordAsNull) {
  auto report = sample_report();
  report.mutable_evidence(0)->mutable_attestations(0)->clear_record();
  EXPECT_TRUE(parsed(report).at("/evidence/0/attestations/0/record")->is_null());
}

TEST(Payload, WritesHugeNumbersAsText) {
  auto report = sample_report();
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_position()->set_block(1ull << 63);
  EXPECT_EQ(text_at(parsed(report), "/evidence/0/attestations/0/position/block"),
            "9223372036854775808");
}

TEST(Payload, ChangesWithEveryBinding) {
  const auto base = payload_digest(sample_report());
  for (auto change : {+[](v1::Bindings& b) { b.set_case_record("x"); },
                      +[](v1::Bindings& b) { b.set_trust_list("x"); },
                      +[](v1::Bindings& b) { b.set_policy("x"); },
                      +[](v1::Bindings& b) { b.set_circumstances("x"); },
                      +[](v1::Bindings& b) { b.set_software_version("x"); }}) {
    auto report = sample_report();
    change(*report.mutable_bindings());
    EXPECT_NE(payload_digest(report), base);
  }
}

}  // namespace
}  // namespace heyan::report
