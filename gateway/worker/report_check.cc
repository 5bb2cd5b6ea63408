#include "gateway/worker/report_check.h"

#include <algorithm>

#include "gateway/asic/container.h"
#include "gateway/bundle/check.h"
#include "gateway/ops/version.h"
#include "gateway/pdf/verify.h"
#include "gateway/xml/verify.h"
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
  if (verdict.disclosed.fault != report::DisclosureFault::kNone) {
    return v1::REPORT_DOUBT_SIGNATURE;
  }
  if (verdict.jws.outcome == JwsOutcome::kIssuerUnknown) return v1::REPORT_DOUBT_ISSUER_UNKNOWN;
  switch (verdict.log) {
    case LogOutcome::kValid:
      return verdict.stamp.outcome == report::StampOutcome::kFault ? v1::REPORT_DOUBT_TIME_STAMP
                                                                   : v1::REPORT_DOUBT_NONE;
    case LogOutcome::kAbsent:
    case LogOutcome::kMissing:
      return v1::REPORT_DOUBT_NO_LOG_PROOF;
    case LogOutcome::kKeyUnknown:
    case LogOutcome::kInvalid:
      break;
  }
  return v1::REPORT_DOUBT_LOG_PROOF;
}

v1::ReportDoubt doubt_of(report::SealFault fault) {
  switch (fault) {
    case report::SealFault::kNone:
      return v1::REPORT_DOUBT_NONE;
    case report::SealFault::kNoSeal:
      return v1::REPORT_DOUBT_NOT_A_REPORT;
    case report::SealFault::kIssuerUnknown:
      return v1::REPORT_DOUBT_ISSUER_UNKNOWN;
    case report::SealFault::kEnginesDisagree:
      return v1::REPORT_DOUBT_NOT_COMPLETED;
    case report::SealFault::kCoverage:
    case report::SealFault::kSignature:
    case report::SealFault::kChanged:
    case report::SealFault::kShape:
    case report::SealFault::kAttachments:
      break;
  }
  return v1::REPORT_DOUBT_SIGNATURE;
}

v1::CheckedReport check_signed(core::ByteView document, const keys::ReportIssuer& issuer,
                               const core::Limits& limits, crypto::SignatureChecker& checker) {
  report::EnvelopeVerdict verdict =
      report::verify_envelope(document, issuer.reports, &issuer.log, checker, limits);
  // One from before this log began stands in the log that its signatures name.
  const auto earlier = std::ranges::find_if(issuer.earlier_logs, [&](const auto& log) {
    return verdict.jws.log && verdict.jws.log->origin == log.name();
  });
  if (earlier != issuer.earlier_logs.end()) {
    verdict = report::verify_envelope(document, issuer.reports, &*earlier, checker, limits);
  }
  v1::CheckedReport checked;
  checked.set_doubt(doubt_of(verdict));
  if (checked.doubt() == v1::REPORT_DOUBT_NONE) {
    checked.set_payload_sha256(core::to_string(crypto::sha256(verdict.jws.payload)));
  }
  return checked;
}

v1::CheckedReport doubtful(v1::ReportDoubt doubt) {
  v1::CheckedReport checked;
  checked.set_doubt(doubt);
  return checked;
}

report::SealVerdict pdf_seal(core::ByteView file, const keys::ReportIssuer& issuer,
                             crypto::SignatureChecker& checker) {
  return pdf::verify_seal(file, std::span(&issuer.seal, 1), checker);
}

report::SealVerdict xml_seal(core::ByteView file, const keys::ReportIssuer& issuer,
                             crypto::SignatureChecker& checker) {
  return xml::verify_seal(file, std::span(&issuer.xml_seal, 1), checker);
}

// A stamp of a seal is the last thing that is asked about: all else stands without it.
v1::CheckedReport stamped_well(const report::TimeStamp& stamp, const v1::CheckedReport& checked) {
  const bool fits = stamp.outcome != report::StampOutcome::kFault;
  return fits || checked.doubt() != v1::REPORT_DOUBT_NONE ? checked
                                                          : doubtful(v1::REPORT_DOUBT_TIME_STAMP);
}

// Of a PDF or XML the report within is the original; the seal must hold, and name that report.
v1::CheckedReport check_sealed(const report::SealVerdict& seal, const keys::ReportIssuer& issuer,
                               const core::Limits& limits, crypto::SignatureChecker& checker) {
  if (seal.fault != report::SealFault::kNone) return doubtful(doubt_of(seal.fault));
  v1::CheckedReport checked = check_signed(core::as_bytes(seal.envelope), issuer, limits, checker);
  if (checked.doubt() == v1::REPORT_DOUBT_NONE &&
      checked.payload_sha256() != core::to_string(seal.payload_sha256)) {
    return doubtful(v1::REPORT_DOUBT_SIGNATURE);
  }
  return stamped_well(seal.stamp, checked);
}

