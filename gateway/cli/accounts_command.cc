// heyan accounts: the people who may sign in, while the gateway runs beside it.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <functional>

#include "gateway/accounts/password.h"
#include "gateway/accounts/people.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/typed_password.h"
#include "gateway/database/server.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using accounts::People;
using std::filesystem::path;
using Act = AccountsOptions::Act;

constexpr std::string_view kListed = "`heyan accounts list` shows which accounts there are.";
constexpr std::string_view kFreeDisk =
    "Look at the disk of the accounts (the state folder's, or the database server's), free room "
    "where it is full, and try it again.";

Trouble trouble(ExitStatus status, std::string what, std::string remedy) {
  return {.status = status, .what = std::move(what), .defects = {}, .remedy = std::move(remedy)};
}

std::expected<std::unique_ptr<People>, Trouble> open_on_server(const ops::Database& at) {
  const auto server = database::as_front(at);
  if (!server) {
    return std::unexpected(trouble_of_named(server.error(), at.front_password.string(),
                                            "Run this as the user that the gateway runs as."));
  }
  auto people = People::open(*server);
  if (people) return *std::move(people);
  return std::unexpected(trouble_of(people.error(), core::visible(at.host, 1000),
                                    "Is the server there? `heyan database prepare` makes the "
                                    "tables of this version."));
}

std::expected<std::unique_ptr<People>, Trouble> open_people(const ops::Config& config) {
  HEYAN_CHECK_OK(expect_of_court(config));
  if (config.database) return open_on_server(*config.database);
  const path file = config.state / accounts::kFile;
  HEYAN_CHECK_OK(expect_own_state(config.state));
  if (::mkdir(file.parent_path().c_str(), 0700) != 0 && errno != EEXIST) {
    return std::unexpected(trouble(ExitStatus::kInputOutput, "the folder of accounts is not there",
                                   "Check the state folder."));
  }
  auto people = People::open(file);
  if (!people) return std::unexpected(trouble_of(people.error(), file.string(), "Check the disk."));
  return *std::move(people);
}

std::string shown(const AccountsOptions& options) { return core::visible(options.account); }

std::expected<std::unique_ptr<audit::Trail>, Trouble> open_trail(const ops::Config& config) {
  return open_command_trail(config.state, config, "Nothing was changed. See docs/audit.md.");
}

audit::Entry entry_of(audit::Event event, const accounts::Person& person,
                      const accounts::Identity* identity) {
  audit::Entry entry = command_entry(event);
  entry.subject = accounts::stored_account(person.account);
  if (event == audit::Event::kAccountAdded) {
    entry.detail.set("role", accounts::word(person.role)).set("court", person.court);
  }
  if (identity != nullptr) {
    entry.detail.set("issuer", identity->issuer).set("identity", audit::hidden(identity->subject));
  }
  return entry;
}

audit::Outcome outcome_of(const core::Result<void>& done) {
  using audit::Outcome;
  if (done) return Outcome::kDone;
  return done.error().code == core::ErrorCode::kIo ? Outcome::kFailed : Outcome::kRefused;
}

// On the disk as asked for before it is done, and what came of it afterwards.
std::expected<void, Trouble> change(const AccountsOptions& options, audit::Trail& trail,
                                    audit::Entry entry,
                                    const std::function<core::Result<void>()>& act) {
  audit::Entry asked = entry;
  asked.event = audit::Event::kChangeAsked;
  asked.detail.set("change", audit::name(entry.event));
  if (const auto recorded = trail.append(asked); !recorded) {
    return std::unexpected(
        trouble_of(recorded.error(), "audit/accounts", "Nothing was changed. Check the disk."));
  }
  const auto done = act();
  entry.outcome = outcome_of(done);
  const auto recorded = trail.append(entry);
  if (!done) {
    const bool ours = done.error().code == core::ErrorCode::kIo;
    return std::unexpected(trouble_of(done.error(), options.account, ours ? kFreeDisk : kListed));
  }
  if (recorded) return {};
  return std::unexpected(trouble_of(recorded.error(), "audit/accounts",
                                    "The account was changed; note it by hand. Check the disk."));
}

// Only of an account that is there anything is recorded: what else was typed may be a password.
std::expected<accounts::Person, Trouble> find_person(People& people,
                                                     const AccountsOptions& options) {
  const auto found = people.find(options.account);
  if (!found) return std::unexpected(trouble_of(found.error(), options.account, "Try it again."));
  if (*found) return (*found)->person;
  constexpr core::Error kNone{core::ErrorCode::kNotFound, "there is no such account"};
  return std::unexpected(trouble_of(kNone, options.account, kListed));
}

