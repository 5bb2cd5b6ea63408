// FILE, HASH, COC and RPT: the gateway's own side.
#include <map>

#include "tests/unit/checks/fixture.h"

namespace heyan::checks::testing {
namespace {

class OwnSide : public ChecksTest {};

TEST_F(OwnSide, TheListIsTheCatalogueInItsOrder) {
  ASSERT_EQ(all().size(), catalogue::checks().size());
  for (std::size_t i = 0; i < all().size(); ++i) {
    EXPECT_EQ(all()[i].id, catalogue::checks()[i].id);
    EXPECT_FALSE(run(all()[i].id).empty());
  }
}

TEST_F(OwnSide, NothingDeclaredOfTheFileIsComplete) {
  EXPECT_EQ(only(v1::CHECK_FILE_1).outcome(), v1::OUTCOME_PASS);
}

TEST_F(OwnSide, ADeclaredSizeMustBeMet) {
  item().mutable_file()->set_size(100);
  EXPECT_EQ(only(v1::CHECK_FILE_1).outcome(), v1::OUTCOME_PASS);
  for (const std::uint64_t size : {0ull, 99ull, 101ull}) {
    item().mutable_file()->set_size(size);
    const auto finding = only(v1::CHECK_FILE_1);
    EXPECT_EQ(finding.code(), v1::REASON_UPLOAD_INCOMPLETE);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NOT_COMPLETED);
  }
}

TEST_F(OwnSide, ADeclaredDigestMustBeMet) {
  *item().mutable_file()->add_digests() = digest(v1::DIGEST_ALGORITHM_SM3, 'f');
  EXPECT_EQ(only(v1::CHECK_FILE_1).outcome(), v1::OUTCOME_PASS);
  *item().mutable_file()->add_digests() = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  EXPECT_EQ(only(v1::CHECK_FILE_1).code(), v1::REASON_UPLOAD_INCOMPLETE);
}

TEST_F(OwnSide, ADeclaredDigestThatNobodyComputedIsNotPerformed) {
  *item().mutable_file()->add_digests() = digest(v1::DIGEST_ALGORITHM_SHA_512, 'f');
  const auto finding = only(v1::CHECK_FILE_1);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(finding.effect(), v1::EFFECT_NOT_COMPLETED);
}

TEST_F(OwnSide, AFileThatChangedOrWasNotReadIsNotComplete) {
  measured().mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_CHANGED_WHILE_READING);
  EXPECT_EQ(only(v1::CHECK_FILE_1).code(), v1::REASON_UPLOAD_INCOMPLETE);
  measured().mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_UNSPECIFIED);
  EXPECT_EQ(only(v1::CHECK_FILE_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
}

TEST_F(OwnSide, UnopenedContentsAreNoNote) {
  for (const auto check : {v1::CHECK_FILE_2, v1::CHECK_FILE_3}) {
    const auto finding = only(check);
    EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_PERFORMED);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NONE);
  }
}

TEST_F(OwnSide, TypeAndParser) {
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.set_performed(true);
  EXPECT_EQ(only(v1::CHECK_FILE_2).outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(only(v1::CHECK_FILE_3).outcome(), v1::OUTCOME_PASS);
  contents.set_extension(v1::EXTENSION_FIT_NO);
  EXPECT_EQ(only(v1::CHECK_FILE_2).code(), v1::REASON_TYPE_EXTENSION_MISMATCH);
  EXPECT_EQ(only(v1::CHECK_FILE_2).effect(), v1::EFFECT_NOTE);
  contents.set_extension(v1::EXTENSION_FIT_UNKNOWN);
  EXPECT_EQ(only(v1::CHECK_FILE_2).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_FILE_2).effect(), v1::EFFECT_NONE);
  contents.set_extension(v1::EXTENSION_FIT_YES);
  EXPECT_EQ(only(v1::CHECK_FILE_2).outcome(), v1::OUTCOME_PASS);
  contents.set_terminated(true);
  EXPECT_EQ(only(v1::CHECK_FILE_3).code(), v1::REASON_PARSER_TERMINATED);
  measured().mutable_contents()->set_performed(false);
  EXPECT_EQ(only(v1::CHECK_FILE_3).code(), v1::REASON_PARSER_TERMINATED);
}