// Of a container both seals must hold, and be over one report.
v1::CheckedReport check_container(core::ByteView document, const keys::ReportIssuer& issuer,
                                  const core::Limits& limits, crypto::SignatureChecker& checker) {
  const asic::CheckedContainer container =
      asic::check_container(document, std::span(&issuer.seal, 1), checker);
  if (container.seal.fault != report::SealFault::kNone) {
    return doubtful(doubt_of(container.seal.fault));
  }
  v1::CheckedReport checked =
      check_sealed(pdf_seal(container.pdf, issuer, checker), issuer, limits, checker);
  if (checked.doubt() == v1::REPORT_DOUBT_NONE &&
      checked.payload_sha256() != core::to_string(container.seal.payload_sha256)) {
    return doubtful(v1::REPORT_DOUBT_SIGNATURE);
  }
  return stamped_well(container.seal.stamp, checked);
}

// Proofs of a party's copy are bound by what they give.
v1::ReportDoubt doubt_of_excerpt(const bundle::Opened& opened) {
  const auto items = bundle::rejudge_excerpt(opened);
  const bool differs = !items || std::ranges::any_of(*items, [](const bundle::ItemAgain& item) {
    return std::ranges::find(item.attestations, bundle::Again::kDiffers) != item.attestations.end();
  });
  if (!differs) return v1::REPORT_DOUBT_NONE;
  // What another version judges otherwise settles nothing.
  return items && opened.record.circumstances().software_version() != ops::software_version()
             ? v1::REPORT_DOUBT_NOT_COMPLETED
             : v1::REPORT_DOUBT_SIGNATURE;
}

// Of a bundle the signed report is the original; all else must be what that report names. A record
// is not judged again here: what the report rests on is what was signed.
v1::CheckedReport check_bundle(core::ByteView document, const keys::ReportIssuer& issuer,
                               const core::Limits& limits, crypto::SignatureChecker& checker) {
  const auto opened = bundle::open(document);
  if (!opened || opened->bundle.envelope.empty()) {
    return doubtful(v1::REPORT_DOUBT_NOT_A_REPORT);
  }
  const bundle::Bundle& bundle = opened->bundle;
  v1::CheckedReport checked =
      check_signed(core::as_bytes(bundle.envelope), issuer, limits, checker);
  if (checked.doubt() != v1::REPORT_DOUBT_NONE) return checked;
  const core::ByteView payload = core::as_bytes(bundle.payload);
  if (checked.payload_sha256() != core::to_string(crypto::sha256(payload)) ||
      bundle::check_bonds(*opened, payload) != bundle::Bond::kHolds) {
    return doubtful(v1::REPORT_DOUBT_SIGNATURE);
  }
  if (bundle.is_partys()) {
    if (const auto doubt = doubt_of_excerpt(*opened); doubt != v1::REPORT_DOUBT_NONE) {
      return doubtful(doubt);
    }
  }
  std::vector<report::SealVerdict> seals;
  if (!bundle.pdf.empty()) seals.push_back(pdf_seal(core::as_bytes(bundle.pdf), issuer, checker));
  if (!bundle.xml.empty()) seals.push_back(xml_seal(core::as_bytes(bundle.xml), issuer, checker));
  for (const report::SealVerdict& seal : seals) {
    v1::CheckedReport sealed = check_sealed(seal, issuer, limits, checker);
    if (sealed.doubt() == v1::REPORT_DOUBT_TIME_STAMP) return sealed;
    if (sealed.doubt() != v1::REPORT_DOUBT_NONE ||
        sealed.payload_sha256() != checked.payload_sha256()) {
      return doubtful(v1::REPORT_DOUBT_SIGNATURE);
    }
  }
  return checked;
}

}  // namespace

v1::CheckedReport check_report(core::ByteView document, const keys::ReportIssuer& issuer) {
  const core::Limits limits{.json_bytes = kCheckedReportBytes};
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  if (asic::is_container(document)) return check_container(document, issuer, limits, checker);
  if (bundle::is_bundle(document)) return check_bundle(document, issuer, limits, checker);
  if (pdf::is_pdf(document)) {
    return check_sealed(pdf_seal(document, issuer, checker), issuer, limits, checker);
  }
  if (xml::is_xml(document)) {
    return check_sealed(xml_seal(document, issuer, checker), issuer, limits, checker);
  }
  return check_signed(document, issuer, limits, checker);
}

}  // namespace heyan::worker
