#include "gateway/service/standing.h"

#include "gateway/os/folder.h"
#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

constexpr std::size_t kEnvelopeBytes = 700u << 20;

// Nothing for a word that the box never says.
std::optional<Doubt> doubt_of(v1::ReportDoubt said) {
  switch (said) {
    case v1::REPORT_DOUBT_NONE:
      return Doubt::kNone;
    case v1::REPORT_DOUBT_NOT_A_REPORT:
      return Doubt::kNotAReport;
    case v1::REPORT_DOUBT_SIGNATURE:
      return Doubt::kSignature;
    case v1::REPORT_DOUBT_ISSUER_UNKNOWN:
      return Doubt::kIssuerUnknown;
    case v1::REPORT_DOUBT_NO_LOG_PROOF:
      return Doubt::kNoLogProof;
    case v1::REPORT_DOUBT_LOG_PROOF:
      return Doubt::kLogProof;
    case v1::REPORT_DOUBT_TIME_STAMP:
      return Doubt::kTimeStamp;
    case v1::REPORT_DOUBT_NOT_COMPLETED:
      return Doubt::kNotCompleted;
    default:
      return std::nullopt;
  }
}

core::Result<std::optional<std::string>> stored_payload(const Acceptance& with,
                                                        const std::string& number,
                                                        const std::string& sha256) {
  HEYAN_TRY(const auto report, with.store.find_report(number, store::Scope::whole_installation()));
  if (!report) return std::nullopt;
  HEYAN_TRY(std::string payload, payload_of(report->envelope));
  if (core::to_string(crypto::sha256(core::as_bytes(payload))) != sha256) {
    return core::fail(core::ErrorCode::kInternal, "a stored report is not the one that was signed");
  }
  return std::optional(std::move(payload));
}

// As JWS writes it: base64url, in one piece.
core::Result<bool> holds(const StagedPart& document, const std::string& payload) {
  HEYAN_TRY(const os::Folder folder, os::Folder::open(document.file.parent_path()));
  HEYAN_TRY(const os::OpenFile file, folder.open_file(document.file.filename().string()));
  os::MemorySink sink(document.size);
  HEYAN_CHECK_OK(file.read_all(sink));
  const core::Bytes bytes = std::move(sink).take();
  return core::as_text(bytes).contains(core::to_base64url(core::as_bytes(payload)));
}

// A text of a stored envelope; nothing where it has none of that name.
std::optional<std::string> member_of(core::ByteView envelope, std::string_view name) {
  const auto document = core::json::parse(envelope, core::Limits{.json_bytes = kEnvelopeBytes});
  const core::json::Value* member = document ? document->find(name) : nullptr;
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

core::Result<v1::FrontGets> ask_for_proof(SignerClient& signer, const std::string& number) {
  v1::FrontAsks asks;
  asks.mutable_log_proof()->set_report_number(number);
  return signer.ask(asks);
}

// The checkpoint stands behind the blank line, and begins with its log's origin.
core::Result<LogProof> chosen_proof(const v1::FrontGets& gets, const store::Report& stored) {
  using core::ErrorCode;
  LogProof proof{.text = gets.log_proof(), .log = {}};
  if (proof.text.empty()) {
    if (gets.refusal().code() != core::name(ErrorCode::kNotFound)) {
      return core::fail(ErrorCode::kIo, "the signer gives no proof");
    }
    proof.text = member_of(stored.envelope, "heyan-log-proof").value_or("");
  }
  constexpr std::string_view kBlankLine = "\n\n";
  const std::size_t blank = proof.text.find(kBlankLine);
  if (blank == std::string::npos) return proof;
  const std::size_t begin = blank + kBlankLine.size();
  proof.log = proof.text.substr(begin, proof.text.find('\n', begin) - begin);
  return proof;
}

}  // namespace

core::Result<std::string> payload_of(core::ByteView envelope) {
  const auto text = member_of(envelope, "payload");
  const auto bytes = text ? core::from_base64url(*text) : std::nullopt;
  if (!bytes) return core::fail(core::ErrorCode::kInternal, "a stored report does not read");
  return core::to_string(*bytes);
}

core::Result<LogProof> log_proof_of(SignerClient& signer, const store::Report& stored) {
  HEYAN_TRY(const v1::FrontGets gets, ask_for_proof(signer, stored.number));
  return chosen_proof(gets, stored);
}

// Members are in the order of their names, and within a text no quotation mark stands alone: so the
// characters before which the member goes stand in no other place.
std::string with_time_stamp(const store::Report& stored) {
  constexpr std::string_view kPayload = R"("payload":")";
  std::string envelope = core::to_string(stored.envelope);
  const std::size_t at = envelope.find(kPayload);
  if (stored.time_stamp.empty() || at == std::string::npos) return envelope;
  return envelope.insert(at,
                         R"("heyan-time-stamp":")" + core::to_base64(stored.time_stamp) + R"(",)");
}

// Proofs hold neither quotation mark nor backslash: the first mark behind one ends it.
core::Result<std::string> as_handed_out(SignerClient& signer, const store::Report& stored) {
  constexpr std::string_view kProof = R"("heyan-log-proof":")";
  std::string envelope = with_time_stamp(stored);
  HEYAN_TRY(const v1::FrontGets gets, ask_for_proof(signer, stored.number));
  const std::size_t member = envelope.find(kProof);
  if (gets.log_proof().empty() || member == std::string::npos) return envelope;
  const std::size_t begin = member + kProof.size() - 1;
  const std::size_t end = envelope.find('"', begin + 1);
  if (end == std::string::npos) return envelope;
  return envelope.replace(begin, end + 1 - begin,
                          core::json::write_canonical(core::json::Value(gets.log_proof())));
}

