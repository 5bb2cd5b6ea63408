// `heyan-verify REPORT --key FILE...`: the command `heyan report verify` as a program of its own.
#include "gateway/cli/command_names.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"
#include "gateway/cli/report_verify.h"
#include "gateway/cli/run_program.h"
#include "gateway/ops/version.h"

namespace heyan::cli {
namespace {

Arguments read(int count, const char* const* words) {
  ReportVerifyOptions options;
  CLI::App app(kHeyanVerify);
  app.name("heyan-verify");
  app.set_version_flag("--version", "heyan-verify " + std::string(ops::software_version()));
  add_report_verify_options(app, options);
  add_renewal_options(app, options);
  if (auto instead = parse_words(app, count, words)) return *std::move(instead);
  return {.command = std::move(options), .status = ExitStatus::kOk, .out = {}, .err = {}};
}

}  // namespace

ExitStatus run_heyan_verify(int count, const char* const* words) {
  return run_program(
      [&] { return read(count, words); },
      [](const Command& command, Console& console) {
        return verify_report_and_renewal(
            std::get<ReportVerifyOptions>(command),
            {.pdf = &pdf::check_report, .xml = &xml::check_report, .reads_all = false}, console);
      });
}

}  // namespace heyan::cli
