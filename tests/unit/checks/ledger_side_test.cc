// REC, MATCH, INC and QUO: what proofs, look-ups and kept checkpoints say.
#include "tests/unit/checks/fixture.h"

namespace heyan::checks::testing {
namespace {

class LedgerSide : public ChecksTest {
 protected:
  v1::LedgerView& add_view(v1::LookUpAnswer answer, std::int64_t age_ms = 1000) {
    v1::LedgerView& view = *circumstances_.add_views();
    view.set_ledger("chain");
    view.set_reachable(true);
    view.set_taken_at_ms(kAsOf - age_ms);
    view.set_height(1000);
    v1::LookUp& look_up = *view.add_look_ups();
    look_up.set_item("E1");
    look_up.set_answer(answer);
    return view;
  }
  v1::KeptCheckpoint& keep(std::uint64_t height, const std::string& hash,
                           const std::string& ledger = "chain") {
    v1::KeptCheckpoint& checkpoint = *circumstances_.add_checkpoints();
    checkpoint.set_ledger(ledger);
    checkpoint.set_height(height);
    checkpoint.set_hash(hash);
    return checkpoint;
  }
  static constexpr std::int64_t kMaxAge = kDay;
};

TEST_F(LedgerSide, WithoutProofAndWithoutAskingThereIsNoAnswer) {
  attestations_[0].clear();
  EXPECT_EQ(only(v1::CHECK_REC_1).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  EXPECT_EQ(only(v1::CHECK_INC_1).code(), v1::REASON_INCLUSION_PROOF_MISSING);
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_QUO_1).outcome(), v1::OUTCOME_UNDETERMINED);
  for (const auto check : {v1::CHECK_INC_2, v1::CHECK_QUO_2, v1::CHECK_QUO_3, v1::CHECK_KEY_1,
                           v1::CHECK_KEY_2, v1::CHECK_TIM_1, v1::CHECK_TIM_2}) {
    EXPECT_EQ(only(check).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  }
}

TEST_F(LedgerSide, LookUpsWithAFreshView) {
  attestations_[0].clear();
  auto& view = add_view(v1::LOOK_UP_ANSWER_FINGERPRINT_UNKNOWN);
  EXPECT_EQ(only(v1::CHECK_REC_1).code(), v1::REASON_RECORD_NOT_FOUND);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_PASS);
  view.mutable_look_ups(0)->set_answer(v1::LOOK_UP_ANSWER_ID_UNKNOWN);
  EXPECT_EQ(only(v1::CHECK_REC_1).code(), v1::REASON_RECORD_ID_UNKNOWN);
  view.mutable_look_ups(0)->set_answer(v1::LOOK_UP_ANSWER_FOUND);
  EXPECT_EQ(only(v1::CHECK_REC_1).outcome(), v1::OUTCOME_PASS);
  view.mutable_look_ups(0)->set_answer(v1::LOOK_UP_ANSWER_UNSPECIFIED);
  EXPECT_EQ(only(v1::CHECK_REC_1).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_NOT_PERFORMED);
}

TEST_F(LedgerSide, AnOldViewSaysNothingOfAbsence) {
  attestations_[0].clear();
  auto& view = add_view(v1::LOOK_UP_ANSWER_FINGERPRINT_UNKNOWN, kMaxAge);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_PASS);  // exactly as old as is allowed
  view.set_taken_at_ms(kAsOf - kMaxAge - 1);
  EXPECT_EQ(only(v1::CHECK_REC_2).code(), v1::REASON_CHAIN_VIEW_STALE);
  EXPECT_EQ(only(v1::CHECK_REC_1).outcome(), v1::OUTCOME_UNDETERMINED);
  policy_.max_view_age = std::chrono::hours(48);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_PASS);
  view.mutable_look_ups(0)->set_answer(v1::LOOK_UP_ANSWER_FOUND);
  policy_.max_view_age = std::chrono::hours(1);
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_PASS);  // presence needs no new view
}

