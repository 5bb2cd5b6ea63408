#include "tests/unit/report/sample_report.h"

#include "schemas/catalogue/catalogue.h"

namespace heyan::report::testing {
namespace {

void add_digest(v1::Measured& measured, v1::DigestAlgorithm algorithm, const std::string& value) {
  auto& digest = *measured.add_digests();
  digest.set_algorithm(algorithm);
  digest.set_first(value);
  digest.set_second(value);
}

v1::Attestation attestation() {
  v1::Attestation out;
  out.set_ledger("judicial-fabric");
  out.set_format("fabric");
  out.set_tier(v1::TIER_CHAIN_PROOF);
  out.set_outcome(v1::OUTCOME_PASS);
  out.set_proof_outcome(v1::PROOF_OUTCOME_ACCEPT);
  auto& record = *out.mutable_record();
  record.set_id("EV-0007");
  record.set_who("Zhang San");
  record.set_when("2026-11-22T11:06:30Z");
  out.set_record_named(true);
  out.mutable_position()->set_block(7);
  out.mutable_position()->set_transaction(0);
  auto& signature = *out.add_signatures();
  signature.set_institution("hz-internet-court");
  signature.set_signer("CourtMSP");
  signature.set_role("ENDORSER");
  signature.set_outcome(v1::OUTCOME_PASS);
  signature.set_counted(true);
  signature.set_quorum(true);
  out.mutable_quorum()->set_required(3);
  out.mutable_quorum()->set_valid(4);
  out.mutable_quorum()->set_neutral(2);
  out.mutable_quorum()->set_reached(true);
  out.mutable_time()->set_source("declared");
  return out;
}

}  // namespace

v1::Report sample_report() {
  v1::Report report;
  report.set_number("HY-AAAA-BBBB-CCCC-DDDD");
  report.set_as_of_ms(1'796'000'000'000);
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  report.mutable_court()->set_name("北京互联网法院");
  report.set_case_number("(2026)京0491民初1234号");
  report.set_submission_is_declared(true);
  report.mutable_trust()->set_id("prc-sample");
  report.mutable_trust()->set_given(true);
  report.mutable_policy()->set_id("default");
  report.set_nonce(std::string(32, '\x01'));
  auto& party = *report.add_parties();
  party.set_id("P1");
  party.set_role(v1::ROLE_PLAINTIFF);
  auto& item = *report.add_evidence();
  item.set_id("E1");
  item.set_name("原创文章网页");
  item.set_verdict(v1::VERDICT_CONSISTENT_WITH_NOTES);
  item.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_DONE);
  item.mutable_measured()->set_size(18213);
  add_digest(*item.mutable_measured(), v1::DIGEST_ALGORITHM_SHA_256, std::string(32, '\xab'));
  auto& finding = *item.add_findings();
  finding.set_check(v1::CHECK_QUO_2);
  finding.set_code(v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY);
  finding.set_outcome(v1::OUTCOME_FAIL);
  finding.set_effect(v1::EFFECT_NOTE);
  auto& param = *finding.add_params();
  param.set_name("neutral");
  param.set_value("2");
  for (const auto& check : catalogue::checks()) {
    auto& result = *item.add_checks();
    result.set_check(check.id);
    result.set_outcome(check.id == v1::CHECK_QUO_2 ? v1::OUTCOME_FAIL : v1::OUTCOME_PASS);
  }
  *item.add_attestations() = attestation();
  auto& name = *report.add_institutions();
  name.set_id("hz-internet-court");
  name.set_kind("court");
  name.set_zh("杭州互联网法院");
  name.set_en("Hangzhou Internet Court");
  return report;
}

}  // namespace heyan::report::testing
