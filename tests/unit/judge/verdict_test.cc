// The fold by itself: every rule, in its order, and what may never happen.
#include "verifier/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "schemas/catalogue/catalogue.h"

namespace heyan {
namespace {

using Findings = std::vector<v1::Finding>;

constexpr std::array kAbout = {v1::CHECK_REC_1, v1::CHECK_MATCH_1, v1::CHECK_MATCH_2,
                               v1::CHECK_INC_1, v1::CHECK_QUO_1};

v1::Finding finding(v1::CheckId check, v1::Outcome outcome, v1::Effect effect = v1::EFFECT_NONE,
                    std::optional<std::uint32_t> attestation = {}) {
  v1::Finding out;
  out.set_check(check);
  out.set_outcome(outcome);
  out.set_effect(effect);
  if (attestation) out.mutable_subject()->set_attestation(*attestation);
  return out;
}

bool is_about_attestations(v1::CheckId check) {
  return std::ranges::find(kAbout, check) != kAbout.end();
}

// Everything passes in attestation 0.
Findings good() {
  Findings out;
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    std::optional<std::uint32_t> attestation;
    if (is_about_attestations(check.id)) attestation = 0;
    out.push_back(finding(check.id, v1::OUTCOME_PASS, v1::EFFECT_NONE, attestation));
  }
  return out;
}

v1::Finding& of(Findings& findings, v1::CheckId check) {
  return *std::ranges::find(findings, check, [](const v1::Finding& f) { return f.check(); });
}

v1::Verdict fold(const Findings& findings, std::vector<v1::Tier> tiers = {v1::TIER_CHAIN_PROOF}) {
  return decide(findings, tiers);
}

bool positive(v1::Verdict verdict) {
  return verdict == v1::VERDICT_CONSISTENT || verdict == v1::VERDICT_CONSISTENT_WITH_NOTES;
}

bool is_decisive(const catalogue::CheckEntry& check) {
  return check.weight == catalogue::CheckWeight::kDecisive;
}

std::vector<v1::Effect> all_effects() {
  return {v1::EFFECT_UNSPECIFIED,  v1::EFFECT_NONE,      v1::EFFECT_NOTE,
          v1::EFFECT_INCONSISTENT, v1::EFFECT_NOT_FOUND, v1::EFFECT_INCONCLUSIVE,
          v1::EFFECT_NOT_COMPLETED};
}

TEST(Fold, GoodFindingsAreConsistent) { EXPECT_EQ(fold(good()), v1::VERDICT_CONSISTENT); }

TEST(Fold, EmptyFindingsAreNeverPositive) {
  EXPECT_EQ(fold({}, {}), v1::VERDICT_NOT_COMPLETED);
  EXPECT_FALSE(positive(fold({}, {v1::TIER_CHAIN_PROOF})));
  Findings passes_only;
  for (const v1::CheckId check : kAbout) {
    passes_only.push_back(finding(check, v1::OUTCOME_PASS, v1::EFFECT_NONE, 0));
  }
  // An established attestation is not enough where the gateway's own checks have no answer.
  EXPECT_FALSE(positive(fold(passes_only)));
}

TEST(Fold, WithoutAnyOneDecisiveAnswerNothingIsPositive) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    if (!is_decisive(check)) continue;
    Findings findings = good();
    std::erase_if(findings, [&](const v1::Finding& f) { return f.check() == check.id; });
    EXPECT_FALSE(positive(fold(findings))) << check.code;
  }
}

// Whatever a failing decisive answer says of its effect, it does not leave a positive verdict where
// it is about the item or about the attestation that carries it.
TEST(Fold, AnyFailingDecisiveAnswerEndsAPositiveVerdict) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    if (!is_decisive(check)) continue;
    for (const v1::Effect effect : all_effects()) {
      for (const auto attestation :
           {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(0)}) {
        Findings findings = good();
        findings.push_back(finding(check.id, v1::OUTCOME_FAIL, effect, attestation));
        EXPECT_FALSE(positive(fold(findings))) << check.code << " " << effect;
        std::ranges::rotate(findings, findings.end() - 1);
        EXPECT_FALSE(positive(fold(findings))) << check.code << " first";
      }
    }
  }
}

