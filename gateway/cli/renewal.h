// The renewal of a report: an evidence record (RFC 4998) over the bytes of its file, which shows
// that the file existed while its signatures could still be relied on. A renewal never makes a
// report better than it is.
//
// Threat: report and renewal come from anybody. Only authorities of the user's own trust list
// count. Pure but for reading the list, any thread.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "gateway/cli/exit_status.h"
#include "gateway/cli/signed_report.h"
#include "gateway/cli/trouble.h"
#include "verifier/ers/verification.h"
#include "verifier/trust/trust_list.h"

namespace heyan::cli {

struct CheckedRenewal {
  ers::Evaluation evaluation;
  ers::Verification found;
  // Where it holds: the report's file existed by then; and when the last stamp must be renewed.
  std::optional<core::UtcTime> existed_by;
  std::optional<core::UtcTime> renew_before;
};

// `authorities` outlive the result.
CheckedRenewal check_renewal(core::ByteView renewal, core::ByteView report_file,
                             std::span<const timestamps::Authority> authorities, core::UtcTime at);

// What is said of it beside `report`, and the status that it deserves by itself.
struct RenewalStatement {
  ExitStatus status = ExitStatus::kInconsistent;
  std::string text;  // lines, the last one ends
};
RenewalStatement describe(const CheckedRenewal& renewal, const CheckedReport& report,
                          const trust::TrustList& list, core::UtcTime at,
                          catalogue::Language language);

// The first words of why it does not hold, with the names of its reasons; empty where it does.
std::string why_not(const CheckedRenewal& renewal, catalogue::Language language);

}  // namespace heyan::cli
