#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "court_adapters/netcourt_hangzhou/identify.h"
#include "tests/unit/netcourt_hangzhou/fixture.h"
#include "verifier/core/json.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

using testing::changed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Record;
using testing::vector_text;

TEST(Record, BecomesAnItemWithoutProofAndARemarkThatSaysWhatItIs) {
  Record record;
  record.add("file", "bytes", "图.png").add("response", vector_text("response-ok.json"));
  record.add("token", vector_text("notaryToken-ok.json"));
  record.settings["ledger"] = {"hangzhou"};
  const auto filing = record.decode();
  ASSERT_TRUE(filing.has_value()) << filing.error().front().detail;
  ASSERT_EQ(filing->submission.evidence_size(), 1);
  const v1::Item& item = filing->submission.evidence(0);
  EXPECT_EQ(item.proofs_size(), 0);
  EXPECT_EQ(item.file().path(), "evidence/图.png");
  EXPECT_EQ(core::to_hex(core::as_bytes(item.file().digests(0).value())),
            "bcae476c8e63f699100a0fdcba21128772ba9f07c4592012a7c637e87d8b3ea7");
  EXPECT_EQ(item.record().ledger(), "hangzhou");
  EXPECT_EQ(item.record().id(), "f2eeccffd7e9337888ba78d5bc6b54a56d8a7ecae6aafed5c00b53be7c9a7bfc");
  EXPECT_EQ(std::get<std::size_t>(filing->files.at(0).from), 0U);
  ASSERT_EQ(filing->submission.parties_size(), 2);
  EXPECT_EQ(filing->submission.parties(0).name(), "张测三");
  EXPECT_EQ(filing->submission.parties(1).id_type(), v1::ID_TYPE_USCC);
  ASSERT_EQ(filing->remarks.size(), 1U);
  EXPECT_EQ(filing->remarks[0].code, "operator-attestation");
  EXPECT_THAT(filing->remarks[0].detail, HasSubstr("2026-03-02T02:45:30.123Z"));
  EXPECT_THAT(filing->remarks[0].detail, HasSubstr("does not cover the content"));
  const std::string text =
      core::json::write_canonical(contents::write_submission(filing->submission));
  EXPECT_TRUE(contents::read_submission(core::as_bytes(text), {}).has_value());
}

