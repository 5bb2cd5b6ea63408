#include "verifier/report/envelope.h"

#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"
#include "verifier/transparency/log_proof.h"

namespace heyan::report {
namespace {

using core::json::Value;

constexpr std::string_view kProofMember = "heyan-log-proof";
constexpr std::string_view kStampMember = "heyan-time-stamp";
constexpr std::string_view kJwsBegins = R"({"payload":")";
static_assert(kProofMember < std::string_view("payload"));

// The document without what stands beside it, and that.
struct Parts {
  core::Bytes jws;
  std::optional<std::string> proof;
  std::optional<std::string> stamp;
  std::optional<Value> disclosures;
};

bool stands_beside(std::string_view name) {
  return name == kProofMember || name == kStampMember || name == kDisclosuresMember;
}

bool is_text(const Value* value) { return value == nullptr || value->as_string() != nullptr; }

std::optional<Parts> take_apart(core::ByteView document, const core::Limits& limits) {
  const auto parsed = read_members(document, limits);
  if (!parsed) return std::nullopt;
  const Value* proof = parsed->find(kProofMember);
  const Value* stamp = parsed->find(kStampMember);
  const Value* disclosures = parsed->find(kDisclosuresMember);
  if (!is_text(proof) || !is_text(stamp)) return std::nullopt;
  Parts parts;
  if (stamp != nullptr) parts.stamp = *stamp->as_string();
  if (proof != nullptr) parts.proof = *proof->as_string();
  if (disclosures != nullptr) parts.disclosures = *disclosures;
  if (proof == nullptr && stamp == nullptr && disclosures == nullptr) {
    parts.jws = core::to_bytes(document);
    return parts;
  }
  Value rest{Value::Object{}};
  for (const auto& [name, value] : *parsed->as_object()) {
    if (!stands_beside(name)) rest.set(name, value);
  }
  parts.jws = core::to_bytes(core::as_bytes(core::json::write_canonical(rest)));
  return parts;
}

bool is_logged(const JwsVerdict& jws, std::string_view text,
               const transparency::NoteVerifier& log_key, crypto::SignatureChecker& checker) {
  const auto proof = transparency::parse_log_proof(text);
  if (!proof || !proof->extra || !jws.log) return false;
  const auto logged =
      transparency::verify_log_proof(*proof, *proof->extra, jws.log->origin, log_key, checker);
  return logged && logged->index == static_cast<std::uint64_t>(jws.log->index) &&
         is_report_entry(*proof->extra, crypto::sha256(jws.payload));
}

LogOutcome judge_log(const JwsVerdict& jws, const std::optional<std::string>& proof,
                     const transparency::NoteVerifier* log_key, crypto::SignatureChecker& checker) {
  if (!proof) return jws.log || log_key != nullptr ? LogOutcome::kMissing : LogOutcome::kAbsent;
  if (log_key == nullptr) return LogOutcome::kKeyUnknown;
  return is_logged(jws, *proof, *log_key, checker) ? LogOutcome::kValid : LogOutcome::kInvalid;
}

// Of a JWS that was read; in the order in which they stand there.
core::Bytes digest_of_signatures(core::ByteView jws, const core::Limits& limits) {
  const auto document = core::json::parse(jws, limits);
  core::Bytes all;
  const Value* signatures = document ? document->find("signatures") : nullptr;
  if (signatures == nullptr || signatures->as_array() == nullptr) return all;
  for (const Value& one : *signatures->as_array()) {
    const Value* text = one.find("signature");
    const std::string* signature = text == nullptr ? nullptr : text->as_string();
    const auto bytes = signature == nullptr ? std::nullopt : core::from_base64url(*signature);
    if (bytes) all.insert(all.end(), bytes->begin(), bytes->end());
  }
  return crypto::sha256(all);
}

TimeStamp stamp_of(const Parts& parts, crypto::SignatureChecker& checker,
                   const core::Limits& limits) {
  if (!parts.stamp) return {};
  const auto token = core::from_base64(*parts.stamp);
  if (!token) return {.outcome = StampOutcome::kFault, .token = {}, .stamped_sha256 = {}};
  return read_time_stamp(token, digest_of_signatures(parts.jws, limits), checker, limits);
}

}  // namespace

// Members are in the order of their names, so the proof comes first: the document is spliced, not
// parsed and written anew.
core::Result<std::string> seal(std::string_view jws, std::string_view log_proof) {
  if (!jws.starts_with(kJwsBegins) || !jws.ends_with('}')) {
    return core::fail(core::ErrorCode::kMalformed, "this is no signed report");
  }
  Value proof;
  proof.set(kProofMember, log_proof);
  std::string sealed = core::json::write_canonical(proof);
  sealed.back() = ',';
  return sealed.append(jws.substr(1));
}

std::optional<std::string> log_proof_of(core::ByteView document, const core::Limits& limits) {
  auto parts = take_apart(document, limits);
  return parts ? std::move(parts->proof) : std::nullopt;
}

std::optional<LoggedAs> logged_as(core::ByteView document, const core::Limits& limits) {
  const auto parts = take_apart(document, limits);
  if (!parts || !parts->proof) return std::nullopt;
  const auto proof = transparency::parse_log_proof(*parts->proof);
  if (!proof || !proof->extra) return std::nullopt;
  const auto entry = parse_log_entry(*proof->extra);
  const auto* report = entry ? std::get_if<ReportEntry>(&*entry) : nullptr;
  if (report == nullptr) return std::nullopt;
  const auto note = transparency::parse_note(proof->checkpoint);
  if (!note) return std::nullopt;
  const auto checkpoint = transparency::parse_checkpoint(note->text);
  if (!checkpoint) return std::nullopt;
  LoggedAs logged{.report = {.index = proof->index, .log = checkpoint->origin},
                  .intake = report->intake};
  if (logged.intake.log.empty()) logged.intake.log = checkpoint->origin;
  return logged;
}

std::optional<core::Bytes> payload_within(core::ByteView document, const core::Limits& limits) {
  const auto parsed = core::json::parse(document, limits);
  const Value* payload = parsed ? parsed->find("payload") : nullptr;
  const std::string* text = payload == nullptr ? nullptr : payload->as_string();
  return text == nullptr ? std::nullopt : core::from_base64url(*text);
}

EnvelopeVerdict verify_envelope(core::ByteView document, std::span<const crypto::PublicKey> pinned,
                                const transparency::NoteVerifier* log_key,
                                crypto::SignatureChecker& checker, const core::Limits& limits) {
  EnvelopeVerdict verdict;
  const auto parts = take_apart(document, limits);
  if (!parts) return verdict;
  verdict.jws = verify_report(parts->jws, pinned, checker, limits);
  if (verdict.jws.outcome == JwsOutcome::kInvalid) return verdict;
  verdict.log = judge_log(verdict.jws, parts->proof, log_key, checker);
  verdict.stamp = stamp_of(*parts, checker, limits);
  const auto payload = core::json::parse(verdict.jws.payload, limits);
  if (payload) verdict.personal = personal_fields(*payload);
  if (parts->disclosures) {
    verdict.disclosed = read_disclosures(*parts->disclosures, verdict.personal);
  }
  return verdict;
}

}  // namespace heyan::report
