#include "verifier/report/payload_evidence.h"

#include <algorithm>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/time.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

using core::json::Value;

Value object() { return Value(Value::Object{}); }
Value array() { return Value(Value::Array{}); }

Value time_or_null(bool present, std::int64_t milliseconds) {
  if (!present) return nullptr;
  return core::format_rfc3339(core::from_unix_ms(milliseconds));
}

// An algorithm that a record from elsewhere names twice stands once.
void set_digest(Value& digests, v1::DigestAlgorithm algorithm, std::string_view value) {
  const std::string_view name = digest_word(algorithm);
  if (digests.find(name) == nullptr) digests.set(name, hex(value));
}

// Only what the two libraries agree on is a fingerprint; HASH-1 says where they do not.
Value measured_value(const v1::Measured& measured) {
  Value digests = object();
  for (const auto& digest : measured.digests()) {
    if (digest.first() != digest.second()) continue;
    set_digest(digests, digest.algorithm(), digest.first());
  }
  Value file = object();
  file.set("size", number(std::uint64_t{measured.size()}));
  file.set("digests", std::move(digests));
  return file;
}

// What was learnt inside the file: null where nobody looked.
Value extension_agrees(v1::ExtensionFit fit) {
  if (fit == v1::EXTENSION_FIT_YES) return true;
  if (fit == v1::EXTENSION_FIT_NO) return false;
  return nullptr;  // bytes or extension are of no known type
}

Value contents_value(const v1::ItemReport& item) {
  if (!item.has_contents()) return nullptr;
  const v1::ContentFacts& contents = item.contents();
  Value value = object();
  value.set("terminated", contents.terminated());
  value.set("mediaType", safe_text(contents.media_type()));
  value.set("extensionAgrees", extension_agrees(contents.extension()));
  Value times = array();
  for (const auto& time : contents.times()) {
    Value one = object();
    one.set("source", safe_text(time.source()));
    one.set("at", core::format_rfc3339(core::from_unix_ms(time.at_ms())));
    times.push(std::move(one));
  }
  value.set("times", std::move(times));
  value.set("address", safe_text(contents.address()));
  return value;
}

Value record_value(const v1::Attestation& attestation) {
  if (!attestation.has_record()) return nullptr;
  const v1::LedgerRecord& record = attestation.record();
  Value value = object();
  Value digests = object();
  for (const auto& digest : record.digests()) {
    set_digest(digests, digest.algorithm(), digest.value());
  }
  value.set("id", safe_text(record.id()));
  value.set("named", attestation.record_named());
  value.set("digests", std::move(digests));
  value.set("who", safe_text(record.who()));
  value.set("what", safe_text(record.what()));
  value.set("when", safe_text(record.when()));
  value.set("where", safe_text(record.where()));
  return value;
}

Value position_value(const v1::Position& position) {
  Value value = object();
  if (position.has_block()) value.set("block", number(std::uint64_t{position.block()}));
  if (position.has_transaction()) {
    value.set("transaction", number(std::uint64_t{position.transaction()}));
  }
  if (!position.transaction_id().empty()) {
    value.set("transactionId", safe_text(position.transaction_id()));
  }
  if (!position.block_hash().empty()) value.set("blockHash", hex(position.block_hash()));
  return value;
}

Value signature_value(const v1::Signature& signature) {
  Value value = object();
  value.set("institution", safe_text(signature.institution()));
  value.set("signer", safe_text(signature.signer()));
  value.set("role", safe_text(signature.role()));
  value.set("outcome", catalogue::word(signature.outcome()));
  value.set("counted", signature.counted() && signature.quorum());
  if (signature.reason() != v1::REASON_NONE) {
    value.set("reason", catalogue::entry(signature.reason()).code);
  }
  value.set("keySha256", hex(signature.key_sha256()));
  value.set("validFrom", time_or_null(signature.has_valid_from_ms(), signature.valid_from_ms()));
  value.set("validUntil", time_or_null(signature.has_valid_until_ms(), signature.valid_until_ms()));
  value.set("linkedToParty", signature.linked_to_party());
  return value;
}

Value quorum_value(const v1::Quorum& quorum) {
  Value value = object();
  value.set("rule", safe_text(quorum.rule()));
  value.set("required", number(std::uint64_t{quorum.required()}));
  value.set("valid", number(std::uint64_t{quorum.valid()}));
  value.set("neutral", number(std::uint64_t{quorum.neutral()}));
  value.set("reached", quorum.reached());
  value.set("neutralReached", quorum.neutral_reached());
  return value;
}

