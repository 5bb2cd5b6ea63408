#include "verifier/judge.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "schemas/catalogue/catalogue.h"
#include "verifier/canonical.h"
#include "verifier/checks/attest.h"
#include "verifier/checks/check.h"
#include "verifier/checks/custody.h"
#include "verifier/crypto/digest.h"
#include "verifier/personal_fields.h"
#include "verifier/renewal.h"
#include "verifier/trust/links.h"
#include "verifier/verdict.h"

namespace heyan {
namespace {

bool is_positive(v1::Verdict verdict) {
  return verdict == v1::VERDICT_CONSISTENT || verdict == v1::VERDICT_CONSISTENT_WITH_NOTES;
}

// Is the record one of ours: an entry for each item, in order, and every proof at hand?
core::Result<void> check_record(const v1::CaseRecord& record, const checks::ProofStore& store) {
  const v1::Submission& submission = record.submission();
  if (record.items_size() != submission.evidence_size()) {
    return core::fail(core::ErrorCode::kMalformed, "the record has another number of items");
  }
  std::set<std::string_view> ids;
  for (int i = 0; i < record.items_size(); ++i) {
    const v1::ItemRecord& measured = record.items(i);
    const v1::Item& item = submission.evidence(i);
    if (measured.id() != item.id() || !ids.insert(item.id()).second) {
      return core::fail(core::ErrorCode::kMalformed, "the record names its items otherwise");
    }
    if (measured.proofs_size() != item.proofs_size()) {
      return core::fail(core::ErrorCode::kMalformed, "an item has another number of proofs");
    }
    for (const std::string& digest : measured.proofs()) {
      if (store.find(digest) == nullptr) {
        return core::fail(core::ErrorCode::kNotFound, "the record lacks a proof that it names");
      }
    }
  }
  return {};
}

// Does this answer leave the summary to others? A note beside a pass (COMMIT_NOT_PROVEN) does not
// make the pass undetermined; and in a positive verdict, what an attestation that carries nothing
// left open does not hide the answer of the one that carries it.
bool is_aside(const v1::ItemReport& report, const v1::Finding& finding, bool passed) {
  if (finding.outcome() == v1::OUTCOME_FAIL) return false;
  if (passed && finding.effect() == v1::EFFECT_NOTE &&
      catalogue::entry(finding.check()).weight == catalogue::CheckWeight::kDecisive) {
    return true;
  }
  const v1::Subject& subject = finding.subject();
  return is_positive(report.verdict()) && subject.has_attestation() &&
         report.attestations(static_cast<int>(subject.attestation())).outcome() != v1::OUTCOME_PASS;
}

// Otherwise the worst answer to a question stands for all.
v1::Outcome summary(const v1::ItemReport& report, v1::CheckId check) {
  static constexpr std::array kWorstFirst = {v1::OUTCOME_FAIL,          v1::OUTCOME_UNDETERMINED,
                                             v1::OUTCOME_NOT_PERFORMED, v1::OUTCOME_DECLARED,
                                             v1::OUTCOME_PASS,          v1::OUTCOME_NOT_APPLICABLE};
  const bool passed = std::ranges::any_of(report.findings(), [&](const v1::Finding& finding) {
    return finding.check() == check && finding.outcome() == v1::OUTCOME_PASS;
  });
  std::size_t worst = kWorstFirst.size() - 1;
  for (const v1::Finding& finding : report.findings()) {
    if (finding.check() != check || is_aside(report, finding, passed)) continue;
    const auto rank = std::ranges::find(kWorstFirst, finding.outcome()) - kWorstFirst.begin();
    worst = std::min(worst, static_cast<std::size_t>(rank));
  }
  return kWorstFirst[worst];
}

bool is_about(const v1::Finding& finding, std::uint32_t attestation) {
  return finding.subject().has_attestation() && finding.subject().attestation() == attestation;
}

// A time proof that holds is no ledger record, and is not called undetermined for that; nor for a
// revocation that nobody could look up, which is said beside it as beside a record's.
bool shows_time(std::span<const v1::Finding> findings, std::uint32_t index, v1::Tier tier) {
  return tier == v1::TIER_TIME_PROOF &&
         std::ranges::all_of(findings, [&](const v1::Finding& finding) {
           return !is_about(finding, index) || finding.outcome() == v1::OUTCOME_PASS ||
                  finding.outcome() == v1::OUTCOME_NOT_APPLICABLE ||
                  (finding.code() == v1::REASON_REVOCATION_UNAVAILABLE &&
                   finding.effect() == v1::EFFECT_NOTE);
         });
}

v1::Outcome outcome_of(std::span<const v1::Finding> findings, std::uint32_t index, v1::Tier tier) {
  if (is_established(findings, index, tier) || shows_time(findings, index, tier)) {
    return v1::OUTCOME_PASS;
  }
  const bool failed = std::ranges::any_of(findings, [&](const v1::Finding& finding) {
    return is_about(finding, index) && finding.effect() == v1::EFFECT_INCONSISTENT;
  });
  return failed ? v1::OUTCOME_FAIL : v1::OUTCOME_UNDETERMINED;
}

void mark_links(v1::Attestation& attestation, const trust::Links& links) {
  for (v1::Signature& signature : *attestation.mutable_signatures()) {
    signature.set_linked_to_party(links.institutions.contains(signature.institution()));
  }
}

void add_parties(v1::Report& report, const Judging& judging, const trust::Links& links) {
  const auto& checked = judging.circumstances.checked_parties();
  for (const v1::Party& party : judging.record.submission().parties()) {
    v1::PartyReport& out = *report.add_parties();
    out.set_id(party.id());
    out.set_role(party.role());
    out.set_kind(party.kind());
    out.set_identifier_checked(std::ranges::find(checked, party.id()) != checked.end());
    const auto linked = links.by_party.find(party.id());
    if (linked == links.by_party.end()) continue;
    for (const std::string& institution : linked->second) out.add_linked_institutions(institution);
  }
}

void add_names(v1::Report& report, const Judging& judging) {
  std::set<std::string> institutions;
  std::set<std::string> ledgers;
  for (const v1::PartyReport& party : report.parties()) {
    institutions.insert(party.linked_institutions().begin(), party.linked_institutions().end());
  }
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      ledgers.insert(attestation.ledger());
      for (const v1::Signature& signature : attestation.signatures()) {
        institutions.insert(signature.institution());
      }
    }
  }
  for (const std::string& id : institutions) {
    const trust::Institution* institution = judging.trust.institution(id);
    if (institution == nullptr) continue;
    v1::InstitutionName& out = *report.add_institutions();
    out.set_id(id);
    out.set_kind(std::string(trust::name(institution->kind)));
    out.set_zh(institution->name.zh);
    out.set_en(institution->name.en);
  }
  for (const std::string& id : ledgers) {
    const trust::LedgerEntry* ledger = judging.trust.ledger(id);
    if (ledger == nullptr) continue;
    v1::LedgerName& out = *report.add_ledgers();
    out.set_id(id);
    out.set_zh(ledger->name.zh);
    out.set_en(ledger->name.en);
  }
}

