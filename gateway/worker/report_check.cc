#include "gateway/worker/report_check.h"

#include "gateway/pdf/verify.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::worker {
namespace {

using report::JwsFault;
using report::JwsOutcome;
using report::LogOutcome;

v1::ReportDoubt doubt_of(JwsFault fault) {
  switch (fault) {
    case JwsFault::kNotJson:
    case JwsFault::kMembers:
    case JwsFault::kBase64:
    case JwsFault::kPayload:
      return v1::REPORT_DOUBT_NOT_A_REPORT;
    case JwsFault::kHeader:
    case JwsFault::kAlgorithm:
    case JwsFault::kSignatureSet:
    case JwsFault::kHeadersDiffer:
    case JwsFault::kCertificate:
    case JwsFault::kSignature:
      return v1::REPORT_DOUBT_SIGNATURE;
    case JwsFault::kNone:
    case JwsFault::kEnginesDisagree:
    case JwsFault::kBudget:
      break;
  }
  return v1::REPORT_DOUBT_NOT_COMPLETED;
}

v1::ReportDoubt doubt_of(const report::EnvelopeVerdict& verdict) {
  if (verdict.jws.outcome == JwsOutcome::kInvalid) return doubt_of(verdict.jws.fault);
  if (verdict.jws.outcome == JwsOutcome::kIssuerUnknown) return v1::REPORT_DOUBT_ISSUER_UNKNOWN;
  switch (verdict.log) {
    case LogOutcome::kValid:
      return v1::REPORT_DOUBT_NONE;
    case LogOutcome::kAbsent:
    case LogOutcome::kMissing:
      return v1::REPORT_DOUBT_NO_LOG_PROOF;
    case LogOutcome::kKeyUnknown:
    case LogOutcome::kInvalid:
      break;
  }
  return v1::REPORT_DOUBT_LOG_PROOF;
}

v1::ReportDoubt doubt_of(pdf::SealFault fault) {
  switch (fault) {
    case pdf::SealFault::kNone:
      return v1::REPORT_DOUBT_NONE;
    case pdf::SealFault::kNoSeal:
      return v1::REPORT_DOUBT_NOT_A_REPORT;
    case pdf::SealFault::kIssuerUnknown:
      return v1::REPORT_DOUBT_ISSUER_UNKNOWN;
    case pdf::SealFault::kEnginesDisagree:
      return v1::REPORT_DOUBT_NOT_COMPLETED;
    case pdf::SealFault::kCoverage:
    case pdf::SealFault::kSignature:
    case pdf::SealFault::kChanged:
    case pdf::SealFault::kShape:
    case pdf::SealFault::kAttachments:
      break;
  }
  return v1::REPORT_DOUBT_SIGNATURE;
}

v1::CheckedReport check_signed(core::ByteView document, const keys::ReportIssuer& issuer,
                               const core::Limits& limits, crypto::SignatureChecker& checker) {
  const report::EnvelopeVerdict verdict =
      report::verify_envelope(document, issuer.reports, &issuer.log, checker, limits);
  v1::CheckedReport checked;
  checked.set_doubt(doubt_of(verdict));
  if (checked.doubt() == v1::REPORT_DOUBT_NONE) {
    checked.set_payload_sha256(core::to_string(crypto::sha256(verdict.jws.payload)));
  }
  return checked;
}

}  // namespace

// Of a PDF the attached report is the original; the seal must hold, and name that report.
v1::CheckedReport check_report(core::ByteView document, const keys::ReportIssuer& issuer) {
  const core::Limits limits{.json_bytes = kCheckedReportBytes};
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  if (!pdf::is_pdf(document)) return check_signed(document, issuer, limits, checker);
  const pdf::SealVerdict seal = pdf::verify_seal(document, std::span(&issuer.seal, 1), checker);
  v1::CheckedReport checked;
  checked.set_doubt(doubt_of(seal.fault));
  if (seal.fault != pdf::SealFault::kNone) return checked;
  checked = check_signed(core::as_bytes(seal.envelope), issuer, limits, checker);
  if (checked.doubt() == v1::REPORT_DOUBT_NONE &&
      checked.payload_sha256() != core::to_string(seal.payload_sha256)) {
    checked.Clear();
    checked.set_doubt(v1::REPORT_DOUBT_SIGNATURE);
  }
  return checked;
}

}  // namespace heyan::worker
