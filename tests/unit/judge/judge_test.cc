// judge(): whole cases, with proofs that no ledger of the list may judge.
#include "verifier/judge.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "schemas/catalogue/catalogue.h"
#include "verifier/canonical.h"
#include "verifier/checks/attest.h"
#include "verifier/core/time.h"

namespace heyan {
namespace {

constexpr std::int64_t kAsOf = 1'795'000'000'000;

class JudgeTest : public ::testing::Test {
 protected:
  JudgeTest() {
    v1::Submission& submission = *record_.mutable_submission();
    submission.mutable_court()->set_name("北京互联网法院");
    submission.set_case_number("(2026)京0491民初1234号");
    submission.mutable_submitter()->set_name("某文化公司");
    submission.mutable_submitter()->set_account_id("u-771");
    v1::Party& party = *submission.add_parties();
    party.set_id("P1");
    party.set_name("某文化公司");
    party.set_id_number("91110108551385082Q");
    record_.set_nonce(std::string(32, 'n'));
    record_.set_salt_key(std::string(32, 's'));
    add_item("E1");
  }

  void add_item(const std::string& id) {
    record_.mutable_submission()->add_evidence()->set_id(id);
    v1::ItemRecord& item = *record_.add_items();
    item.set_id(id);
    item.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_DONE);
    v1::MeasuredDigest& digest = *item.mutable_measured()->add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_first(std::string(32, 'f'));
    digest.set_second(digest.first());
  }

  v1::Proof& add_proof(const std::string& content, const std::string& format, int item = 0) {
    const std::string digest = core::to_string(crypto::sha256(core::as_bytes(content)));
    v1::Proof& proof = *record_.mutable_submission()->mutable_evidence(item)->add_proofs();
    proof.set_format(format);
    record_.mutable_items(item)->add_proofs(digest);
    const bool held = std::ranges::any_of(
        record_.proofs(), [&](const v1::ProofBytes& bytes) { return bytes.sha256() == digest; });
    if (!held) {
      v1::ProofBytes& bytes = *record_.add_proofs();
      bytes.set_sha256(digest);
      bytes.set_content(content);
    }
    return proof;
  }

  trust::LedgerEntry& add_ledger(const std::string& id, const std::string& format) {
    trust_.given = true;
    trust::LedgerEntry entry;
    entry.id = id;
    entry.format = format;
    trust_.ledgers.push_back(std::move(entry));
    return trust_.ledgers.back();
  }

  template <typename Use>
  auto with_judging(Use use) {
    crypto::SignatureChecker checker(crypto::production_engines(), limits_);
    return use(Judging{.record = record_,
                       .circumstances = circumstances_,
                       .trust = trust_,
                       .policy = trust::default_policy(),
                       .as_of = core::from_unix_ms(kAsOf),
                       .checker = checker,
                       .limits = limits_});
  }

  core::Result<v1::Report> judged() {
    return with_judging([](const Judging& judging) { return judge(judging); });
  }

  v1::ItemReport first_item() {
    auto report = judged();
    EXPECT_TRUE(report.has_value());
    return report ? report->evidence(0) : v1::ItemReport();
  }

  static std::set<v1::ReasonCode> codes(const v1::ItemReport& item) {
    std::set<v1::ReasonCode> out;
    for (const v1::Finding& finding : item.findings()) out.insert(finding.code());
    out.erase(v1::REASON_NONE);
    return out;
  }

  using Codes = std::set<v1::ReasonCode>;

  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  core::Limits limits_;
};

TEST_F(JudgeTest, WithoutProofsThereIsNoConclusion) {
  const auto report = judged();
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->verdict(), v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED);
  EXPECT_EQ(report->evidence(0).verdict(), v1::VERDICT_INCONCLUSIVE);
  EXPECT_EQ(codes(report->evidence(0)), Codes{v1::REASON_INCLUSION_PROOF_MISSING});
  EXPECT_FALSE(report->trust().given());
}

TEST_F(JudgeTest, WithoutATrustListNoLedgerIsOnIt) {
  add_proof("block", "fabric").set_ledger("judicial-fabric");
  const auto item = first_item();
  EXPECT_EQ(item.verdict(), v1::VERDICT_INCONCLUSIVE);
  EXPECT_TRUE(codes(item).contains(v1::REASON_LEDGER_NOT_ON_TRUST_LIST));
  ASSERT_EQ(item.attestations_size(), 1);
  EXPECT_EQ(item.attestations(0).ledger(), "judicial-fabric");
  EXPECT_EQ(item.attestations(0).format(), "fabric");
  EXPECT_FALSE(item.attestations(0).has_record());
  EXPECT_EQ(item.attestations(0).outcome(), v1::OUTCOME_UNDETERMINED);
}