Value interval_value(const v1::TimeInterval& time) {
  Value value = object();
  value.set("notBefore", time_or_null(time.has_not_before_ms(), time.not_before_ms()));
  value.set("notAfter", time_or_null(time.has_not_after_ms(), time.not_after_ms()));
  value.set("stated", time_or_null(time.has_stated_ms(), time.stated_ms()));
  value.set("source", safe_text(time.source()));
  value.set("independent", time.independent());
  if (!time.policy().empty()) {
    value.set("accuracyMicroseconds",
              time.has_accuracy_us() ? number(std::uint64_t{time.accuracy_us()}) : Value(nullptr));
    value.set("policy", safe_text(time.policy()));
    value.set("class", safe_text(time.authority_class()));
  }
  return value;
}

Value path_value(const v1::Attestation& attestation) {
  Value path = array();
  for (const auto& step : attestation.path()) {
    Value value = object();
    value.set("kind", safe_text(step.kind()));
    value.set("label", safe_text(step.label()));
    if (!step.hash().empty()) value.set("hash", hex(step.hash()));
    path.push(std::move(value));
  }
  return path;
}

Value subject_value(const v1::Subject& subject) {
  Value value = object();
  if (!subject.ledger().empty()) value.set("ledger", safe_text(subject.ledger()));
  if (!subject.institution().empty()) value.set("institution", safe_text(subject.institution()));
  if (!subject.proof().empty()) value.set("proof", safe_text(subject.proof()));
  if (subject.has_attestation()) {
    value.set("attestation", number(std::uint64_t{subject.attestation()}));
  }
  return value;
}

// A name that stands twice is told once.
Value params_value(const google::protobuf::RepeatedPtrField<v1::Param>& params) {
  Value value = object();
  for (const auto& param : params) {
    const std::string name = safe_text(param.name());
    if (value.find(name) == nullptr) value.set(name, safe_text(param.value()));
  }
  return value;
}

}  // namespace

Value finding_value(const v1::Finding& finding) {
  Value value = object();
  value.set("code", catalogue::entry(finding.code()).code);
  value.set("check", catalogue::entry(finding.check()).code);
  value.set("outcome", catalogue::word(finding.outcome()));
  value.set("effect", catalogue::word(finding.effect()));
  value.set("params", params_value(finding.params()));
  Value subject = subject_value(finding.subject());
  if (!subject.as_object()->empty()) value.set("subject", std::move(subject));
  return value;
}

Value attestation_value(const v1::Attestation& attestation) {
  Value value = object();
  value.set("ledger", safe_text(attestation.ledger()));
  value.set("format", safe_text(attestation.format()));
  value.set("tier", closed_word(v1::Tier_Name(attestation.tier()), "TIER_"));
  value.set("outcome", catalogue::word(attestation.outcome()));
  value.set("proofOutcome",
            closed_word(v1::ProofOutcome_Name(attestation.proof_outcome()), "PROOF_OUTCOME_"));
  value.set("record", record_value(attestation));
  value.set("position", position_value(attestation.position()));
  Value signatures = array();
  for (const auto& signature : attestation.signatures()) {
    signatures.push(signature_value(signature));
  }
  value.set("signatures", std::move(signatures));
  value.set("quorum", quorum_value(attestation.quorum()));
  if (attestation.has_record_quorum()) {
    value.set("recordQuorum", quorum_value(attestation.record_quorum()));
  }
  value.set("time", interval_value(attestation.time()));
  if (!attestation.declared().empty()) {
    value.set("declared", params_value(attestation.declared()));
  }
  Value reasons = array();
  for (const auto& reason : attestation.ledger_reasons()) reasons.push(safe_text(reason));
  value.set("ledgerReasons", std::move(reasons));
  Value proofs = array();
  for (const auto& proof : attestation.proofs()) proofs.push(hex(proof));
  value.set("proofs", std::move(proofs));
  value.set("path", path_value(attestation));
  return value;
}

Value item_value(const v1::ItemReport& item) {
  Value value = object();
  value.set("id", safe_text(item.id()));
  value.set("category", closed_word(v1::Category_Name(item.category()), "CATEGORY_"));
  value.set("party", safe_text(item.party()));
  value.set("verdict", catalogue::word(item.verdict()));
  Value reasons = array();
  for (const auto& finding : item.findings()) {
    if (finding.code() != v1::REASON_NONE) reasons.push(finding_value(finding));
  }
  value.set("reasons", std::move(reasons));
  Value checks = array();
  for (const auto& result : item.checks()) {
    Value check = object();
    check.set("check", catalogue::entry(result.check()).code);
    check.set("outcome", catalogue::word(result.outcome()));
    checks.push(std::move(check));
  }
  value.set("checks", std::move(checks));
  value.set("file", measured_value(item.measured()));
  value.set("contents", contents_value(item));
  Value attestations = array();
  for (const auto& attestation : item.attestations()) {
    attestations.push(attestation_value(attestation));
  }
  value.set("attestations", std::move(attestations));
  return value;
}

}  // namespace heyan::report