TEST_F(OwnSide, MarksAreToldBesideTheAnswerAndChangeNoneOfIt) {
  struct Row {
    std::vector<v1::FileMark> marks;
    v1::ReasonCode code;
    std::string what;
    v1::Effect effect = v1::EFFECT_NOTE;
  };
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.set_extension(v1::EXTENSION_FIT_YES);
  for (const Row& row :
       {Row{{v1::FILE_MARK_ACTIVE_CONTENT}, v1::REASON_ACTIVE_CONTENT, ""},
        Row{{v1::FILE_MARK_EXTERNAL_REFERENCE}, v1::REASON_EXTERNAL_REFERENCE, ""},
        Row{{v1::FILE_MARK_ENCRYPTED}, v1::REASON_FILE_ENCRYPTED, ""},
        Row{{v1::FILE_MARK_MALFORMED}, v1::REASON_FILE_MALFORMED, ""},
        Row{{v1::FILE_MARK_TRAILING_DATA}, v1::REASON_TRAILING_DATA, "", v1::EFFECT_NONE},
        Row{{v1::FILE_MARK_UNSAFE_NAME, v1::FILE_MARK_OVERLAP},
            v1::REASON_ARCHIVE_IRREGULAR,
            "unsafe-name, overlap"},
        Row{{v1::FILE_MARK_HEADERS_DIFFER}, v1::REASON_ARCHIVE_IRREGULAR, "headers-differ"},
        Row{{v1::FILE_MARK_ENTRY_LIMIT, v1::FILE_MARK_NESTING_LIMIT},
            v1::REASON_ARCHIVE_BEYOND_LIMITS,
            "entries, depth"},
        Row{{v1::FILE_MARK_NOT_OPENED}, v1::REASON_FILE_NOT_OPENED, "", v1::EFFECT_NONE}}) {
    contents.mutable_marks()->Assign(row.marks.begin(), row.marks.end());
    const auto findings = run(v1::CHECK_FILE_2);
    ASSERT_EQ(findings.size(), 2u) << row.code;
    EXPECT_EQ(findings[0].code(), v1::REASON_NONE);
    EXPECT_EQ(findings[0].outcome(), v1::OUTCOME_PASS);
    EXPECT_EQ(findings[1].code(), row.code);
    EXPECT_EQ(findings[1].outcome(), v1::OUTCOME_NOT_APPLICABLE);  // it answers no question
    EXPECT_EQ(findings[1].effect(), row.effect) << row.code;
    EXPECT_EQ(findings[1].params().empty() ? "" : findings[1].params(0).value(), row.what);
  }
  contents.clear_marks();
  contents.add_marks(static_cast<v1::FileMark>(99));  // of a later program
  EXPECT_EQ(only(v1::CHECK_FILE_2).outcome(), v1::OUTCOME_PASS);
}

TEST_F(OwnSide, WhatIsNotOfItsTypeAloneDoesNotPass) {
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.set_extension(v1::EXTENSION_FIT_UNKNOWN);
  contents.add_marks(v1::FILE_MARK_BEGINS_OTHERWISE);
  EXPECT_EQ(only(v1::CHECK_FILE_2).code(), v1::REASON_FILE_BEGINS_OTHERWISE);
  EXPECT_EQ(only(v1::CHECK_FILE_2).outcome(), v1::OUTCOME_FAIL);
  EXPECT_EQ(only(v1::CHECK_FILE_2).effect(), v1::EFFECT_NOTE);
  contents.set_extension(v1::EXTENSION_FIT_YES);  // a document that is none
  contents.set_marks(0, v1::FILE_MARK_TYPE_MISMATCH);
  EXPECT_EQ(only(v1::CHECK_FILE_2).code(), v1::REASON_TYPE_EXTENSION_MISMATCH);
}

