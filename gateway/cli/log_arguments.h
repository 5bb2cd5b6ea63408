// What may be typed after `heyan log`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

struct LogArguments {
  LogShowOptions showing;
  LogAuditOptions auditing;
  LogRenewOptions renewing;
};

// `command`: what was chosen. Both must outlive the reading.
inline void add_log(CLI::App& app, LogArguments& arguments, std::optional<Command>& command) {
  auto& [showing, auditing, renewing] = arguments;
  CLI::App& log = *app.add_subcommand("log", kLog);
  log.require_subcommand(1);
  CLI::App& show = *log.add_subcommand("show", kLogShow);
  show.add_option("DIR", showing.folder, "Published files of a report log")->required();
  const CLI::Validator number = CLI::NonNegativeNumber.description("");
  show.add_option("--from", showing.from, "First entry (default: 0)")->check(number);
  show.add_option("--to", showing.to, "Last entry (default: that of the log)")->check(number);
  add_format(show, showing.format, "text (default) or json")
      .check(check_list_format)
      ->type_name("text|json");
  add_language(show, showing.language);
  show.callback([&arguments, &command] { command = arguments.showing; });
  CLI::App& audit = *log.add_subcommand("audit", kLogAudit);
  audit.add_option("DIR", auditing.folder, "Published files of a report log")->required();
  audit.add_option("--key", auditing.key, "The log's key (a vkey) that you have from the court")
      ->type_name("FILE");
  audit
      .add_option("--since", auditing.since, "A checkpoint from before: the log must go on from it")
      ->type_name("FILE");
  add_time(audit, auditing.at);
  add_format(audit, auditing.format, "text (default) or json")
      .check(check_list_format)
      ->type_name("text|json");
  add_language(audit, auditing.language);
  audit.callback([&arguments, &command] { command = arguments.auditing; });
  CLI::App& renew = *log.add_subcommand("renew", kLogRenew);
  renew.add_option("--config", renewing.config, "Configuration of the gateway")->required();
  renew
      .add_option("--log", renewing.log,
                  "Published files of the old log, the newest copy there is, where the log was set "
                  "back: what was deleted since is deleted again")
      ->type_name("DIR");
  renew.add_flag("--also-unasked", renewing.also_unasked,
                 "Delete again also what nobody had asked for, or what was held, then");
  add_language(renew, renewing.language);
  renew.callback([&arguments, &command] { command = arguments.renewing; });
}

}  // namespace heyan::cli
