// heyan database prepare: the tables that several gateways share.
#include <fmt/format.h>

#include <array>

#include "gateway/accounts/people.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/database/server.h"
#include "gateway/postgres/roles.h"
#include "gateway/signer/signer.h"
#include "gateway/store/store.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kFronts = "heyan_front";
constexpr std::string_view kSigners = "heyan_signer";

Trouble trouble(std::string what, std::string remedy) {
  return {.status = ExitStatus::kMalformed,
          .what = std::move(what),
          .defects = {},
          .remedy = std::move(remedy)};
}

std::string shown(const ops::Database& database) {
  return core::visible(database.host + ", " + database.name, 1000);
}

// An SQL identifier.
std::string identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += c;
    out += c;
  }
  return core::visible(out + '"', 200);
}

std::string how_to_make(const ops::Database& database, const std::string& owner) {
  return fmt::format(
      "As an administrator of the server, what is missing of:\n"
      "  CREATE ROLE {1}; CREATE ROLE {2};\n"
      "  CREATE ROLE {3} LOGIN; CREATE ROLE {4} LOGIN IN ROLE {1}; CREATE ROLE {5} LOGIN IN ROLE "
      "{2};\n"
      "  CREATE DATABASE {0} OWNER {3} TEMPLATE template0 ENCODING 'UTF8';\n"
      "and their passwords, or what lets them in without.",
      identifier(database.name), kFronts, kSigners, identifier(owner),
      identifier(database.front_role), identifier(database.signer_role));
}

// The role of the front must not reach the log, and that of the signer reads no cases.
std::expected<void, Trouble> check_roles(const ops::Database& database,
                                         const postgres::Settings& owner) {
  struct Wanted {
    const std::string& role;
    std::string_view group;
    bool member;
  };
  const std::array wanted = {
      Wanted{database.front_role, kFronts, true}, Wanted{database.front_role, kSigners, false},
      Wanted{database.signer_role, kSigners, true}, Wanted{database.signer_role, kFronts, false}};
  for (const Wanted& each : wanted) {
    const auto member = postgres::is_member(owner, each.role, std::string(each.group));
    if (!member) {
      return std::unexpected(
          trouble_of(member.error(), shown(database), how_to_make(database, owner.role)));
    }
    if (*member == each.member) continue;
    return std::unexpected(trouble(
        fmt::format("the role {} {} a member of {}", core::visible(each.role, 100),
                    each.member ? "is not there, or not" : "is", each.group),
        each.member ? how_to_make(database, owner.role)
                    : fmt::format("REVOKE {} FROM {};", each.group, identifier(each.role))));
  }
  return {};
}

std::expected<void, Trouble> prepare(const DatabasePrepareOptions& options) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  if (!config.database) {
    return std::unexpected(trouble("the configuration has no [database]",
                                   "`heyan config show` prints an example with every key."));
  }
  const ops::Database& database = *config.database;
  const auto owner = database::as_owner(database, options.owner, options.password_file);
  if (!owner) {
    return std::unexpected(trouble_of_named(owner.error(), options.password_file.string(),
                                            "Name the file with the owner's password."));
  }
  HEYAN_CHECK_OK(check_roles(database, *owner));
  HEYAN_CHECK_OK(record_command(config.state, config, command_entry(audit::Event::kDatabaseBegun),
                                "Nothing was prepared. See docs/audit.md."));
  audit::Entry entry = command_entry(audit::Event::kDatabasePrepared);
  for (const auto make :
       {&store::Store::prepare, &accounts::People::prepare, &signer::Signer::prepare}) {
    if (const auto made = make(*owner); !made) {
      entry.outcome = audit::Outcome::kFailed;
      // That it was begun stands there already.
      static_cast<void>(record_command(config.state, config, entry, {}));
      return std::unexpected(trouble_of(made.error(), shown(database),
                                        "Nothing of the tables in question was changed. Run it as "
                                        "the role that owns the database."));
    }
  }
  return record_command(config.state, config, entry,
                        "The tables are there; note it by hand. See docs/audit.md.");
}

}  // namespace

ExitStatus run(const DatabasePrepareOptions& options, Console& console) {
  const auto prepared = prepare(options);
  if (!prepared) return report_trouble(prepared.error(), console);
  console.talk(say(options.language, "数据库已就绪：数据表属于本版本。",
                   "The database is ready: its tables are those of this version."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