// What is typed, or one that is made.
std::expected<std::string, Trouble> password_for(const AccountsOptions& options, Console& console) {
  if (!options.ask_password) return accounts::new_password();
  HEYAN_TRY(std::string password, read_password(options.language, console));
  const std::string_view weakness = accounts::weakness(password, options.account);
  if (weakness.empty()) return password;
  return std::unexpected(
      trouble(ExitStatus::kMalformed, fmt::format("the password cannot be used: {}", weakness),
              "Take 12 to 256 bytes without control characters and without the account's name."));
}

std::expected<std::string, Trouble> hash_of(const std::string& password) {
  accounts::Passwords passwords;
  auto hash = passwords.hash(password);
  if (!hash) return std::unexpected(trouble_of(hash.error(), "password", "Try it again."));
  return *std::move(hash);
}

std::expected<accounts::Person, Trouble> person_of(const AccountsOptions& options,
                                                   const ops::Config& config) {
  const auto usage = [](std::string what, std::string remedy) {
    return std::unexpected(trouble(ExitStatus::kUsage, std::move(what), std::move(remedy)));
  };
  const auto role = accounts::role_of(options.role);
  if (!role) {
    return usage(core::visible(options.role) + ": is no role",
                 "Take litigant, clerk, judge or operator.");
  }
  if (!accounts::is_account(options.account)) {
    return usage(shown(options) + ": is no name of an account",
                 "Take 2 to 64 of a-z, 0-9, \".\", \"_\" and \"-\", first a letter or a digit.");
  }
  if (!accounts::is_name(options.name)) {
    return usage("the name cannot be shown", "Take 1 to 100 characters without controls.");
  }
  if (accounts::is_of_a_court(*role) == options.court.empty()) {
    return usage(
        fmt::format("a {} is {}", options.role,
                    options.court.empty() ? "of a court" : "of no single court"),
        options.court.empty() ? "Name the court's code with --court." : "Leave out --court.");
  }
  const auto courts = ops::courts_of(config);
  if (!options.court.empty() &&
      std::ranges::find(courts, options.court, &ops::Court::code) == courts.end()) {
    return usage(core::visible(options.court) + ": is no court of this gateway",
                 "Name one of [[court_system]] or [[people.court]], or add it there first.");
  }
  return accounts::Person{
      .account = options.account, .name = options.name, .role = *role, .court = options.court};
}

// The password, where the user does not know it.
std::expected<std::string, Trouble> add(const AccountsOptions& options, const ops::Config& config,
                                        Console& console) {
  HEYAN_TRY(const accounts::Person person, person_of(options, config));
  HEYAN_TRY(const auto people, open_people(config));
  HEYAN_TRY(std::string password, password_for(options, console));
  HEYAN_TRY(const std::string hash, hash_of(password));
  HEYAN_TRY(const auto trail, open_trail(config));
  HEYAN_CHECK_OK(change(options, *trail, entry_of(audit::Event::kAccountAdded, person, nullptr),
                        [&] { return people->add(person, hash, core::to_unix_ms(now())); }));
  return options.ask_password ? std::string() : password + "\n";
}

std::expected<std::string, Trouble> reset(const AccountsOptions& options, const ops::Config& config,
                                          Console& console) {
  HEYAN_TRY(const auto people, open_people(config));
  HEYAN_TRY(const accounts::Person person, find_person(*people, options));
  HEYAN_TRY(std::string password, password_for(options, console));
  HEYAN_TRY(const std::string hash, hash_of(password));
  HEYAN_TRY(const auto trail, open_trail(config));
  HEYAN_CHECK_OK(change(options, *trail, entry_of(audit::Event::kAccountReset, person, nullptr),
                        [&] { return people->reset(options.account, hash); }));
  return options.ask_password ? std::string() : password + "\n";
}

std::expected<std::string, Trouble> list(const ops::Config& config) {
  HEYAN_TRY(const auto people, open_people(config));
  const auto listed = people->list();
  if (!listed) return std::unexpected(trouble_of(listed.error(), "accounts", "Check the disk."));
  std::string text = "ACCOUNT\tROLE\tCOURT\tSTATE\tSECOND FACTOR\tMADE\tNAME\n";
  for (const accounts::Listed& one : *listed) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", one.person.account,
                        accounts::word(one.person.role),
                        one.person.court.empty() ? "-" : core::visible(one.person.court),
                        one.disabled ? "disabled" : "enabled", one.second_factor ? "yes" : "no",
                        core::format_rfc3339(core::from_unix_ms(one.created_at_ms)),
                        core::visible(one.person.name));
  }
  return text;
}

