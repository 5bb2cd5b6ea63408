// What may be typed after `heyan backup` and `heyan restore`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

struct BackupArguments {
  BackupOptions making;
  BackupVerifyOptions verifying;
  RestoreOptions restoring;
};

// `command`: what was chosen. Both must outlive the reading.
inline void add_backup(CLI::App& app, BackupArguments& arguments, std::optional<Command>& command) {
  auto& [making, verifying, restoring] = arguments;
  CLI::App& backup = *app.add_subcommand("backup", kBackup);
  backup.require_subcommand(0, 1);
  backup.add_option("OUT", making.out, "New folder");
  backup.add_option("--config", making.config, "Configuration of the gateway (TOML)")
      ->type_name("FILE");
  backup
      .add_option("--since", making.since,
                  "An earlier backup on the same disk: evidence that it has is not copied again")
      ->type_name("DIR");
  backup.add_flag("--with-keys", making.with_keys,
                  "The private keys, too: whoever has the backup can then sign as the court");
  add_language(backup, making.language);
  backup.callback([&backup, &arguments, &command] {
    if (!backup.get_subcommands().empty()) return;
    if (arguments.making.out.empty()) throw CLI::RequiredError("OUT");
    if (arguments.making.config.empty()) throw CLI::RequiredError("--config");
    command = arguments.making;
  });
  CLI::App& verify = *backup.add_subcommand("verify", kBackupVerify);
  verify.add_option("DIR", verifying.folder, "Made by heyan backup")->required();
  verify
      .add_option("--vault-key", verifying.vault_key,
                  "Key file of the vault, to check what is encrypted in the backup, too")
      ->type_name("FILE");
  add_language(verify, verifying.language);
  verify.callback([&arguments, &command] { command = arguments.verifying; });
  CLI::App& restore = *app.add_subcommand("restore", kRestore);
  restore.add_option("DIR", restoring.folder, "Made by heyan backup")->required();
  restore
      .add_option("--config", restoring.config,
                  "Configuration of the gateway (TOML), with a new log in [log]")
      ->required()
      ->type_name("FILE");
  restore
      .add_option("--keys", restoring.keys,
                  "Folder with the gateway's keys, where the backup has none")
      ->type_name("DIR");
  restore
      .add_option(
          "--log", restoring.log,
          "Published files of the old log, the newest copy there is: what was deleted after "
          "the backup is deleted again")
      ->type_name("DIR");
  restore.add_flag("--also-unasked", restoring.also_unasked,
                   "Delete again also what nobody had asked for when the backup was made, or what "
                   "was held");
  add_language(restore, restoring.language);
  restore.callback([&arguments, &command] { command = arguments.restoring; });
}

}  // namespace heyan::cli