core::Result<core::Bytes> digest_to_stamp(core::ByteView envelope) {
  const auto document = core::json::parse(envelope, core::Limits{.json_bytes = kEnvelopeBytes});
  const core::json::Value* signatures = document ? document->find("signatures") : nullptr;
  if (signatures == nullptr || signatures->as_array() == nullptr)
    return core::fail(core::ErrorCode::kInternal, "a stored report does not read");
  core::Bytes all;
  for (const core::json::Value& one : *signatures->as_array()) {
    const core::json::Value* text = one.find("signature");
    const std::string* signature = text == nullptr ? nullptr : text->as_string();
    const auto bytes = signature == nullptr ? std::nullopt : core::from_base64url(*signature);
    if (!bytes) return core::fail(core::ErrorCode::kInternal, "a stored report does not read");
    all.insert(all.end(), bytes->begin(), bytes->end());
  }
  return crypto::sha256(all);
}

core::Result<void> confirm(SignerClient& signer, const store::Report& stored) {
  HEYAN_TRY(const std::string payload, payload_of(stored.envelope));
  v1::FrontAsks asks;
  asks.mutable_status()->set_payload_sha256(
      core::to_string(crypto::sha256(core::as_bytes(payload))));
  HEYAN_TRY(const v1::FrontGets gets, signer.ask(asks));
  if (!gets.has_standing()) return core::fail(core::ErrorCode::kIo, "the signer does not answer");
  if (gets.standing().report_number() != stored.number) {
    return core::fail(core::ErrorCode::kInternal, "a stored report is not the one that was signed");
  }
  return {};
}

core::Result<std::optional<PublicReport>> find_public(const Acceptance& with,
                                                      const std::string& number) {
  HEYAN_TRY(const auto stored, with.store.find_report(number, store::Scope::whole_installation()));
  PublicReport found;
  if (stored) {
    HEYAN_TRY(found.payload, payload_of(stored->envelope));
  }
  found.payload_sha256 = crypto::sha256(core::as_bytes(found.payload));
  v1::FrontAsks status;
  status.mutable_status()->set_payload_sha256(core::to_string(found.payload_sha256));
  HEYAN_TRY(const v1::FrontGets standing, with.signer.ask(status));
  HEYAN_TRY(const v1::FrontGets proved, ask_for_proof(with.signer, number));
  if (!stored) return std::nullopt;
  if (!standing.has_standing()) {
    return core::fail(core::ErrorCode::kIo, "the signer does not answer");
  }
  if (standing.standing().report_number() != number) {
    return core::fail(core::ErrorCode::kInternal, "a stored report is not the one that was signed");
  }
  found.superseded_by = standing.standing().superseded_by();
  found.withdrawn = standing.standing().withdrawn();
  found.record_deleted = standing.standing().record_deleted();
  HEYAN_TRY(found.log_proof, chosen_proof(proved, *stored));
  return found;
}

core::Result<bool> withdraw(const Acceptance& with, const store::Scope& scope,
                            const std::string& number, const std::string& reason,
                            std::int64_t now_ms) {
  using core::ErrorCode;
  HEYAN_TRY(const auto found, with.store.find_report(number, scope));
  if (!found) return false;
  v1::FrontAsks asks;
  asks.mutable_withdraw()->set_report_number(number);
  asks.mutable_withdraw()->set_reason(reason);
  HEYAN_TRY(const v1::FrontGets gets, with.signer.ask(asks));
  if (gets.refusal().code() == core::name(ErrorCode::kMalformed)) {
    return core::fail(ErrorCode::kMalformed,
                      "the reason must be court-order, error or key-compromise");
  }
  if (gets.refusal().code() == core::name(ErrorCode::kDuplicate)) {
    return core::fail(ErrorCode::kDuplicate, "the report was withdrawn for another reason");
  }
  if (!gets.standing().withdrawn()) {
    return core::fail(ErrorCode::kIo, "the signer did not withdraw the report");
  }
  const auto stored = with.store.withdraw(number, reason, now_ms);
  if (!stored && stored.error().code != ErrorCode::kDuplicate) {
    return std::unexpected(stored.error());
  }
  return true;
}

core::Result<Standing> find_standing(const Acceptance& with, const StagedPart& document) {
  HEYAN_TRY(const v1::CheckedReport checked, check_report(with.boxes, document));
  const auto doubt = doubt_of(checked.doubt());
  if (!doubt) return core::fail(core::ErrorCode::kIo, "the box says what it never should");
  Standing standing;
  standing.doubt = *doubt;
  if (standing.doubt != Doubt::kNone) return standing;
  v1::FrontAsks asks;
  asks.mutable_status()->set_payload_sha256(checked.payload_sha256());
  HEYAN_TRY(v1::FrontGets gets, with.signer.ask(asks));
  if (!gets.has_standing()) return core::fail(core::ErrorCode::kIo, "the signer does not answer");
  v1::StandingOf& of = *gets.mutable_standing();
  if (of.report_number().empty()) {
    standing.doubt = Doubt::kNotIssued;
    return standing;
  }
  HEYAN_TRY(standing.payload, stored_payload(with, of.report_number(), checked.payload_sha256()));
  if (standing.payload) {
    HEYAN_TRY(const bool held, holds(document, *standing.payload));
    if (!held) return core::fail(core::ErrorCode::kIo, "the box names a report that is not there");
  }
  standing.number = std::move(*of.mutable_report_number());
  standing.superseded_by = std::move(*of.mutable_superseded_by());
  standing.withdrawn = of.withdrawn();
  standing.record_deleted = of.record_deleted();
  return standing;
}

}  // namespace heyan::service