// One of the configuration, since nobody else's tokens are looked at.
std::expected<accounts::Identity, Trouble> identity_of(const AccountsOptions& options,
                                                       const ops::Config& config) {
  if (std::ranges::find(config.oidc, options.issuer, &ops::Oidc::issuer) == config.oidc.end()) {
    return std::unexpected(trouble(ExitStatus::kUsage,
                                   core::visible(options.issuer) + ": is no issuer of this gateway",
                                   "Name the issuer of one of [[oidc]], as it stands there."));
  }
  if (!accounts::is_subject(options.subject)) {
    return std::unexpected(trouble(ExitStatus::kUsage, "the subject is none",
                                   "Copy it from the page that refused its owner."));
  }
  return accounts::Identity{.issuer = options.issuer, .subject = options.subject};
}

std::expected<std::string, Trouble> link(const AccountsOptions& options,
                                         const ops::Config& config) {
  HEYAN_TRY(const accounts::Identity identity, identity_of(options, config));
  HEYAN_TRY(const auto people, open_people(config));
  HEYAN_TRY(const accounts::Person person, find_person(*people, options));
  HEYAN_TRY(const auto trail, open_trail(config));
  HEYAN_CHECK_OK(
      change(options, *trail, entry_of(audit::Event::kAccountLinked, person, &identity),
             [&] { return people->link(options.account, identity, core::to_unix_ms(now())); }));
  return std::string();
}

// Also of an issuer that the configuration no longer names.
std::expected<std::string, Trouble> unlink(const AccountsOptions& options,
                                           const ops::Config& config) {
  const accounts::Identity identity{.issuer = options.issuer, .subject = options.subject};
  HEYAN_TRY(const auto people, open_people(config));
  HEYAN_TRY(const accounts::Person person, find_person(*people, options));
  HEYAN_TRY(const auto trail, open_trail(config));
  HEYAN_CHECK_OK(change(options, *trail,
                        entry_of(audit::Event::kAccountUnlinked, person, &identity),
                        [&] { return people->unlink(options.account, identity); }));
  return std::string();
}

std::expected<std::string, Trouble> identities(const AccountsOptions& options,
                                               const ops::Config& config) {
  HEYAN_TRY(const auto people, open_people(config));
  const auto listed = people->identities(options.account);
  if (!listed) return std::unexpected(trouble_of(listed.error(), "accounts", "Check the disk."));
  std::string text = "ISSUER\tSUBJECT\n";
  for (const accounts::Identity& one : *listed)
    text += fmt::format("{}\t{}\n", core::visible(one.issuer), core::visible(one.subject, 255));
  return text;
}

std::expected<std::string, Trouble> work(const AccountsOptions& options, Console& console) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  if (options.act == Act::kAdd) return add(options, config, console);
  if (options.act == Act::kReset) return reset(options, config, console);
  if (options.act == Act::kList) return list(config);
  if (options.act == Act::kLink) return link(options, config);
  if (options.act == Act::kUnlink) return unlink(options, config);
  if (options.act == Act::kIdentities) return identities(options, config);
  HEYAN_TRY(const auto people, open_people(config));
  HEYAN_TRY(const accounts::Person person, find_person(*people, options));
  HEYAN_TRY(const auto trail, open_trail(config));
  const bool disable = options.act == Act::kDisable;
  const auto event = disable ? audit::Event::kAccountDisabled : audit::Event::kAccountEnabled;
  HEYAN_CHECK_OK(change(options, *trail, entry_of(event, person, nullptr),
                        [&] { return people->set_disabled(options.account, disable); }));
  return std::string();
}

std::string_view said(const AccountsOptions& options) {
  const auto words = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  switch (options.act) {
    case Act::kAdd:
      return words("账号已建立。", "The account is there.");
    case Act::kReset:
      return words("密码已更换，动态验证码已取消，登录会话已结束。",
                   "The password is another one, the second factor is gone, sessions have ended.");
    case Act::kDisable:
      return words("账号已停用，登录会话已结束。",
                   "The account is disabled, its sessions have ended.");
    case Act::kEnable:
      return words("账号已启用。", "The account is enabled.");
    case Act::kLink:
      return words("已关联：以后可以用该身份登录此账号。",
                   "Whoever has that identity signs in with this account now.");
    case Act::kUnlink:
      return words("关联已取消，登录会话已结束。",
                   "The identity is linked no more, the account's sessions have ended.");
    case Act::kList:
    case Act::kIdentities:
      break;
  }
  return {};
}

}  // namespace

ExitStatus run(const AccountsOptions& options, Console& console) {
  const auto text = work(options, console);
  if (!text) return report_trouble(text.error(), console);
  if (const std::string_view sentence = said(options); !sentence.empty()) {
    console.talk(shown(options) + ": " + std::string(sentence));
  }
  if (text->empty()) return ExitStatus::kOk;
  if (options.act == Act::kAdd || options.act == Act::kReset) {
    console.talk(say(options.language, "密码只显示这一次：", "The password is shown this once:"));
  }
  return print(*text, console);
}

}  // namespace heyan::cli
