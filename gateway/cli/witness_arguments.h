// What may be typed after `heyan witness`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

struct WitnessArguments {
  WitnessNewOptions making;
  WitnessRunOptions running;
};

// `command`: what was chosen. Both must outlive the reading.
inline void add_witness(CLI::App& app, WitnessArguments& arguments,
                        std::optional<Command>& command) {
  auto& [making, running] = arguments;
  CLI::App& witness = *app.add_subcommand("witness", kWitness);
  witness.require_subcommand(1);
  CLI::App& make = *witness.add_subcommand("new", kWitnessNew);
  make.add_option("DIR", making.folder, "New or empty folder")->required();
  make.add_option("--name", making.name, "Name of its key, for example court.example/witness")
      ->required()
      ->type_name("NAME");
  make.add_option("--log", making.logs, "File with the key (a vkey) of a log to watch; repeatable")
      ->type_name("FILE");
  make.add_option("--listen", making.listen, "Address and port (default: 127.0.0.1:8460)")
      ->type_name("ADDRESS:PORT");
  add_language(make, making.language);
  make.callback([&arguments, &command] { command = arguments.making; });
  CLI::App& run = *witness.add_subcommand("run", kWitnessRun);
  run.add_option("DIR", running.folder, "Made by heyan witness new")->required();
  add_language(run, running.language);
  run.callback([&arguments, &command] { command = arguments.running; });
}

}  // namespace heyan::cli
