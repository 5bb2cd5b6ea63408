// What may be typed after `heyan database`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

// `chosen` is called when the command was.
inline void add_database(CLI::App& app, DatabasePrepareOptions& options,
                         const std::function<void()>& chosen) {
  CLI::App& database = *app.add_subcommand("database", kDatabase);
  database.require_subcommand(1);
  CLI::App& prepare = *database.add_subcommand("prepare", kDatabasePrepare);
  prepare.add_option("--config", options.config, "Configuration of the gateway (TOML)")
      ->required()
      ->type_name("FILE");
  prepare.add_option("--owner", options.owner, "Role that is to own the tables")
      ->required()
      ->type_name("ROLE");
  prepare
      .add_option("--owner-password-file", options.password_file,
                  "Its password: one line, mode 0600 (default: the server asks for none)")
      ->type_name("FILE");
  add_language(prepare, options.language);
  prepare.callback(chosen);
}

}  // namespace heyan::cli
