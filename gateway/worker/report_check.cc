#include "gateway/worker/report_check.h"

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

}  // namespace

v1::CheckedReport check_report(core::ByteView document, const keys::ReportIssuer& issuer) {
  const core::Limits limits{.json_bytes = kCheckedReportBytes};
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const report::EnvelopeVerdict verdict =
      report::verify_envelope(document, issuer.reports, &issuer.log, checker, limits);
  v1::CheckedReport checked;
  checked.set_doubt(doubt_of(verdict));
  if (checked.doubt() == v1::REPORT_DOUBT_NONE) {
    checked.set_payload_sha256(core::to_string(crypto::sha256(verdict.jws.payload)));
  }
  return checked;
}

}  // namespace heyan::worker