// What was asked and tested besides the case itself.
void add_circumstances(v1::Report& report, const v1::Circumstances& circumstances) {
  for (const v1::LedgerView& view : circumstances.views()) {
    v1::LedgerView& out = *report.add_views();
    out = view;
    out.clear_look_ups();
  }
  if (circumstances.has_self_test()) *report.mutable_self_test() = circumstances.self_test();
  if (circumstances.has_intake()) *report.mutable_intake() = circumstances.intake();
}

// Everything that is said of the case as a whole.
void describe_case(v1::Report& report, const Judging& judging, const trust::Links& links) {
  const v1::Submission& submission = judging.record.submission();
  report.set_number(judging.circumstances.report_number());
  report.set_as_of_ms(core::to_unix_ms(judging.as_of));
  *report.mutable_court() = submission.court();
  report.set_case_number(submission.case_number());
  if (submission.has_filed_at_ms()) report.set_filed_at_ms(submission.filed_at_ms());
  report.set_submitter_role(submission.submitter().role());
  report.set_authentication(submission.submitter().authentication());
  report.set_submission_is_declared(judging.circumstances.submission_is_declared());
  add_parties(report, judging, links);
  v1::Bindings& bindings = *report.mutable_bindings();
  bindings.set_case_record(core::to_string(digest_of(judging.record)));
  bindings.set_circumstances(core::to_string(digest_of(judging.circumstances)));
  bindings.set_trust_list(core::to_string(judging.trust.digest));
  bindings.set_policy(core::to_string(judging.policy.digest));
  bindings.set_software_version(judging.circumstances.software_version());
  v1::TrustIdentity& trust = *report.mutable_trust();
  trust.set_id(judging.trust.id);
  trust.set_version(judging.trust.version);
  trust.set_sample(judging.trust.sample);
  trust.set_given(judging.trust.given);
  v1::TrustIdentity& policy = *report.mutable_policy();
  policy.set_id(judging.policy.id);
  policy.set_version(judging.policy.version);
  policy.set_given(true);
  report.set_nonce(judging.record.nonce());
  add_circumstances(report, judging.circumstances);
}

v1::ItemReport described(const v1::Item& declared) {
  v1::ItemReport report;
  report.set_id(declared.id());
  report.set_name(declared.name());
  report.set_category(declared.category());
  report.set_party(declared.party());
  return report;
}