TEST_F(OwnSide, OneBitBetweenTheLibrariesIsADisagreement) {
  EXPECT_EQ(only(v1::CHECK_HASH_1).outcome(), v1::OUTCOME_PASS);
  for (int i = 0; i < measured().measured().digests_size(); ++i) {
    auto& digest = *measured().mutable_measured()->mutable_digests(i);
    const std::string second = digest.second();
    std::string flipped = second;
    flipped.back() = static_cast<char>(flipped.back() ^ 1);
    digest.set_second(flipped);
    EXPECT_EQ(only(v1::CHECK_HASH_1).code(), v1::REASON_ENGINE_DISAGREEMENT);
    digest.set_second(second);
  }
}

TEST_F(OwnSide, MissingDigestsAreNotPerformed) {
  auto& digest = *measured().mutable_measured()->mutable_digests(0);
  digest.clear_second();
  EXPECT_EQ(only(v1::CHECK_HASH_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  digest.clear_first();
  EXPECT_EQ(only(v1::CHECK_HASH_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  measured().mutable_measured()->clear_digests();
  EXPECT_EQ(only(v1::CHECK_HASH_1).effect(), v1::EFFECT_NOT_COMPLETED);
}

TEST_F(OwnSide, CustodyIsAskedOnlyWhereAServerHandledTheFiles) {
  EXPECT_EQ(only(v1::CHECK_COC_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  v1::Custody& custody = *circumstances_.mutable_custody();
  custody.set_continuous(true);
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_CUSTODY_LOG_GAP);  // nothing was received
  v1::ReceivedFile& received = *custody.add_received();
  received.set_item("E1");
  received.set_size(100);
  received.set_sha256(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
  EXPECT_EQ(only(v1::CHECK_COC_1).outcome(), v1::OUTCOME_PASS);
  custody.set_continuous(false);
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_CUSTODY_LOG_GAP);
}

TEST_F(OwnSide, StoredBytesAreThoseReceived) {
  v1::Custody& custody = *circumstances_.mutable_custody();
  custody.set_continuous(true);
  v1::ReceivedFile& received = *custody.add_received();
  received.set_item("E1");
  received.set_size(101);
  received.set_sha256(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_STORED_BYTES_DIFFER);
  received.set_size(100);
  received.set_sha256(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'g'));
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_STORED_BYTES_DIFFER);
  received.set_sha256("");
  EXPECT_EQ(only(v1::CHECK_COC_1).effect(), v1::EFFECT_NOT_COMPLETED);
}

TEST_F(OwnSide, OnlyWhatWasReadCanDifferFromWhatWasReceived) {
  v1::Custody& custody = *circumstances_.mutable_custody();
  custody.set_continuous(true);
  v1::ReceivedFile& received = *custody.add_received();
  received.set_item("E1");
  received.set_size(101);
  received.set_sha256(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
  measured().mutable_measured()->clear_digests();
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_STORED_BYTES_DIFFER);  // by its size
  received.set_size(100);
  EXPECT_EQ(only(v1::CHECK_COC_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(only(v1::CHECK_COC_1).effect(), v1::EFFECT_NOT_COMPLETED);
  measured().clear_measured();
  measured().mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_TERMINATED);
  EXPECT_EQ(only(v1::CHECK_COC_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(only(v1::CHECK_COC_1).effect(), v1::EFFECT_NOT_COMPLETED);
  // Nor does what was received change.
  measured().mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_CHANGED_WHILE_READING);
  EXPECT_EQ(only(v1::CHECK_COC_1).code(), v1::REASON_STORED_BYTES_DIFFER);
}

TEST_F(OwnSide, SelfTestAndTrustList) {
  EXPECT_EQ(only(v1::CHECK_RPT_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  circumstances_.mutable_self_test()->set_passed(true);
  EXPECT_EQ(only(v1::CHECK_RPT_1).outcome(), v1::OUTCOME_PASS);
  circumstances_.mutable_self_test()->set_passed(false);
  EXPECT_EQ(only(v1::CHECK_RPT_1).code(), v1::REASON_SELF_TEST_FAILED);
  circumstances_.clear_self_test();
  trust_.next_update = core::from_unix_ms(kAsOf - 1);
  EXPECT_EQ(only(v1::CHECK_RPT_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);  // no list was given
  trust_.given = true;
  EXPECT_EQ(only(v1::CHECK_RPT_1).code(), v1::REASON_TRUST_LIST_OUTDATED);
  trust_.next_update = core::from_unix_ms(kAsOf);
  EXPECT_EQ(only(v1::CHECK_RPT_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  trust_.issued = core::from_unix_ms(kAsOf);
  EXPECT_EQ(only(v1::CHECK_RPT_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  trust_.issued = core::from_unix_ms(kAsOf + 1);
  EXPECT_EQ(only(v1::CHECK_RPT_1).code(), v1::REASON_TRUST_LIST_NOT_YET_ISSUED);
  EXPECT_EQ(only(v1::CHECK_RPT_1).effect(), v1::EFFECT_NOT_COMPLETED);
}

TEST_F(OwnSide, PoliciesWeighSupportingChecksOnly) {
  const auto effect = [&] {
    for (const auto& f : run_whole()) {
      if (f.code() == v1::REASON_TIME_ONLY_DECLARED) return f.effect();
    }
    return v1::EFFECT_UNSPECIFIED;
  };
  EXPECT_EQ(effect(), v1::EFFECT_NOTE);
  policy_.checks[v1::CHECK_TIM_1] = trust::Weight::kWarn;
  EXPECT_EQ(effect(), v1::EFFECT_NOTE);
  policy_.checks[v1::CHECK_TIM_1] = trust::Weight::kInform;
  EXPECT_EQ(effect(), v1::EFFECT_NONE);
  policy_.checks[v1::CHECK_TIM_1] = trust::Weight::kIgnore;
  EXPECT_EQ(effect(), v1::EFFECT_NONE);
  policy_.checks[v1::CHECK_TIM_1] = trust::Weight::kFail;
  EXPECT_EQ(effect(), v1::EFFECT_INCONCLUSIVE);
}

TEST_F(OwnSide, PoliciesMakeNoFailureOfWhatWasOnlyNoticed) {
  policy_.checks[v1::CHECK_FILE_2] = trust::Weight::kFail;
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.set_extension(v1::EXTENSION_FIT_NO);
  contents.add_marks(v1::FILE_MARK_ACTIVE_CONTENT);
  std::map<v1::ReasonCode, v1::Effect> effects;
  for (const auto& finding : run_whole()) effects[finding.code()] = finding.effect();
  EXPECT_EQ(effects[v1::REASON_TYPE_EXTENSION_MISMATCH], v1::EFFECT_INCONCLUSIVE);
  EXPECT_EQ(effects[v1::REASON_ACTIVE_CONTENT], v1::EFFECT_NOTE);
}

TEST_F(OwnSide, PoliciesNeverLowerWhatDecides) {
  // A policy that could not have been read: even so, what decides stays.
  for (const auto& check : catalogue::checks()) policy_.checks[check.id] = trust::Weight::kIgnore;
  set_answer(attestation(), v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED,
             v1::REASON_COMMIT_NOT_PROVEN);
  set_answer(attestation(), v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED,
             v1::REASON_CONFIG_NOT_APPROVED);
  item().mutable_file()->set_size(1);
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  for (const auto& finding : run_whole()) {
    if (finding.code() == v1::REASON_NONE || finding.code() == v1::REASON_TIME_ONLY_DECLARED ||
        finding.check() == v1::CHECK_QUO_2) {
      continue;
    }
    EXPECT_EQ(finding.effect(), catalogue::entry(finding.code()).effect)
        << catalogue::entry(finding.code()).code;
  }
}

}  // namespace
}  // namespace heyan::checks::testing
