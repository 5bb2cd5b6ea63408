// heyan report verify REPORT|--qr TEXT --key FILE...
#include "gateway/cli/commands.h"
#include "gateway/cli/report_verify.h"

namespace heyan::cli {

ExitStatus run(const ReportVerifyOptions& options, Console& console) {
  return verify_report_and_renewal(options, {.pdf = &pdf::verify_seal, .xml = &xml::verify_seal},
                                   console);
}

}  // namespace heyan::cli