TEST_F(LedgerSide, AnUnreachableLedger) {
  v1::LedgerView& view = *circumstances_.add_views();
  view.set_ledger("chain");
  EXPECT_EQ(only(v1::CHECK_REC_2).code(), v1::REASON_CHAIN_UNREACHABLE);
  view.set_ledger("another");
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  item().mutable_record()->set_ledger("another");
  EXPECT_EQ(only(v1::CHECK_REC_2).code(), v1::REASON_CHAIN_UNREACHABLE);
  // An item that names no ledger at all might be on any of them.
  item().clear_record();
  const auto attestations = attestations_[0];
  attestations_[0].clear();
  EXPECT_EQ(only(v1::CHECK_REC_2).code(), v1::REASON_CHAIN_UNREACHABLE);
  attestations_[0] = attestations;
  // Answers of a ledger that was not reached are none.
  v1::LookUp& look_up = *view.add_look_ups();
  look_up.set_item("E1");
  look_up.set_answer(v1::LOOK_UP_ANSWER_FOUND);
  EXPECT_EQ(run(v1::CHECK_REC_2).size(), 1u);
  EXPECT_EQ(only(v1::CHECK_REC_2).code(), v1::REASON_CHAIN_UNREACHABLE);
}

TEST_F(LedgerSide, ALookUpAgainstAProof) {
  auto& view = add_view(v1::LOOK_UP_ANSWER_FINGERPRINT_UNKNOWN);
  EXPECT_TRUE(has(run(v1::CHECK_REC_1), v1::REASON_RECORD_NOT_FOUND));
  view.set_height(6);  // the proof's block is newer than the view
  EXPECT_FALSE(has(run(v1::CHECK_REC_1), v1::REASON_RECORD_NOT_FOUND));
  EXPECT_EQ(only(v1::CHECK_REC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

TEST_F(LedgerSide, EveryRecordedFingerprintThatWasMeasuredMustBeEqual) {
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_PASS);
  *ledger_record().add_digests() = digest(v1::DIGEST_ALGORITHM_SM3, 'x');
  const auto finding = only(v1::CHECK_MATCH_1);
  EXPECT_EQ(finding.code(), v1::REASON_CONTENT_HASH_DIFFERS);
  EXPECT_EQ(finding.effect(), v1::EFFECT_INCONSISTENT);
  EXPECT_EQ(finding.subject().attestation(), 0u);
}

TEST_F(LedgerSide, OneBitOfTheRecordedFingerprintIsEnough) {
  std::string& value = *ledger_record().mutable_digests(0)->mutable_value();
  for (std::size_t i = 0; i < value.size(); ++i) {
    value[i] = static_cast<char>(value[i] ^ 0x80);
    EXPECT_EQ(only(v1::CHECK_MATCH_1).code(), v1::REASON_CONTENT_HASH_DIFFERS);
    value[i] = static_cast<char>(value[i] ^ 0x80);
  }
  value.pop_back();
  EXPECT_EQ(only(v1::CHECK_MATCH_1).code(), v1::REASON_CONTENT_HASH_DIFFERS);
  value.clear();
  EXPECT_EQ(only(v1::CHECK_MATCH_1).code(), v1::REASON_CONTENT_HASH_DIFFERS);
}

TEST_F(LedgerSide, AnotherItemsRecordExplainsADifference) {
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  v1::Attestation other = attestation();
  *other.mutable_record()->mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  attestations_[1] = {other};
  EXPECT_TRUE(has(run(v1::CHECK_MATCH_1), v1::REASON_WRONG_FILE_FOR_RECORD));
  EXPECT_TRUE(has(run(v1::CHECK_MATCH_1), v1::REASON_CONTENT_HASH_DIFFERS));
  // Only a record that stands in its ledger explains anything.
  set_answer(attestations_[1][0], v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  EXPECT_FALSE(has(run(v1::CHECK_MATCH_1), v1::REASON_WRONG_FILE_FOR_RECORD));
  // The item's own second record is no other item's.
  attestations_[1].clear();
  *add_attestation(v1::TIER_CHAIN_PROOF).mutable_record()->mutable_digests(0) =
      digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  EXPECT_FALSE(has(run(v1::CHECK_MATCH_1), v1::REASON_WRONG_FILE_FOR_RECORD));
}

TEST_F(LedgerSide, ARecordThatNothingTiesToALedgerForcesNothing) {
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  set_answer(attestation(), v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED,
             v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
  EXPECT_EQ(only(v1::CHECK_MATCH_1).effect(), v1::EFFECT_INCONCLUSIVE);
  attestation().clear_record();
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_UNDETERMINED);
}

TEST_F(LedgerSide, AFingerprintThatNobodyMeasuredIsNotPerformed) {
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_384, 'f');
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(only(v1::CHECK_MATCH_2).outcome(), v1::OUTCOME_NOT_PERFORMED);
}

TEST_F(LedgerSide, WhereTheLibrariesDifferNothingMatches) {
  auto& measured_digest = *measured().mutable_measured()->mutable_digests(0);
  measured_digest.set_second(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'g'));
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_NOT_PERFORMED);
  measured_digest.set_first(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'h'));
  EXPECT_EQ(run(v1::CHECK_MATCH_1).front().code(), v1::REASON_CONTENT_HASH_DIFFERS);
}