// About an attestation that carries nothing, it is at least a note.
TEST(Fold, AFailingDecisiveAnswerElsewhereIsNeverPlainlyConsistent) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    if (!is_decisive(check)) continue;
    for (const v1::Effect effect : all_effects()) {
      Findings findings = good();
      findings.push_back(finding(check.id, v1::OUTCOME_FAIL, effect, 1));
      EXPECT_NE(fold(findings, {v1::TIER_CHAIN_PROOF, v1::TIER_CHAIN_PROOF}),
                v1::VERDICT_CONSISTENT)
          << check.code << " " << effect;
    }
  }
}

TEST(Fold, WhatWasNotPerformedIsNotCompleted) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    Findings findings = good();
    of(findings, check.id).set_outcome(v1::OUTCOME_NOT_PERFORMED);
    EXPECT_EQ(fold(findings),
              is_decisive(check) ? v1::VERDICT_NOT_COMPLETED : v1::VERDICT_CONSISTENT)
        << check.code;
  }
}

TEST(Fold, NotApplicableOnADecisiveCheckIsUndetermined) {
  constexpr std::array kExempt = {v1::CHECK_REC_2, v1::CHECK_INC_2, v1::CHECK_COC_1,
                                  v1::CHECK_RPT_1};
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    Findings findings = good();
    of(findings, check.id).set_outcome(v1::OUTCOME_NOT_APPLICABLE);
    const bool exempt =
        !is_decisive(check) || std::ranges::find(kExempt, check.id) != kExempt.end();
    EXPECT_EQ(fold(findings), exempt ? v1::VERDICT_CONSISTENT : v1::VERDICT_INCONCLUSIVE)
        << check.code;
  }
}

TEST(Fold, UndeterminedOnADecisiveCheckIsNotPositive) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    if (!is_decisive(check)) continue;
    for (const v1::Outcome outcome :
         {v1::OUTCOME_UNDETERMINED, v1::OUTCOME_DECLARED, v1::OUTCOME_UNSPECIFIED}) {
      Findings findings = good();
      of(findings, check.id).set_outcome(outcome);
      EXPECT_FALSE(positive(fold(findings))) << check.code << " " << outcome;
    }
  }
}

TEST(Fold, OnlyChainProofsEstablish) {
  for (const v1::Tier tier :
       {v1::TIER_UNSPECIFIED, v1::TIER_TIME_PROOF, v1::TIER_OPERATOR_ATTESTATION}) {
    EXPECT_FALSE(is_established(good(), 0, tier));
    EXPECT_EQ(fold(good(), {tier}), v1::VERDICT_INCONCLUSIVE);
  }
  EXPECT_TRUE(is_established(good(), 0, v1::TIER_CHAIN_PROOF));
  EXPECT_FALSE(is_established(good(), 1, v1::TIER_CHAIN_PROOF));
}

TEST(Fold, PartsOfSeveralAttestationsNeverAddUp) {
  for (const v1::CheckId check : kAbout) {
    Findings findings = good();
    of(findings, check).mutable_subject()->set_attestation(1);
    EXPECT_EQ(fold(findings, {v1::TIER_CHAIN_PROOF, v1::TIER_CHAIN_PROOF}),
              v1::VERDICT_INCONCLUSIVE);
  }
}

TEST(Fold, AnAttestationWithAForcingEffectCarriesNothing) {
  // KEY-2 only supports, but CONFIG_NOT_APPROVED leaves the attestation without a conclusion.
  Findings findings = good();
  findings.push_back(
      finding(v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::EFFECT_INCONCLUSIVE, 0));
  EXPECT_EQ(fold(findings), v1::VERDICT_INCONCLUSIVE);
  findings.back().set_effect(v1::EFFECT_NOTE);
  EXPECT_EQ(fold(findings), v1::VERDICT_CONSISTENT_WITH_NOTES);
}

