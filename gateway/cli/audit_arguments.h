// What may be typed after `heyan audit`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

// `command`: what was chosen. Both must outlive the reading.
inline void add_audit(CLI::App& app, AuditVerifyOptions& options, std::optional<Command>& command) {
  CLI::App& audit = *app.add_subcommand("audit", kAudit);
  audit.require_subcommand(1);
  CLI::App& verify = *audit.add_subcommand("verify", kAuditVerify);
  verify.add_option("FOLDER", options.folders, "An audit trail: STATE/audit/WRITER")->required();
  verify.add_option("--log", options.log, "Published files of the report log")->type_name("DIR");
  verify.add_option("--key", options.key, "The log's key (a vkey) that you have from the court")
      ->type_name("FILE");
  add_format(verify, options.format, "text (default) or json")
      .check(check_list_format)
      ->type_name("text|json");
  add_language(verify, options.language);
  verify.callback([&options, &command] { command = options; });
}

}  // namespace heyan::cli
