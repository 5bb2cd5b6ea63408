#include "tests/unit/checks/fixture.h"

#include <algorithm>

#include "verifier/checks/digests.h"

namespace heyan::checks::testing {

std::string ChecksTest::digest_bytes(v1::DigestAlgorithm algorithm, char fill) {
  return std::string(crypto::digest_bytes(*hash_of(algorithm)), fill);
}

v1::Digest ChecksTest::digest(v1::DigestAlgorithm algorithm, char fill) {
  v1::Digest out;
  out.set_algorithm(algorithm);
  out.set_value(digest_bytes(algorithm, fill));
  return out;
}

void ChecksTest::set_answer(v1::Attestation& attestation, v1::CheckId check, v1::Outcome outcome,
                            v1::ReasonCode code) {
  auto& findings = *attestation.mutable_findings();
  auto found = std::ranges::find(findings, check, [](const auto& f) { return f.check(); });
  v1::Finding& finding = found == findings.end() ? *findings.Add() : *found;
  finding.set_check(check);
  finding.set_outcome(outcome);
  finding.set_code(code);
  finding.set_effect(code == v1::REASON_NONE ? v1::EFFECT_NONE : catalogue::entry(code).effect);
}

ChecksTest::ChecksTest() {
  v1::Submission& submission = *record_.mutable_submission();
  v1::Party& party = *submission.add_parties();
  party.set_id("P1");
  party.set_name("某文化公司");
  party.set_id_number("91110108551385082Q");
  for (const char* id : {"E1", "E2"}) {
    submission.add_evidence()->set_id(id);
    v1::ItemRecord& measured = *record_.add_items();
    measured.set_id(id);
    measured.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_DONE);
    measured.mutable_measured()->set_size(100);
    for (const auto algorithm :
         {v1::DIGEST_ALGORITHM_SHA_256, v1::DIGEST_ALGORITHM_SM3, v1::DIGEST_ALGORITHM_MD5}) {
      v1::MeasuredDigest& digest = *measured.mutable_measured()->add_digests();
      digest.set_algorithm(algorithm);
      digest.set_first(digest_bytes(algorithm, *id == 'E' && id[1] == '1' ? 'f' : 'e'));
      digest.set_second(digest.first());
    }
  }
  item().mutable_file()->set_path("files/article.html");
  v1::Attestation attestation;
  attestation.set_ledger("chain");
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  *attestation.mutable_record()->add_digests() = digest(v1::DIGEST_ALGORITHM_SHA_256, 'f');
  attestation.mutable_record()->set_when_ms(kRecorded);
  attestation.mutable_position()->set_block(7);
  attestation.mutable_position()->set_block_hash("seven");
  attestation.mutable_quorum()->set_required(3);
  attestation.mutable_quorum()->set_valid(4);
  attestation.mutable_quorum()->set_neutral(4);
  attestation.mutable_quorum()->set_reached(true);
  attestation.mutable_quorum()->set_neutral_reached(true);
  for (const auto check : {v1::CHECK_REC_1, v1::CHECK_INC_1, v1::CHECK_QUO_1, v1::CHECK_QUO_3,
                           v1::CHECK_KEY_1, v1::CHECK_KEY_2}) {
    set_answer(attestation, check, v1::OUTCOME_PASS);
  }
  set_answer(attestation, v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ONLY_DECLARED);
  attestations_ = {{attestation}, {}};
}

v1::Attestation& ChecksTest::add_attestation(v1::Tier tier) {
  v1::Attestation copy = attestations_[0].front();
  copy.set_tier(tier);
  attestations_[0].push_back(std::move(copy));
  return attestations_[0].back();
}

template <typename Use>
auto ChecksTest::with_view(Use use) {
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::Engines{}, limits);
  const Judging judging{.record = record_,
                        .circumstances = circumstances_,
                        .trust = trust_,
                        .policy = policy_,
                        .as_of = core::from_unix_ms(kAsOf),
                        .checker = checker,
                        .limits = limits};
  const CaseView whole = view_case(judging, attestations_);
  const ItemView view{.index = 0,
                      .declared = record_.submission().evidence(0),
                      .measured = record_.items(0),
                      .attestations = attestations_[0],
                      .whole = whole};
  return use(view, judging);
}

std::vector<v1::Finding> ChecksTest::run(v1::CheckId check) {
  return with_view([&](const ItemView& view, const Judging& judging) {
    const auto found = std::ranges::find(all(), check, &Check::id);
    auto findings = found->run(view, judging);
    EXPECT_FALSE(findings.empty());
    for (const auto& finding : findings) {
      EXPECT_EQ(finding.check(), check);
      EXPECT_NE(finding.effect(), v1::EFFECT_UNSPECIFIED);
    }
    return findings;
  });
}

std::vector<v1::Finding> ChecksTest::run_whole() {
  return with_view(
      [](const ItemView& view, const Judging& judging) { return run_all(view, judging); });
}

v1::Finding ChecksTest::only(v1::CheckId check) {
  const auto findings = run(check);
  EXPECT_EQ(findings.size(), 1u);
  return findings.empty() ? v1::Finding() : findings.front();
}

bool ChecksTest::has(const std::vector<v1::Finding>& findings, v1::ReasonCode code) {
  return std::ranges::any_of(findings, [&](const auto& f) { return f.code() == code; });
}

}  // namespace heyan::checks::testing
