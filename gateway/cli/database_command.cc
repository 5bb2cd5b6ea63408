// heyan database prepare: the tables that several gateways share.
#include <fmt/format.h>

#include "gateway/accounts/people.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/database/membership.h"
#include "gateway/database/server.h"
#include "gateway/signer/signer.h"
#include "gateway/store/store.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

Trouble trouble(std::string what, std::string remedy) {
  return {.status = ExitStatus::kMalformed,
          .what = std::move(what),
          .defects = {},
          .remedy = std::move(remedy)};
}

std::string shown(const ops::Database& at) { return core::visible(at.host + ", " + at.name, 1000); }

std::string how_to_make(const ops::Config& config, const std::string& owner) {
  using database::identifier;
  const ops::Database& at = *config.database;
  const bool litigants = config.listen.serves == ops::Serves::kLitigants;
  const std::string_view group = litigants ? database::kPublicFronts : database::kFronts;
  return fmt::format(
      "As an administrator of the server, what is missing of:\n"
      "  CREATE ROLE {1}; CREATE ROLE {2};{6}\n"
      "  CREATE ROLE {3} LOGIN; CREATE ROLE {4} LOGIN IN ROLE {7}; CREATE ROLE {5} LOGIN IN ROLE "
      "{2};\n"
      "  CREATE DATABASE {0} OWNER {3} TEMPLATE template0 ENCODING 'UTF8';\n"
      "and their passwords, or what lets them in without.",
      identifier(at.name), database::kFronts, database::kSigners, identifier(owner),
      identifier(at.front_role), identifier(at.signer_role),
      litigants ? fmt::format(" CREATE ROLE {};", group) : std::string(), group);
}

std::expected<void, Trouble> check_roles(const ops::Config& config,
                                         const postgres::Settings& owner) {
  const ops::Database& at = *config.database;
  const auto found = database::misplaced(owner, database::memberships_of(at, config.listen.serves));
  if (!found) {
    return std::unexpected(trouble_of(found.error(), shown(at), how_to_make(config, owner.role)));
  }
  if (!*found) return {};
  // What must be a member may not be there at all.
  const database::Misplaced& wrong = **found;
  return std::unexpected(
      trouble(wrong.what, wrong.expected.member ? how_to_make(config, owner.role) : wrong.remedy));
}

std::expected<void, Trouble> prepare(const DatabasePrepareOptions& options) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  if (!config.database) {
    return std::unexpected(trouble("the configuration has no [database]",
                                   "`heyan config show` prints an example with every key."));
  }
  const ops::Database& at = *config.database;
  const auto owner = database::as_owner(at, options.owner, options.password_file);
  if (!owner) {
    return std::unexpected(trouble_of_named(owner.error(), options.password_file.string(),
                                            "Name the file with the owner's password."));
  }
  HEYAN_CHECK_OK(check_roles(config, *owner));
  HEYAN_CHECK_OK(record_command(config.state, config, command_entry(audit::Event::kDatabaseBegun),
                                "Nothing was prepared. See docs/audit.md."));
  audit::Entry entry = command_entry(audit::Event::kDatabasePrepared);
  for (const auto make :
       {&store::Store::prepare, &accounts::People::prepare, &signer::Signer::prepare}) {
    if (const auto made = make(*owner); !made) {
      entry.outcome = audit::Outcome::kFailed;
      // That it was begun stands there already.
      static_cast<void>(record_command(config.state, config, entry, {}));
      return std::unexpected(trouble_of(made.error(), shown(at),
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
