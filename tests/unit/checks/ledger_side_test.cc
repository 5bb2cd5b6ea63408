// REC, MATCH, INC and QUO: what proofs and look-ups say.
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
