// What may be typed after `heyan accounts`. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "gateway/cli/common_options.h"
#include "gateway/cli/help.h"

namespace heyan::cli {

// `chosen` is called when one of the commands was.
inline void add_accounts(CLI::App& app, AccountsOptions& options,
                         const std::function<void()>& chosen) {
  CLI::App& accounts = *app.add_subcommand("accounts", kAccounts);
  accounts.require_subcommand(1);
  const auto add = [&](const char* name, const char* help, AccountsOptions::Act act) -> CLI::App& {
    CLI::App& command = *accounts.add_subcommand(name, help);
    command.add_option("--config", options.config, "Configuration of the gateway (TOML)")
        ->required()
        ->type_name("FILE");
    if (act != AccountsOptions::Act::kList) {
      command.add_option("ACCOUNT", options.account, "2 to 64 of a-z, 0-9, \".\", \"_\", \"-\"")
          ->required();
    }
    add_language(command, options.language);
    command.callback([&options, act, chosen] {
      options.act = act;
      chosen();
    });
    return command;
  };
  const auto add_password = [&](CLI::App& command) {
    command.add_flag("--ask-password", options.ask_password,
                     "Read the password from the terminal, or a line of standard input (default: "
                     "one is made and printed)");
  };
  CLI::App& adding = add("add", kAccountsAdd, AccountsOptions::Act::kAdd);
  adding.add_option("--role", options.role, "litigant, clerk, judge or operator")
      ->required()
      ->type_name("ROLE");
  adding.add_option("--court", options.court, "Code of the court of a clerk or judge")
      ->type_name("CODE");
  adding.add_option("--name", options.name, "Name for people to read")
      ->required()
      ->type_name("TEXT");
  add_password(adding);
  const auto add_identity = [&](CLI::App& command) {
    command.add_option("--issuer", options.issuer, "Issuer of the provider, as [[oidc]] has it")
        ->required()
        ->type_name("URL");
    command.add_option("--subject", options.subject, "What the provider calls this person")
        ->required()
        ->type_name("TEXT");
  };
  add_identity(add("link", kAccountsLink, AccountsOptions::Act::kLink));
  add_identity(add("unlink", kAccountsUnlink, AccountsOptions::Act::kUnlink));
  add("identities", kAccountsIdentities, AccountsOptions::Act::kIdentities);
  add("list", kAccountsList, AccountsOptions::Act::kList);
  add("disable", kAccountsDisable, AccountsOptions::Act::kDisable);
  add("enable", kAccountsEnable, AccountsOptions::Act::kEnable);
  add_password(add("reset", kAccountsReset, AccountsOptions::Act::kReset));
}

}  // namespace heyan::cli
