// A bundle, re-checked offline: its files, the signed report, that the parts belong together, and
// the judgement, made again from the record.
#pragma once

#include <expected>

#include "gateway/cli/report_verify.h"
#include "gateway/cli/signed_report.h"
#include "gateway/cli/trouble.h"

namespace heyan::cli {

// kOk: all of it holds. kInconsistent: something does not, and nothing of the report is repeated.
// kOpen: nobody signed, the issuer is unknown, or another version judges otherwise. Trouble: of
// options.trust.
std::expected<CheckedReport, Trouble> check_bundle(core::ByteView file,
                                                   const ReportVerifyOptions& options,
                                                   const Issuer& issuer,
                                                   const CheckSeals& check_seals);

}  // namespace heyan::cli