TEST_F(LedgerSide, WeakAlgorithms) {
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_MD5, 'f');
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_PASS);
  EXPECT_EQ(only(v1::CHECK_MATCH_2).code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  // What the record says of its own time does not help, however old.
  ledger_record().set_when_ms(0);
  attestation().mutable_time()->set_not_after_ms(0);
  EXPECT_EQ(only(v1::CHECK_MATCH_2).code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  // Nor does independent evidence over the weak digest itself.
  attestation().mutable_time()->set_independent(true);
  EXPECT_EQ(only(v1::CHECK_MATCH_2).code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  // Beside a strong one it does no harm.
  *ledger_record().add_digests() = digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  EXPECT_EQ(only(v1::CHECK_MATCH_2).outcome(), v1::OUTCOME_PASS);
}

TEST_F(LedgerSide, TimeEvidenceOverAStrongDigestRescuesAWeakOne) {
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_MD5, 'f');
  const std::int64_t before = 1'000'000'000'000;  // 2001
  const auto second = [&]() -> v1::Finding { return run(v1::CHECK_MATCH_2).front(); };
  add_attestation(v1::TIER_TIME_PROOF);
  v1::Attestation& time = attestations_[0][1];
  *time.mutable_record()->mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  time.mutable_time()->set_independent(true);
  time.mutable_time()->set_not_after_ms(before);
  EXPECT_EQ(second().outcome(), v1::OUTCOME_PASS);
  time.mutable_time()->set_not_after_ms(kRecorded);  // after the end date
  EXPECT_EQ(second().code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  time.mutable_time()->set_not_after_ms(before);
  time.mutable_time()->set_independent(false);
  EXPECT_EQ(second().code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  time.mutable_time()->set_independent(true);
  *time.mutable_record()->mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  EXPECT_EQ(second().code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
  *time.mutable_record()->mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  set_answer(time, v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(second().code(), v1::REASON_HASH_ALGORITHM_WEAK_NO_POE);
}

TEST_F(LedgerSide, UnsupportedAlgorithms) {
  ledger_record().set_unsupported_algorithm("crc\x1b[31m32");
  EXPECT_EQ(only(v1::CHECK_MATCH_2).outcome(), v1::OUTCOME_PASS);  // SHA-256 agrees
  ledger_record().clear_digests();
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_UNDETERMINED);
  const auto finding = only(v1::CHECK_MATCH_2);
  EXPECT_EQ(finding.code(), v1::REASON_HASH_ALGORITHM_UNSUPPORTED);
  EXPECT_EQ(finding.params(0).value().find('\x1b'), std::string::npos);
  ledger_record().clear_unsupported_algorithm();  // a record without any fingerprint
  EXPECT_EQ(only(v1::CHECK_MATCH_2).code(), v1::REASON_HASH_ALGORITHM_UNSUPPORTED);
}

TEST_F(LedgerSide, OnlyTimeOrOperatorEvidence) {
  attestation().set_tier(v1::TIER_TIME_PROOF);
  EXPECT_FALSE(has(run(v1::CHECK_INC_1), v1::REASON_TIME_PROOF_ONLY));  // it shows no time
  attestation().mutable_time()->set_independent(true);
  attestation().mutable_time()->set_not_after_ms(kRecorded);
  EXPECT_TRUE(has(run(v1::CHECK_INC_1), v1::REASON_TIME_PROOF_ONLY));
  add_attestation(v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_TRUE(has(run(v1::CHECK_INC_1), v1::REASON_OPERATOR_ATTESTATION_ONLY));
  add_attestation(v1::TIER_CHAIN_PROOF);
  EXPECT_FALSE(has(run(v1::CHECK_INC_1), v1::REASON_OPERATOR_ATTESTATION_ONLY));
  EXPECT_FALSE(has(run(v1::CHECK_INC_1), v1::REASON_TIME_PROOF_ONLY));
}

// Whether a record of a chain matches is answered by the check alone, whatever its folder says.
TEST_F(LedgerSide, ALedgerDoesNotAnswerForTheFile) {
  set_answer(attestation(), v1::CHECK_MATCH_1, v1::OUTCOME_PASS);
  *ledger_record().mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  const v1::Finding finding = only(v1::CHECK_MATCH_1);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_FAIL);
  EXPECT_EQ(finding.code(), v1::REASON_CONTENT_HASH_DIFFERS);
}

// What an operator attests is compared by its own folder, and never answers for a record of a
// chain.
TEST_F(LedgerSide, AnOperatorsFingerprintIsNoRecord) {
  attestation().set_tier(v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_MATCH_2).outcome(), v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_QUO_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  set_answer(attestation(), v1::CHECK_MATCH_1, v1::OUTCOME_UNDETERMINED,
             v1::REASON_ATTESTED_FINGERPRINT_DIFFERS);
  EXPECT_EQ(only(v1::CHECK_MATCH_1).code(), v1::REASON_ATTESTED_FINGERPRINT_DIFFERS);
  EXPECT_EQ(only(v1::CHECK_MATCH_1).subject().attestation(), 0u);
  add_attestation(v1::TIER_CHAIN_PROOF);
  EXPECT_TRUE(has(run(v1::CHECK_MATCH_1), v1::REASON_ATTESTED_FINGERPRINT_DIFFERS));
  EXPECT_EQ(only(v1::CHECK_MATCH_2).subject().attestation(), 1u);
}

TEST_F(LedgerSide, AnAnswerThatALedgerOwesIsUndetermined) {
  attestation().clear_findings();
  for (const auto check : {v1::CHECK_REC_1, v1::CHECK_INC_1, v1::CHECK_QUO_1}) {
    EXPECT_EQ(only(check).outcome(), v1::OUTCOME_UNDETERMINED);
  }
}

TEST_F(LedgerSide, KeptCheckpoints) {
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  keep(6, "six");
  keep(7, "another", "another-chain");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  keep(7, "seven");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_PASS);
  attestation().mutable_position()->set_block_hash("Seven");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

// Of its own item, too: less than a quorum signed is no view of the ledger.
TEST_F(LedgerSide, BelowTheQuorumAContradictionIsANote) {
  keep(7, "another seven");
  attestation().mutable_quorum()->set_reached(false);
  const v1::Finding finding = only(v1::CHECK_INC_2);
  EXPECT_EQ(finding.code(), v1::REASON_BLOCK_DIFFERS_BELOW_QUORUM);
  EXPECT_EQ(finding.effect(), v1::EFFECT_NOTE);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_APPLICABLE);
  attestation().mutable_quorum()->set_reached(true);
  set_answer(attestation(), v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

// Two blocks of one case contradict each other as two of two cases do.
TEST_F(LedgerSide, ACaseMayContradictItself) {
  v1::Attestation other = attestation();
  other.mutable_position()->set_block_hash("Seven");
  attestations_[1] = {other};
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestations_[1][0].set_ledger("another-chain");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

// A larger tree cannot be compared without a consistency proof, and another log's never.
TEST_F(LedgerSide, HeadsOfLogsAreComparedAtOneSize) {
  v1::LogHead& head = *attestation().mutable_head();
  head.set_origin("log.example");
  head.set_size(9);
  head.set_root("nine");
  keep(7, "another seven");  // its block is none
  keep(8, "eight").set_origin("log.example");
  keep(9, "another nine").set_origin("log2.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
  keep(9, "another nine").set_origin("log.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  keep(9, "nine").set_origin("log.example");
  head.set_size(10);  // above a conflict
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  head.set_origin("log3.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
}

class Rulings : public LedgerSide {
 protected:
  Rulings() {
    trust::LedgerEntry& entry = trust_.ledgers.emplace_back();
    entry.id = "chain";
    entry.rulings = {
        {.document = "No. 1", .origin = {}, .height = 5, .resumes = 9, .stands = {"seven", "5"}}};
    keep(5, "5");
    keep(5, "another five");
  }
  void stand(std::uint64_t height, const std::string& hash) {
    attestation().mutable_position()->set_block(height);
    attestation().mutable_position()->set_block_hash(hash);
  }
  trust::Ruling& ruling() { return trust_.ledgers[0].rulings[0]; }
  void expect_note() {
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.code(), v1::REASON_CHAIN_FORK_RULED);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NOTE);
    EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_APPLICABLE);
    ASSERT_EQ(finding.params_size(), 2);
    EXPECT_EQ(finding.params(0).value(), "5");
    EXPECT_EQ(finding.params(1).value(), "No. 1");
  }
};

TEST_F(Rulings, WhatTheyLetStandIsJudgedAsBefore) {
  expect_note();
  stand(5, "5");
  expect_note();
  stand(9, "nine");  // the ledger counts again
  expect_note();
  stand(4, "four");  // below
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
}

TEST_F(Rulings, WhatTheyDoNotNameStaysOpen) {
  for (const auto& [height, hash] : {std::pair(5, "another five"), {8, "eight"}, {7, ""}}) {
    stand(static_cast<std::uint64_t>(height), hash);
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.code(), v1::REASON_BLOCK_NOT_RULED_FOR) << height;
    EXPECT_EQ(finding.effect(), v1::EFFECT_INCONCLUSIVE);
  }
}

TEST_F(Rulings, NeedNoMemory) {
  circumstances_.clear_checkpoints();
  expect_note();
  stand(5, "another five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_BLOCK_NOT_RULED_FOR);
}

TEST_F(Rulings, SettleNoOtherConflict) {
  keep(3, "three");
  keep(3, "another three");
  for (const std::uint64_t height : {4U, 7U, 9U}) {  // below, within, above
    stand(height, "seven");
    EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED) << height;
  }
}

TEST_F(Rulings, SettleNoLaterConflict) {
  keep(9, "nine");
  keep(9, "another nine");
  expect_note();
  stand(9, "nine");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

TEST_F(Rulings, AreOfOneLedgerAndTree) {
  ruling().origin = "log.example";
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  ruling().origin.clear();
  trust_.ledgers[0].id = "another-chain";
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

TEST_F(LedgerSide, SinceWhenALedgerIsWatchedIsToldWhereNothingContradictsIt) {
  const auto told = [this] {
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NONE);
    return finding.params_size() == 1 && finding.params(0).name() == "watched_since" &&
           finding.params(0).value() == "2026-11-18";
  };
  v1::WatchedLedger& watched = *circumstances_.add_watched();
  watched.set_ledger("chain");
  watched.set_since_ms(kAsOf);
  EXPECT_TRUE(told());
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  watched.set_ledger("another-chain");
  EXPECT_FALSE(told());
  watched.set_ledger("chain");
  // Above this block, and not for this item to answer; yet there is one.
  keep(8, "eight");
  keep(8, "another eight");
  EXPECT_FALSE(told());
  circumstances_.clear_checkpoints();
  trust_.ledgers.emplace_back().id = "chain";
  EXPECT_TRUE(told());
  trust_.ledgers[0].rulings = {
      {.document = "No. 1", .origin = {}, .height = 8, .resumes = 9, .stands = {"eight"}}};
  EXPECT_FALSE(told());
}

TEST_F(LedgerSide, AboveAKnownConflictNothingIsConcluded) {
  keep(5, "five");
  keep(5, "another five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestation().mutable_position()->set_block(4);
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

// One signer cannot stop a whole ledger (security decision 22).
TEST_F(LedgerSide, AConflictWithoutAQuorumConcernsItsOwnItemOnly) {
  keep(5, "five");
  v1::Attestation lone = attestation();
  lone.mutable_position()->set_block(5);
  lone.mutable_position()->set_block_hash("another five");
  lone.mutable_quorum()->set_reached(false);
  attestations_[1] = {lone};
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  attestations_[1][0].mutable_quorum()->set_reached(true);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  // From that height on: also the block that agrees with what was kept.
  attestation().mutable_position()->set_block(5);
  attestation().mutable_position()->set_block_hash("five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestation().mutable_position()->set_block(4);
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

TEST_F(LedgerSide, TheNeutralQuorum) {
  circumstances_.add_checked_parties("P1");
  EXPECT_EQ(only(v1::CHECK_QUO_2).outcome(), v1::OUTCOME_PASS);
  attestation().mutable_quorum()->set_neutral(2);
  attestation().mutable_quorum()->set_neutral_reached(false);
  const auto finding = only(v1::CHECK_QUO_2);
  EXPECT_EQ(finding.code(), v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY);
  EXPECT_EQ(finding.effect(), v1::EFFECT_NOTE);
  circumstances_.clear_checked_parties();
  EXPECT_TRUE(has(run(v1::CHECK_QUO_2), v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY));
  EXPECT_TRUE(has(run(v1::CHECK_QUO_2), v1::REASON_LINKS_NOT_ESTABLISHED));
}

TEST_F(LedgerSide, LinksThatNobodyEstablished) {
  EXPECT_EQ(only(v1::CHECK_QUO_2).code(), v1::REASON_LINKS_NOT_ESTABLISHED);
  circumstances_.set_submission_is_declared(true);
  EXPECT_EQ(only(v1::CHECK_QUO_2).outcome(), v1::OUTCOME_DECLARED);
  EXPECT_EQ(only(v1::CHECK_QUO_2).effect(), v1::EFFECT_NONE);
  record_.mutable_submission()->mutable_parties(0)->clear_id_number();
  EXPECT_EQ(only(v1::CHECK_QUO_2).code(), v1::REASON_LINKS_NOT_ESTABLISHED);
  record_.mutable_submission()->clear_parties();
  EXPECT_EQ(only(v1::CHECK_QUO_2).code(), v1::REASON_LINKS_NOT_ESTABLISHED);
}

// Whether the quorum depends on a party cannot be said of a signer whom nobody names.
TEST_F(LedgerSide, ASignerThatNobodyNamesLeavesLinksOpen) {
  circumstances_.add_checked_parties("P1");
  v1::Signature& unnamed = *attestation().add_signatures();
  unnamed.set_quorum(true);
  unnamed.set_counted(true);
  EXPECT_EQ(only(v1::CHECK_QUO_2).outcome(), v1::OUTCOME_PASS);  // enough others are neutral
  attestation().mutable_quorum()->set_neutral_reached(false);
  EXPECT_EQ(only(v1::CHECK_QUO_2).code(), v1::REASON_LINKS_NOT_ESTABLISHED);
  unnamed.set_counted(false);
  EXPECT_EQ(only(v1::CHECK_QUO_2).code(), v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY);
}

TEST_F(LedgerSide, AQuorumThatIsMissedAnyhowHasNoNeutralOne) {
  attestation().mutable_quorum()->set_reached(false);
  attestation().mutable_quorum()->set_neutral_reached(false);
  EXPECT_EQ(only(v1::CHECK_QUO_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

}  // namespace
}  // namespace heyan::checks::testing