TEST_F(JudgeTest, AFormatThatThisBuildLacks) {
  add_proof("receipt", "no-such-format").set_ledger("somewhere");
  auto item = first_item();
  EXPECT_EQ(codes(item),
            (Codes{v1::REASON_FORMAT_UNSUPPORTED, v1::REASON_LEDGER_NOT_ON_TRUST_LIST}));
  add_ledger("somewhere", "no-such-format");
  item = first_item();
  EXPECT_EQ(codes(item), Codes{v1::REASON_FORMAT_UNSUPPORTED});
  EXPECT_EQ(item.verdict(), v1::VERDICT_INCONCLUSIVE);
}

TEST_F(JudgeTest, WhatNobodyReadIsNoTimeEvidence) {
  add_proof("no proof", "opentimestamps");
  auto item = first_item();
  EXPECT_EQ(item.verdict(), v1::VERDICT_INCONCLUSIVE);
  EXPECT_EQ(codes(item), Codes{v1::REASON_LEDGER_NOT_ON_TRUST_LIST});
  EXPECT_EQ(item.attestations(0).tier(), v1::TIER_TIME_PROOF);
  add_ledger("bitcoin", "opentimestamps");  // without its tables
  item = first_item();
  EXPECT_EQ(codes(item), Codes{v1::REASON_FORMAT_UNSUPPORTED});
  EXPECT_EQ(item.attestations(0).tier(), v1::TIER_TIME_PROOF);
}

