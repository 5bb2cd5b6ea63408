// Does a report stand, and whose is it: a signed report (JWS), a sealed PDF or XML, a bundle, or
// what was scanned from paper? For `heyan report verify` and `heyan-verify`.
//
// Threat: the report comes from anybody. Only keys that the user names are believed (security
// decision 14).
#pragma once

#include <expected>
#include <span>

#include "gateway/cli/console.h"
#include "gateway/cli/exit_status.h"
#include "gateway/cli/options.h"
#include "gateway/cli/signed_report.h"
#include "gateway/cli/trouble.h"
#include "gateway/pdf/verify.h"
#include "gateway/xml/verify.h"

namespace heyan::cli {

using CheckSeal = decltype(&pdf::verify_seal);

// verify_seal of each; or check_report, and that said, in a program that neither reads PDF nor
// writes XML.
struct CheckSeals {
  CheckSeal pdf;
  CheckSeal xml;
  bool reads_all = true;
};

// The file that the options name.
std::expected<core::Bytes, Trouble> read_report(const ReportVerifyOptions& options);

// Its bytes, checked and told.
std::expected<CheckedReport, Trouble> check_report_file(core::ByteView bytes,
                                                        const ReportVerifyOptions& options,
                                                        const CheckSeals& check_seals);

// Checked, and told; nothing is printed. Trouble: a file could not be read.
std::expected<CheckedReport, Trouble> check_report(const ReportVerifyOptions& options,
                                                   const CheckSeals& check_seals);

ExitStatus verify_report(const ReportVerifyOptions& options, const CheckSeals& check_seals,
                         Console& console);

// The same, and of its renewal (renewal.h) where one is named.
ExitStatus verify_report_and_renewal(const ReportVerifyOptions& options,
                                     const CheckSeals& check_seals, Console& console);

}  // namespace heyan::cli