TEST(Fold, CommitNotProvenIsANoteInPlaceOfAPass) {
  Findings findings = good();
  v1::Finding& record = of(findings, v1::CHECK_REC_1);
  record.set_outcome(v1::OUTCOME_UNDETERMINED);
  record.set_effect(v1::EFFECT_NOTE);
  EXPECT_EQ(fold(findings), v1::VERDICT_INCONCLUSIVE);  // a note without a reason is none
  record.set_code(v1::REASON_COMMIT_NOT_PROVEN);
  EXPECT_EQ(fold(findings), v1::VERDICT_CONSISTENT_WITH_NOTES);
  record.set_code(v1::REASON_RECORD_NOT_EFFECTIVE);  // no note by the catalogue
  EXPECT_EQ(fold(findings), v1::VERDICT_INCONCLUSIVE);
}

TEST(Fold, ADifferingFingerprintInAnyProofIsInconsistent) {
  Findings findings = good();
  findings.push_back(finding(v1::CHECK_MATCH_1, v1::OUTCOME_FAIL, v1::EFFECT_INCONSISTENT, 1));
  findings.push_back(finding(v1::CHECK_INC_1, v1::OUTCOME_PASS, v1::EFFECT_NONE, 1));
  const std::vector<v1::Tier> tiers = {v1::TIER_CHAIN_PROOF, v1::TIER_CHAIN_PROOF};
  EXPECT_EQ(fold(findings, tiers), v1::VERDICT_INCONSISTENT);
  // ... but not where nothing ties that record to a ledger.
  findings.back().set_outcome(v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(fold(findings, tiers), v1::VERDICT_CONSISTENT_WITH_NOTES);
  findings.pop_back();
  EXPECT_EQ(fold(findings, tiers), v1::VERDICT_CONSISTENT_WITH_NOTES);
}

TEST(Fold, AnUnauthenticatedRecordThatDiffersLeavesTheItemOpen) {
  Findings findings = good();
  of(findings, v1::CHECK_INC_1).set_outcome(v1::OUTCOME_UNDETERMINED);
  v1::Finding& match = of(findings, v1::CHECK_MATCH_1);
  match.set_outcome(v1::OUTCOME_FAIL);
  match.set_effect(v1::EFFECT_INCONSISTENT);
  EXPECT_EQ(fold(findings), v1::VERDICT_INCONCLUSIVE);
}

TEST(Fold, TheFirstRuleThatAppliesDecides) {
  struct Rule {
    v1::Finding finding;
    v1::Verdict verdict;
  };
  const std::vector<Rule> rules = {
      {finding(v1::CHECK_FILE_1, v1::OUTCOME_FAIL, v1::EFFECT_NOT_COMPLETED),
       v1::VERDICT_NOT_COMPLETED},
      {finding(v1::CHECK_REC_2, v1::OUTCOME_UNDETERMINED, v1::EFFECT_NOT_COMPLETED),
       v1::VERDICT_NOT_COMPLETED},
      {finding(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::EFFECT_INCONSISTENT, 0),
       v1::VERDICT_INCONSISTENT},
      {finding(v1::CHECK_INC_2, v1::OUTCOME_FAIL, v1::EFFECT_INCONCLUSIVE, 0),
       v1::VERDICT_INCONCLUSIVE},
      {finding(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::EFFECT_NOT_FOUND), v1::VERDICT_NOT_FOUND},
      {finding(v1::CHECK_REC_2, v1::OUTCOME_FAIL, v1::EFFECT_INCONCLUSIVE),
       v1::VERDICT_INCONCLUSIVE},
      {finding(v1::CHECK_MATCH_2, v1::OUTCOME_NOT_PERFORMED, v1::EFFECT_NOT_COMPLETED, 0),
       v1::VERDICT_NOT_COMPLETED},
      {finding(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::EFFECT_INCONCLUSIVE, 0),
       v1::VERDICT_INCONCLUSIVE},
      {finding(v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::EFFECT_NOTE, 0),
       v1::VERDICT_CONSISTENT_WITH_NOTES}};
  for (std::size_t first = 0; first < rules.size(); ++first) {
    for (std::size_t second = first; second < rules.size(); ++second) {
      Findings findings = good();
      findings.push_back(rules[second].finding);
      findings.push_back(rules[first].finding);
      EXPECT_EQ(fold(findings), rules[first].verdict) << first << " before " << second;
    }
  }
}

TEST(Fold, ADisagreementOnASignatureCountsOnlyWhereItChangesTheOutcome) {
  const auto disagree =
      finding(v1::CHECK_QUO_3, v1::OUTCOME_UNDETERMINED, v1::EFFECT_NOT_COMPLETED, 0);
  Findings findings = good();
  findings.push_back(disagree);
  EXPECT_EQ(fold(findings), v1::VERDICT_NOT_COMPLETED);
  // Another attestation carries the item: a note.
  findings.back().mutable_subject()->set_attestation(1);
  EXPECT_EQ(fold(findings, {v1::TIER_CHAIN_PROOF, v1::TIER_CHAIN_PROOF}),
            v1::VERDICT_CONSISTENT_WITH_NOTES);
}

TEST(Fold, NoRecordInAProofIsNotFoundOnlyWhereNoneHasOne) {
  Findings findings = good();
  of(findings, v1::CHECK_REC_1).set_outcome(v1::OUTCOME_FAIL);
  of(findings, v1::CHECK_REC_1).set_effect(v1::EFFECT_NOT_FOUND);
  EXPECT_EQ(fold(findings), v1::VERDICT_NOT_FOUND);
  const std::vector<v1::Tier> tiers = {v1::TIER_CHAIN_PROOF, v1::TIER_CHAIN_PROOF};
  findings.push_back(finding(v1::CHECK_REC_1, v1::OUTCOME_PASS, v1::EFFECT_NONE, 1));
  EXPECT_EQ(fold(findings, tiers), v1::VERDICT_INCONCLUSIVE);
}

// Every pair of an outcome and an effect on every check, alone or beside good ones: a positive
// verdict needs a complete, established attestation, and "consistent" has nothing to note.
TEST(Fold, NothingButGoodAnswersIsPlainlyConsistent) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    for (int outcome = v1::Outcome_MIN; outcome <= v1::Outcome_MAX; ++outcome) {
      for (const v1::Effect effect : all_effects()) {
        Findings alone = {finding(check.id, static_cast<v1::Outcome>(outcome), effect, 0)};
        EXPECT_FALSE(positive(fold(alone)));
        Findings beside = good();
        beside.push_back(alone.front());
        if (fold(beside) == v1::VERDICT_CONSISTENT) {
          EXPECT_EQ(effect, v1::EFFECT_NONE) << check.code;
        }
      }
    }
  }
}

TEST(FoldOfSubmission, FollowsTheContract) {
  using V = std::vector<v1::Verdict>;
  const auto c = v1::VERDICT_CONSISTENT;
  const auto n = v1::VERDICT_CONSISTENT_WITH_NOTES;
  EXPECT_EQ(decide_submission(V{c, n, c}), v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  for (const auto other :
       {v1::VERDICT_INCONSISTENT, v1::VERDICT_NOT_FOUND, v1::VERDICT_INCONCLUSIVE}) {
    EXPECT_EQ(decide_submission(V{c, other, n}), v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED);
    EXPECT_EQ(decide_submission(V{other, v1::VERDICT_NOT_COMPLETED}),
              v1::SUBMISSION_VERDICT_INCOMPLETE);
  }
  EXPECT_EQ(decide_submission(V{c, v1::VERDICT_UNSPECIFIED}), v1::SUBMISSION_VERDICT_INCOMPLETE);
  EXPECT_EQ(decide_submission(V{}), v1::SUBMISSION_VERDICT_INCOMPLETE);
}

}  // namespace
}  // namespace heyan