// Each text is as long as one may be, and the filing is still one that is read again.
TEST(Record, LongTextsMakeAFilingThatIsRead) {
  const std::string x(60'000, 'x');
  Record record(changed(changed(vector_text("notaryCert-ok.json"), "step_1_upload", x),
                        "bcae476c8e63f699100a0fdcba21128772ba9f07c4592012a7c637e87d8b3ea7", x));
  record.settings.clear();
  record.add("file", "bytes");
  const auto filing = record.decode();
  ASSERT_TRUE(filing.has_value()) << filing.error().front().detail;
  const std::string text =
      core::json::write_canonical(contents::write_submission(filing->submission));
  const auto again = contents::read_submission(core::as_bytes(text), {});
  EXPECT_TRUE(again.has_value()) << again.error().front().detail;
}

TEST(Record, AnotherFingerprintUnderTheSameSignatureIsNoDefectAndNoProof) {
  Record swapped(vector_text("notaryCert-swapped.json"));
  swapped.add("file", "bytes");
  const auto filing = swapped.decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(filing->submission.evidence(0).proofs_size(), 0);
  EXPECT_THAT(swapped.told(), Contains("remark operator-attestation"));
}

TEST(Record, WhatIsMissingIsTold) {
  EXPECT_THAT(Record().told(), ElementsAre("file-missing part:file"));
  EXPECT_THAT(Record().add("file", "").told(),
              ElementsAre("remark response-missing", "remark operator-attestation"));
  Record unknown;
  unknown.add("file", "");
  unknown.settings.clear();
  EXPECT_THAT(unknown.told(), Contains("remark signature-not-checked"));
  Record other(changed(vector_text("notaryCert-ok.json"), "bcae476c", "text "));
  other.add("file", "");
  EXPECT_THAT(other.told(), Contains("remark content-not-a-fingerprint"));
  EXPECT_THAT(Record().add("file", "").add("certificate", "x").told(),
              Contains("remark part-not-used"));
  EXPECT_THAT(
      Record().add("file", "").add("response", vector_text("response-conflict.json")).told(),
      Contains("remark operator-says-mismatch"));
}

TEST(Record, IsRefusedWhereItIsNotWhatTheAccountSigned) {
  const std::string token = vector_text("notaryToken-ok.json");
  EXPECT_THAT(Record(changed(vector_text("notaryCert-ok.json"), "step_1", "step_2")).told(),
              ElementsAre("signature-invalid /signedData", "file-missing part:file"));
  EXPECT_THAT(Record().add("file", "").add("token", vector_text("notaryToken-badsig.json")).told(),
              ElementsAre("signature-invalid token:/signedData"));
  EXPECT_THAT(
      Record().add("file", "").add("token", changed(token, "COURTTEST1", "COURTTEST2")).told(),
      ElementsAre("reference-mismatch token:/accountId"));
  EXPECT_THAT(
      Record().add("file", "").add("token", vector_text("notaryToken-noentityid.json")).told(),
      ElementsAre("field-required token:/entity/legalPersonId"));
  EXPECT_THAT(Record().add("file", "").add("response", "{").told(),
              ElementsAre("malformed-json response:"));
  EXPECT_THAT(Record("{").add("file", "").told(), ElementsAre("malformed-json "));
}

TEST(Record, AKeyThatCannotBeReadIsNoSilence) {
  for (const std::string key : {"COURTTEST1 ", "COURTTEST1 ####", "COURTTEST1 AAAA"}) {
    Record record;
    record.settings["account_keys"] = {key};
    record.add("file", "");
    EXPECT_THAT(record.told(), ElementsAre("bad-setting ")) << key;
  }
}

TEST(Record, NamesThatAreNoNamesAreNotUsed) {
  for (const std::string name : {"../a", "a/b", "C:a\\b", "", "a\xE2\x80\xAE"}) {
    Record record;
    record.add("file", "bytes", name);
    const auto filing = record.decode();
    ASSERT_TRUE(filing.has_value());
    EXPECT_EQ(filing->submission.evidence(0).file().path(), "evidence/file") << name;
  }
}

TEST(Identify, QueriesAreReadStrictly) {
  const std::string digest(64, 'A');
  const auto query = read_query("content=" + digest + "&hash=%41" + digest.substr(1));
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(query->content, std::string(64, 'a'));
  EXPECT_EQ(query->hash, std::string(64, 'a'));
  const auto faults = [](const std::string& form) {
    std::vector<std::string> list;
    const auto read = read_query(form);
    if (read) return list;
    for (const Defect& one : read.error()) list.push_back(one.code + " " + one.pointer);
    return list;
  };
  EXPECT_THAT(faults(""), ElementsAre("field-required content", "field-required hash"));
  EXPECT_THAT(faults("content=zz&hash=" + digest), ElementsAre("bad-digest content"));
  EXPECT_THAT(faults("content=" + digest + "&hash=" + digest + "&hash=" + digest),
              ElementsAre("duplicate-name hash"));
  EXPECT_THAT(faults("content=" + digest + "&hash=" + digest + "&x=1"),
              ElementsAre("unknown-name x"));
  EXPECT_THAT(faults("content=%zz"), ElementsAre("malformed-form "));
  EXPECT_THAT(faults("content=%4"), ElementsAre("malformed-form "));
  EXPECT_THAT(faults(std::string(5'000, '&')), ElementsAre("limit "));
  EXPECT_THAT(faults("content=%FF%00&hash=" + digest), ElementsAre("bad-digest content"));
}

TEST(Identify, AnswersInTheCourtsForm) {
  const Answer match = identify_answer(Identified::kMatch);
  EXPECT_EQ(match.status, 200);
  EXPECT_THAT(match.body, HasSubstr("未向链上核验"));
  EXPECT_THAT(match.body, Not(HasSubstr("未被篡改")));
  const Answer mismatch = identify_answer(Identified::kMismatch);
  EXPECT_EQ(mismatch.status, 409);
  EXPECT_THAT(mismatch.body, HasSubstr(R"("code":"CONFLICT")"));
  EXPECT_THAT(mismatch.body, HasSubstr(R"("success":"false")"));
  EXPECT_EQ(identify_answer(Identified::kNotFound).status, 404);
}

TEST(Identify, RestsOnWhatRecordsNamedAndOnNothingElse) {
  const Query query{.content = std::string(64, 'a'), .hash = std::string(64, 'b')};
  const std::string other(64, 'c');
  EXPECT_EQ(identify(query, {}), Identified::kNotFound);
  EXPECT_EQ(identify(query, std::vector{other}), Identified::kMismatch);
  EXPECT_EQ(identify(query, std::vector{query.content}), Identified::kMatch);
  EXPECT_EQ(identify(query, std::vector{other, query.content}), Identified::kDisagree);
  EXPECT_EQ(identify(query, std::vector{query.content, other}), Identified::kDisagree);
  EXPECT_EQ(identify_answer(Identified::kDisagree).status, 409);
  EXPECT_TRUE(identify_answer(Identified::kDisagree).body.contains("互不一致"));
}

TEST(Identify, IsAnsweredFromFingerprintsAlone) {
  const std::string digest(64, 'A');
  const auto known = known_of(digest, digest);
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->key, std::string(64, 'a'));
  EXPECT_EQ(known->value, std::string(64, 'a'));
  for (const std::string& wrong :
       {std::string(), std::string("zz"), std::string(62, 'a'), digest + "aa"}) {
    EXPECT_FALSE(known_of(wrong, digest).has_value()) << wrong;
    EXPECT_FALSE(known_of(digest, wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace heyan::court_adapters::netcourt_hangzhou