// Of an item with its verdict.
void add_findings(v1::ItemReport& report, std::vector<v1::Finding> findings) {
  for (v1::Finding& finding : findings) {
    // A positive verdict stands on another attestation: what this one lacks is then a note.
    const bool forces = finding.effect() != v1::EFFECT_NONE && finding.effect() != v1::EFFECT_NOTE;
    if (is_positive(report.verdict()) && forces) finding.set_effect(v1::EFFECT_NOTE);
    *report.add_findings() = std::move(finding);
  }
  for (const checks::Check& check : checks::all()) {
    v1::CheckResult& result = *report.add_checks();
    result.set_check(check.id);
    result.set_outcome(summary(report, check.id));
  }
}

// Neither file nor proofs were looked at.
v1::ItemReport set_item_aside(const checks::ItemView& item, const Judging& judging) {
  v1::ItemReport report = described(item.declared);
  std::vector<v1::Finding> findings = checks::run_custody(item, judging);
  report.set_verdict(decide(findings, {}));
  add_findings(report, std::move(findings));
  return report;
}

}  // namespace

v1::ItemReport judge_item(const checks::ItemView& item, const Judging& judging) {
  v1::ItemReport report = described(item.declared);
  *report.mutable_measured() = item.measured.measured();
  if (item.measured.contents().performed()) {
    *report.mutable_contents() = item.measured.contents();
  }
  std::vector<v1::Tier> tiers;
  for (const v1::Attestation& attestation : item.attestations) {
    tiers.push_back(attestation.tier());
  }
  std::vector<v1::Finding> findings = checks::run_all(item, judging);
  report.set_verdict(decide(findings, tiers));
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    v1::Attestation& attestation = *report.add_attestations();
    attestation = item.attestations[i];
    attestation.set_outcome(outcome_of(findings, static_cast<std::uint32_t>(i), tiers[i]));
    attestation.clear_findings();  // they stand among those of the item, with their subject
    mark_links(attestation, item.whole.links);
  }
  add_findings(report, std::move(findings));
  return report;
}

core::Result<Judged> judge_and_disclose(const Judging& judging) {
  const v1::CaseRecord& record = judging.record;
  const checks::ProofStore store(record);
  HEYAN_CHECK_OK(check_record(record, store));
  const std::set<std::string_view> stored_otherwise = checks::stored_otherwise(judging);
  const auto is_set_aside = [&](const v1::ItemRecord& item) {
    return item.measured().outcome() == v1::MEASURE_OUTCOME_TERMINATED ||
           stored_otherwise.contains(item.id());
  };
  std::vector<std::vector<v1::Attestation>> attestations;
  for (int i = 0; i < record.items_size(); ++i) {
    const v1::ItemRecord& measured = record.items(i);
    attestations.push_back(is_set_aside(measured) ? std::vector<v1::Attestation>()
                                                  : checks::attest(record.submission().evidence(i),
                                                                   measured, store, judging));
  }
  const checks::CaseView whole = checks::view_case(judging, attestations);
  Judged judged;
  v1::Report& report = judged.report;
  describe_case(report, judging, whole.links);
  std::vector<v1::Verdict> verdicts;
  for (int i = 0; i < record.items_size(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const checks::ItemView item{.index = index,
                                .declared = record.submission().evidence(i),
                                .measured = record.items(i),
                                .attestations = attestations[index],
                                .whole = whole};
    *report.add_evidence() =
        is_set_aside(item.measured) ? set_item_aside(item, judging) : judge_item(item, judging);
    attestations[index].clear();
    verdicts.push_back(report.evidence(i).verdict());
  }
  report.set_verdict(decide_submission(verdicts));
  add_names(report, judging);
  add_renewal(report, judging);
  judged.disclosures = withhold_personal_fields(report, judging);
  return judged;
}

core::Result<v1::Report> judge(const Judging& judging) {
  HEYAN_TRY(Judged judged, judge_and_disclose(judging));
  return std::move(judged.report);
}

std::string derive_report_number(const Judging& judging) {
  v1::Circumstances circumstances = judging.circumstances;
  circumstances.clear_report_number();
  core::Bytes input = core::to_bytes(std::string_view("heyan.report-number.v1\n"));
  for (const core::Bytes& part :
       {digest_of(judging.record), digest_of(circumstances), judging.trust.digest,
        judging.policy.digest, core::to_bytes(core::format_rfc3339(judging.as_of))}) {
    const core::Bytes digest = crypto::sha256(part);  // equal lengths, so that parts cannot shift
    input.insert(input.end(), digest.begin(), digest.end());
  }
  return report_number(core::ByteView(crypto::sha256(input)).first(kReportNumberBytes));
}

void derive_secrets(v1::CaseRecord& record) {
  record.clear_nonce();
  record.clear_salt_key();
  const std::string digest = core::to_string(digest_of(record));
  record.set_nonce(core::to_string(crypto::sha256(core::as_bytes("heyan.nonce.v1\n" + digest))));
  record.set_salt_key(core::to_string(crypto::sha256(core::as_bytes("heyan.salt.v1\n" + digest))));
}

}  // namespace heyan