TEST_F(JudgeTest, AProofOfTimeIsNotTakenForOneOfTheRecordsLedger) {
  add_ledger("judicial-fabric", "fabric");
  add_ledger("bitcoin", "opentimestamps");
  record_.mutable_submission()->mutable_evidence(0)->mutable_record()->set_ledger(
      "judicial-fabric");
  const std::string magic = core::to_string(
      *core::from_hex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294"));
  add_proof(magic, "");
  add_proof("a block", "");
  const auto report = first_item();
  ASSERT_EQ(report.attestations_size(), 2);
  EXPECT_EQ(report.attestations(0).ledger(), "bitcoin");
  EXPECT_EQ(report.attestations(0).format(), "opentimestamps");
  EXPECT_EQ(report.attestations(1).ledger(), "judicial-fabric");
}

TEST_F(JudgeTest, BytesThatNobodyRecognises) {
  add_proof("<html>not found</html>", "");
  const auto item = first_item();
  EXPECT_EQ(codes(item), Codes{v1::REASON_INCLUSION_PROOF_MALFORMED});
  EXPECT_EQ(item.verdict(), v1::VERDICT_INCONCLUSIVE);
}

TEST_F(JudgeTest, ALedgerOfAnotherFormatIsNotTheOneNamed) {
  add_ledger("judicial-fabric", "fabric");
  add_proof("log proof", "tlog").set_ledger("judicial-fabric");
  EXPECT_EQ(codes(first_item()), Codes{v1::REASON_LEDGER_NOT_RECOGNISED});
}

TEST_F(JudgeTest, ProofsAreGroupedByTheirLedger) {
  add_ledger("a", "x-format");
  add_ledger("b", "y-format");
  add_proof("1", "x-format").set_ledger("a");
  add_proof("2", "y-format");  // the only ledger of that format
  add_proof("3", "x-format");
  add_proof("4", "").set_ledger("b");
  const auto item = first_item();
  ASSERT_EQ(item.attestations_size(), 2);
  EXPECT_EQ(item.attestations(0).ledger(), "a");
  EXPECT_EQ(item.attestations(0).proofs_size(), 2);
  EXPECT_EQ(item.attestations(1).ledger(), "b");
  EXPECT_EQ(item.attestations(1).proofs_size(), 2);
}

TEST_F(JudgeTest, TheRecordsLedgerGoesForProofsOfItsFormat) {
  add_ledger("a", "x-format");
  add_ledger("a2", "x-format");
  record_.mutable_submission()->mutable_evidence(0)->mutable_record()->set_ledger("a2");
  add_proof("1", "x-format");
  add_proof("2", "y-format");
  const auto item = first_item();
  ASSERT_EQ(item.attestations_size(), 2);
  EXPECT_EQ(item.attestations(0).ledger(), "a2");
  EXPECT_EQ(item.attestations(1).ledger(), "");
}

TEST_F(JudgeTest, SeveralLedgersOfAFormatAreNotGuessedAmong) {
  add_ledger("a", "fabric");
  add_ledger("b", "fabric");
  add_proof("1", "fabric");
  EXPECT_TRUE(codes(first_item()).contains(v1::REASON_LEDGER_NOT_ON_TRUST_LIST));
}

TEST_F(JudgeTest, ASpentBudgetConcludesNothing) {
  limits_.signatures = 0;
  add_proof("block", "fabric").set_ledger("unlisted");
  const auto item = first_item();
  EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
}

TEST_F(JudgeTest, RefusesARecordThatIsNotOfItsSubmission) {
  const v1::CaseRecord good = record_;
  record_.mutable_items(0)->set_id("E2");
  EXPECT_FALSE(judged().has_value());
  record_ = good;
  record_.clear_items();
  EXPECT_FALSE(judged().has_value());
  record_ = good;
  add_item("E1");
  EXPECT_FALSE(judged().has_value());
  record_ = good;
  record_.mutable_items(0)->add_proofs(std::string(32, 'p'));
  EXPECT_FALSE(judged().has_value());
  record_ = good;
  add_proof("block", "fabric");
  record_.clear_proofs();
  EXPECT_FALSE(judged().has_value());
}

TEST_F(JudgeTest, PersonalFieldsAreCommitmentsOnly) {
  const auto report = judged();
  ASSERT_TRUE(report.has_value());
  const std::string bytes = core::to_string(canonical_bytes(*report));
  for (const char* secret : {"某文化公司", "91110108551385082Q", "u-771"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
  ASSERT_EQ(report->commitments_size(), 4);
  EXPECT_EQ(report->commitments(2).pointer(), "/parties/0/idNumber");
  // Equal names of different fields do not show as equal.
  EXPECT_NE(report->commitments(1).digest(), report->commitments(3).digest());
}

TEST_F(JudgeTest, BindsEverythingItDependsOn) {
  const auto base = judged();
  ASSERT_TRUE(base.has_value());
  EXPECT_EQ(base->bindings().case_record(), core::to_string(digest_of(record_)));
  circumstances_.set_software_version("2");
  EXPECT_NE(judged()->bindings().circumstances(), base->bindings().circumstances());
  record_.mutable_items(0)->mutable_measured()->set_size(1);
  EXPECT_NE(judged()->bindings().case_record(), base->bindings().case_record());
}

TEST_F(JudgeTest, TheSameInputsGiveTheSameReport) {
  add_proof("block", "fabric").set_ledger("x");
  add_proof("token", "rfc3161");
  EXPECT_EQ(canonical_bytes(*judged()), canonical_bytes(*judged()));
}

TEST_F(JudgeTest, TheReportNumberFollowsItsInputs) {
  const auto number = [&] {
    return with_judging([](const Judging& judging) { return derive_report_number(judging); });
  };
  const std::string base = number();
  EXPECT_EQ(base.size(), 22u);
  EXPECT_TRUE(base.starts_with("HY-"));
  EXPECT_EQ(number(), base);
  circumstances_.set_report_number("another");
  EXPECT_EQ(number(), base);
  std::set<std::string> seen = {base};
  circumstances_.set_software_version("2");
  EXPECT_TRUE(seen.insert(number()).second);
  record_.set_nonce("x");
  EXPECT_TRUE(seen.insert(number()).second);
  trust_.digest = {1};
  EXPECT_TRUE(seen.insert(number()).second);
}

TEST_F(JudgeTest, SecretsFollowFromTheRecordAlone) {
  v1::CaseRecord one = record_;
  derive_secrets(one);
  EXPECT_EQ(one.nonce().size(), 32u);
  EXPECT_EQ(one.salt_key().size(), 32u);
  EXPECT_NE(one.nonce(), one.salt_key());
  v1::CaseRecord again = one;
  derive_secrets(again);
  EXPECT_EQ(digest_of(one), digest_of(again));
  record_.mutable_items(0)->mutable_measured()->set_size(7);
  derive_secrets(record_);
  EXPECT_NE(record_.salt_key(), one.salt_key());
}

// Security decision 21: what lies in a gateway's store under a file's name and is not what came in
// speaks against nobody, whatever was declared of the file and whatever it is now.
TEST_F(JudgeTest, BytesThatWereNotReceivedSayNothing) {
  v1::DeclaredFile& declared = *record_.mutable_submission()->mutable_evidence(0)->mutable_file();
  declared.set_size(100);
  v1::Digest& stated = *declared.add_digests();
  stated.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  stated.set_value(std::string(32, 'g'));
  record_.mutable_items(0)->mutable_measured()->set_size(100);
  v1::ContentFacts& contents = *record_.mutable_items(0)->mutable_contents();
  contents.set_extension(v1::EXTENSION_FIT_NO);
  contents.add_marks(v1::FILE_MARK_ACTIVE_CONTENT);
  v1::ReceivedFile& received = *circumstances_.mutable_custody()->add_received();
  circumstances_.mutable_custody()->set_continuous(true);
  received.set_item("E1");
  received.set_size(100);
  const auto codes = [this] {
    std::set<v1::ReasonCode> found;
    const auto report = judged().value();
    for (const v1::Finding& finding : report.evidence(0).findings()) found.insert(finding.code());
    EXPECT_EQ(report.evidence(0).verdict(), v1::VERDICT_NOT_COMPLETED);
    return found;
  };
  using testing::Contains;
  received.set_sha256(std::string(32, 'f'));  // what lies there, and is not what was declared
  EXPECT_THAT(codes(), Contains(v1::REASON_UPLOAD_INCOMPLETE));
  EXPECT_THAT(codes(), Contains(v1::REASON_ACTIVE_CONTENT));
  received.set_sha256(std::string(32, 'g'));
  for (const auto outcome : {v1::MEASURE_OUTCOME_DONE, v1::MEASURE_OUTCOME_CHANGED_WHILE_READING}) {
    record_.mutable_items(0)->mutable_measured()->set_outcome(outcome);
    EXPECT_THAT(codes(), Contains(v1::REASON_STORED_BYTES_DIFFER));
    for (const auto code : {v1::REASON_UPLOAD_INCOMPLETE, v1::REASON_ACTIVE_CONTENT,
                            v1::REASON_TYPE_EXTENSION_MISMATCH}) {
      EXPECT_THAT(codes(), testing::Not(Contains(code)));
    }
  }
}

// Held against no file at all, a whole proof would be said to lack what it has.
TEST_F(JudgeTest, NorAreProofsHeldAgainstWhatWasNotReceived) {
  add_item("E2");
  for (const int item : {0, 1}) {
    for (const char* format : {"fabric", "rfc3161", "tlog", "evidence-record"}) {
      add_proof(std::string("some ") + format, format, item);
    }
  }
  v1::Custody& custody = *circumstances_.mutable_custody();
  custody.set_continuous(true);
  for (const char* id : {"E1", "E2"}) {
    v1::ReceivedFile& received = *custody.add_received();
    received.set_item(id);
    received.set_sha256(std::string(32, id == std::string_view("E1") ? 'g' : 'f'));
  }
  const auto report = judged().value();
  const v1::ItemReport& aside = report.evidence(0);
  EXPECT_EQ(aside.attestations_size(), 0);
  EXPECT_EQ(aside.checks_size(), 25);
  for (const v1::Finding& finding : aside.findings()) {
    if (finding.check() == v1::CHECK_COC_1) {
      EXPECT_EQ(finding.code(), v1::REASON_STORED_BYTES_DIFFER);
      continue;
    }
    EXPECT_EQ(finding.code(), v1::REASON_NONE) << finding.ShortDebugString();
  }
  EXPECT_EQ(aside.verdict(), v1::VERDICT_NOT_COMPLETED);
  // The one beside it is judged by its own.
  EXPECT_GT(report.evidence(1).attestations_size(), 0);
}

// Ten thousand items, each naming a record of another: linear, or this test never ends.
TEST_F(JudgeTest, TenThousandItems) {
  for (int i = 2; i <= 10'000; ++i) {
    add_item("E" + std::to_string(i));
    add_proof("block", "fabric", i - 1).set_ledger("unlisted");
    v1::LookUp& look_up = *(circumstances_.views().empty() ? circumstances_.add_views()
                                                           : circumstances_.mutable_views(0))
                               ->add_look_ups();
    look_up.set_item("E" + std::to_string(i));
    look_up.set_answer(v1::LOOK_UP_ANSWER_FOUND);
    circumstances_.mutable_custody()->add_received()->set_item("E" + std::to_string(i));
  }
  const auto report = judged();
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->evidence_size(), 10'000);
}

}  // namespace
}  // namespace heyan
