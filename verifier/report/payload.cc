#include "verifier/report/payload.h"

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/payload_evidence.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

using core::json::Value;

Value object() { return Value(Value::Object{}); }
Value array() { return Value(Value::Array{}); }

Value court_value(const v1::Court& court) {
  Value value = object();
  value.set("code", safe_text(court.code()));
  value.set("name", safe_text(court.name()));
  return value;
}

Value submitter_value(const v1::Report& report) {
  Value value = object();
  value.set("role", closed_word(v1::Role_Name(report.submitter_role()), "ROLE_"));
  value.set("authentication",
            closed_word(v1::Authentication_Name(report.authentication()), "AUTHENTICATION_"));
  return value;
}

Value parties_value(const v1::Report& report) {
  Value parties = array();
  for (const auto& party : report.parties()) {
    Value value = object();
    value.set("id", safe_text(party.id()));
    value.set("role", closed_word(v1::Role_Name(party.role()), "ROLE_"));
    value.set("kind", closed_word(v1::PartyKind_Name(party.kind()), "PARTY_KIND_"));
    value.set("identifierChecked", party.identifier_checked());
    Value linked = array();
    for (const auto& institution : party.linked_institutions()) linked.push(safe_text(institution));
    value.set("linkedInstitutions", std::move(linked));
    parties.push(std::move(value));
  }
  return parties;
}

Value commitments_value(const v1::Report& report) {
  Value commitments = array();
  for (const auto& commitment : report.commitments()) {
    Value value = object();
    value.set("pointer", safe_text(commitment.pointer()));
    value.set("sha256", hex(commitment.digest()));
    commitments.push(std::move(value));
  }
  return commitments;
}

Value identity_value(const v1::TrustIdentity& identity, const std::string& digest) {
  Value value = object();
  value.set("id", safe_text(identity.id()));
  value.set("version", number(std::int64_t{identity.version()}));
  value.set("given", identity.given());
  value.set("digest", hex(digest));
  return value;
}

// Names in both languages, so that whoever shows the payload needs no trust list.
template <typename Names>
Value names_value(const Names& names) {
  Value value = object();
  for (const auto& name : names) {
    Value entry = object();
    entry.set("zh", safe_text(name.zh()));
    entry.set("en", safe_text(name.en()));
    if constexpr (requires { name.kind(); }) entry.set("kind", safe_text(name.kind()));
    value.set(safe_text(name.id()), std::move(entry));
  }
  return value;
}

Value standing_value() {
  Value sentences = array();
  for (const auto& sentence : catalogue::standing_sentences()) sentences.push(sentence.id);
  return sentences;
}

Value renewal_value(const v1::Report& report) {
  if (!report.has_renew_before()) return nullptr;
  const v1::RenewBefore& renew = report.renew_before();
  Value value = object();
  value.set("at", core::format_rfc3339(core::from_unix_ms(renew.at_ms())));
  if (!renew.algorithm().empty()) value.set("algorithm", safe_text(renew.algorithm()));
  if (!renew.institution().empty()) value.set("institution", safe_text(renew.institution()));
  return value;
}

Value views_value(const v1::Report& report) {
  Value views = array();
  for (const auto& view : report.views()) {
    Value value = object();
    value.set("ledger", safe_text(view.ledger()));
    value.set("reachable", view.reachable());
    value.set("takenAt", core::format_rfc3339(core::from_unix_ms(view.taken_at_ms())));
    value.set("height", number(std::uint64_t{view.height()}));
    views.push(std::move(value));
  }
  return views;
}

Value self_test_value(const v1::Report& report) {
  if (!report.has_self_test()) return nullptr;
  Value value = object();
  value.set("passed", report.self_test().passed());
  value.set("at", core::format_rfc3339(core::from_unix_ms(report.self_test().at_ms())));
  return value;
}

Value intake_value(const v1::CourtIntake& intake) {
  Value value = object();
  value.set("adapter", safe_text(intake.adapter()));
  Value remarks = array();
  for (const v1::IntakeRemark& remark : intake.remarks()) {
    Value one = object();
    if (!remark.item().empty()) one.set("item", safe_text(remark.item()));
    one.set("code", safe_text(remark.code()));
    remarks.push(std::move(one));
  }
  value.set("remarks", std::move(remarks));
  return value;
}

Value bindings_value(const v1::Bindings& bindings) {
  Value value = object();
  value.set("caseRecord", hex(bindings.case_record()));
  value.set("circumstances", hex(bindings.circumstances()));
  value.set("trustList", hex(bindings.trust_list()));
  value.set("policy", hex(bindings.policy()));
  value.set("software", safe_text(bindings.software_version()));
  return value;
}

}  // namespace

Value payload_value(const v1::Report& report) {
  Value value = object();
  value.set("schema", kReportSchema);
  value.set("reportNumber", safe_text(report.number()));
  value.set("asOf", core::format_rfc3339(core::from_unix_ms(report.as_of_ms())));
  value.set("verdict", catalogue::word(report.verdict()));
  value.set("court", court_value(report.court()));
  value.set("caseNumber", safe_text(report.case_number()));
  Value filed;
  if (report.has_filed_at_ms()) {
    filed = core::format_rfc3339(core::from_unix_ms(report.filed_at_ms()));
  }
  value.set("filedAt", std::move(filed));
  value.set("submitter", submitter_value(report));
  value.set("submissionIsDeclared", report.submission_is_declared());
  if (report.has_intake()) value.set("intake", intake_value(report.intake()));
  value.set("parties", parties_value(report));
  value.set("commitments", commitments_value(report));
  Value evidence = array();
  for (const auto& item : report.evidence()) evidence.push(item_value(item));
  value.set("evidence", std::move(evidence));
  Value trust = identity_value(report.trust(), report.bindings().trust_list());
  trust.set("sample", report.trust().sample());
  value.set("trustList", std::move(trust));
  value.set("policy", identity_value(report.policy(), report.bindings().policy()));
  value.set("institutions", names_value(report.institutions()));
  value.set("ledgers", names_value(report.ledgers()));
  value.set("ledgerViews", views_value(report));
  value.set("selfTest", self_test_value(report));
  value.set("renewBefore", renewal_value(report));
  value.set("standingSentences", standing_value());
  value.set("bindings", bindings_value(report.bindings()));
  value.set("nonce", hex(report.nonce()));
  return value;
}

std::string encode_payload(const v1::Report& report) {
  return core::json::write_canonical(payload_value(report));
}

core::Bytes payload_digest(const v1::Report& report) {
  return crypto::sha256(core::as_bytes(encode_payload(report)));
}

}  // namespace heyan::report
