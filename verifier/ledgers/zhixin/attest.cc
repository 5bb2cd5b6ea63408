#include "verifier/ledgers/zhixin/attest.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/zhixin/certificate.h"
#include "verifier/ledgers/zhixin/deposit.h"
#include "verifier/ledgers/zhixin/fingerprint.h"

namespace heyan::ledgers::zhixin {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;
using crypto::SignatureOutcome;

constexpr std::size_t kMaxDocumentBytes = 64u << 10;  // of one that is read
constexpr std::size_t kAddressBytes = 20;

void add_finding(v1::Attestation& attestation, v1::CheckId check, v1::Outcome outcome,
                 v1::ReasonCode code, v1::Effect effect) {
  v1::Finding& finding = *attestation.add_findings();
  finding.set_check(check);
  finding.set_outcome(outcome);
  finding.set_code(code);
  finding.set_effect(effect);
}

void declare(const std::vector<Statement>& statements, v1::Attestation& attestation) {
  for (const Statement& one : statements) {
    v1::Param& param = *attestation.add_declared();
    param.set_name(one.name);
    param.set_value(one.value);
  }
}

void reject(v1::Attestation& attestation, std::string_view reason) {
  attestation.set_proof_outcome(v1::PROOF_OUTCOME_REJECT);
  attestation.add_ledger_reasons(std::string(reason));
}

void set_malformed(v1::Attestation& attestation) {
  reject(attestation, "PARSE");
  add_finding(attestation, v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED,
              v1::REASON_INCLUSION_PROOF_MALFORMED, v1::EFFECT_INCONCLUSIVE);
}

// Whose key it is says the trust list alone. When the signature was made nobody shows.
void name_depositor(const Deposit& deposit, const OperatorConfig& config, const Judging& judging,
                    v1::Signature& signature, v1::Attestation& attestation) {
  const auto owner = config.depositors.find(core::to_bytes(deposit.key.sha256()));
  if (owner == config.depositors.end()) return;
  const auto validity =
      trust::key_validity(owner->second.period, {}, judging.as_of, judging.policy);
  if (validity.counted) signature.set_institution(owner->second.institution);
  if (validity.reason == v1::REASON_NONE) return;
  add_finding(attestation, v1::CHECK_KEY_1, validity.outcome, validity.reason, v1::EFFECT_NOTE);
  attestation.mutable_findings()->rbegin()->mutable_subject()->set_institution(
      owner->second.institution);
}

void set_record(const Deposit& deposit, const std::string& address,
                std::optional<v1::DigestAlgorithm> algorithm, v1::Attestation& attestation) {
  v1::LedgerRecord& record = *attestation.mutable_record();
  record.set_id(deposit.hash);
  record.set_who(address);
  record.set_what(deposit.extend_info);
  if (!algorithm) return;
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(*algorithm);
  digest.set_value(core::to_string(deposit.fingerprint));
}

void set_not_verified(SignatureOutcome outcome, v1::Attestation& attestation) {
  reject(attestation, "DEPOSIT_SIGNATURE");
  add_finding(attestation, v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED,
              v1::REASON_DEPOSIT_SIGNATURE_INVALID, v1::EFFECT_INCONCLUSIVE);
  if (outcome != SignatureOutcome::kEnginesDisagree) return;
  add_finding(attestation, v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
              v1::EFFECT_NOT_COMPLETED);
}

core::Result<void> attest_deposit(const Deposit& deposit, const v1::ItemRecord& measured,
                                  const OperatorConfig& config, const Judging& judging,
                                  v1::Attestation& attestation) {
  const auto address = zhixin_address(deposit.key.point(), judging.checker);
  if (!address) return fail(ErrorCode::kInternal, "the libraries compute different digests");
  const crypto::Scheme scheme{.kind = crypto::SignatureKind::kSm2,
                              .hash = crypto::Hash::kSm3,
                              .sm2_user_id = config.user_id};
  const SignatureOutcome outcome = judging.checker.verify(
      deposit.key, scheme, core::as_bytes(deposit.signed_text), deposit.signature);
  if (outcome == SignatureOutcome::kBudgetSpent)
    return fail(ErrorCode::kLimit, "more signatures than a judgement may verify");
  declare(deposit.answer, attestation);
  v1::Signature& signature = *attestation.add_signatures();
  signature.set_signer(*address);
  signature.set_role("DEPOSITOR");
  signature.set_key_sha256(core::to_string(deposit.key.sha256()));
  if (outcome != SignatureOutcome::kValid) {
    signature.set_outcome(v1::OUTCOME_FAIL);
    set_not_verified(outcome, attestation);
    return {};
  }
  signature.set_outcome(v1::OUTCOME_PASS);
  name_depositor(deposit, config, judging, signature, attestation);
  const Match match = match_file(deposit.fingerprint, config.algorithms, measured.measured(),
                                 "depositor-signature");
  if (match.finding) *attestation.add_findings() = *match.finding;
  set_record(deposit, *address, match.algorithm, attestation);
  attestation.set_proof_outcome(v1::PROOF_OUTCOME_ACCEPT);
  return {};
}

void attest_certificate(const Certificate& certificate, const v1::ItemRecord& measured,
                        v1::Attestation& attestation) {
  declare(certificate.statements, attestation);
  if (certificate.digest.empty()) return;
  const Match match = match_file(certificate.digest, std::span(&certificate.algorithm, 1),
                                 measured.measured(), "operator-statement");
  if (match.finding) *attestation.add_findings() = *match.finding;
}

std::optional<Value> read_document(core::ByteView bytes, const core::Limits& limits) {
  if (bytes.size() > kMaxDocumentBytes) return std::nullopt;
  auto document = core::json::parse(bytes, limits);
  return document ? std::optional(*std::move(document)) : std::nullopt;
}

bool is_schema(const Value& document, std::string_view schema) {
  const Value* named = document.find("schema");
  return named != nullptr && named->as_string() != nullptr && *named->as_string() == schema;
}

}  // namespace

