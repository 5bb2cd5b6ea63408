// A report together with what carries it beyond its signatures.
#include <array>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/renewal.h"
#include "gateway/cli/report_verify.h"
#include "gateway/cli/trust_files.h"

namespace heyan::cli {
namespace {

struct Checked {
  CheckedReport report;
  RenewalStatement renewal;
};

// Both of the same bytes.
std::expected<Checked, Trouble> check_renewed(const ReportVerifyOptions& options,
                                              const CheckSeals& check_seals) {
  HEYAN_TRY(const LoadedTrust trust, load_trust(options.authorities));
  HEYAN_TRY(const core::Bytes renewal,
            read_input(options.renewal.string(), ers::kMaxBytes,
                       "Name the evidence record that `heyan report renew` wrote."));
  HEYAN_TRY(const core::Bytes file, read_report(options));
  Checked checked;
  HEYAN_TRY(checked.report, check_report_file(file, options, check_seals));
  const core::UtcTime at = options.at.value_or(now());
  const auto authorities = timestamps::authorities_of(trust.list);
  checked.renewal = describe(check_renewal(renewal, file, authorities, at), checked.report,
                             trust.list, at, options.language);
  return checked;
}

}  // namespace

ExitStatus verify_report_and_renewal(const ReportVerifyOptions& options,
                                     const CheckSeals& check_seals, Console& console) {
  if (options.renewal.empty()) return verify_report(options, check_seals, console);
  const auto checked = check_renewed(options, check_seals);
  if (!checked) return report_trouble(checked.error(), console);
  const std::array statuses = {print(checked->report.text + checked->renewal.text, console),
                               checked->report.status, checked->renewal.status};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
