// What may be typed after `heyan database`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

struct DatabaseArguments {
  DatabasePrepareOptions preparing;
  DatabaseReplayOptions replaying;
};

// `command`: what was chosen. Both must outlive the reading.
inline void add_database(CLI::App& app, DatabaseArguments& arguments,
                         std::optional<Command>& command) {
  auto& [preparing, replaying] = arguments;
  CLI::App& database = *app.add_subcommand("database", kDatabase);
  database.require_subcommand(1);
  CLI::App& prepare = *database.add_subcommand("prepare", kDatabasePrepare);
  prepare.add_option("--config", preparing.config, "Configuration of the gateway (TOML)")
      ->required()
      ->type_name("FILE");
  prepare.add_option("--owner", preparing.owner, "Role that is to own the tables")
      ->required()
      ->type_name("ROLE");
  prepare
      .add_option("--owner-password-file", preparing.password_file,
                  "Its password: one line, mode 0600 (default: the server asks for none)")
      ->type_name("FILE");
  add_language(prepare, preparing.language);
  prepare.callback([&arguments, &command] { command = arguments.preparing; });
  CLI::App& replay = *database.add_subcommand("replay", kDatabaseReplay);
  replay
      .add_option("--config", replaying.config,
                  "Configuration of the gateway (TOML), with a new log in [log]")
      ->required()
      ->type_name("FILE");
  replay
      .add_option("--log", replaying.log,
                  "Published files of the old log, the newest copy there is")
      ->required()
      ->type_name("DIR");
  replay.add_flag("--also-unasked", replaying.also_unasked,
                  "Delete again also what nobody had asked for when the dump was made, or what was "
                  "held");
  add_language(replay, replaying.language);
  replay.callback([&arguments, &command] { command = arguments.replaying; });
}

}  // namespace heyan::cli