bool looks_like_ours(core::ByteView head) {
  const std::string_view text = core::as_text(head);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return false;
  return std::ranges::any_of(
      std::array{kDepositSchema, kCertificateSchema}, [&](std::string_view schema) {
        return text.find("\"" + std::string(schema) + "\"") != std::string_view::npos;
      });
}

bool is_one_document(core::ByteView bytes, const core::Limits& limits) {
  const auto document = read_document(bytes, limits);
  if (!document) return false;
  return is_schema(*document, kDepositSchema)
             ? read_deposit(*document).has_value()
             : is_schema(*document, kCertificateSchema) && read_certificate(*document).has_value();
}

std::optional<std::string> zhixin_address(core::ByteView point, crypto::SignatureChecker& checker) {
  const auto digest = checker.digest(crypto::Hash::kSm3, point);
  if (!digest) return std::nullopt;
  return "ZX" + core::to_hex(core::ByteView(*digest).first(kAddressBytes));
}

core::Result<v1::Attestation> attest(const ProofView& proof, const v1::ItemRecord& measured,
                                     const OperatorConfig& config, const Judging& judging) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_OPERATOR_ATTESTATION);
  attestation.set_proof_outcome(v1::PROOF_OUTCOME_INCOMPLETE);
  attestation.add_proofs(core::to_string(proof.sha256));
  const auto document = read_document(proof.bytes, judging.limits);
  if (document && is_schema(*document, kDepositSchema)) {
    if (const auto deposit = read_deposit(*document)) {
      HEYAN_CHECK_OK(attest_deposit(*deposit, measured, config, judging, attestation));
    } else {
      set_malformed(attestation);
    }
  } else if (document && is_schema(*document, kCertificateSchema)) {
    if (const auto certificate = read_certificate(*document)) {
      attest_certificate(*certificate, measured, attestation);
    } else {
      set_malformed(attestation);
    }
  } else if (looks_like_ours(proof.bytes.first(std::min(proof.bytes.size(), kHeadBytes)))) {
    set_malformed(attestation);
  }
  return attestation;
}

}  // namespace heyan::ledgers::zhixin
