#include "gateway/setup/demo_accounts.h"

#include <array>

#include "gateway/accounts/password.h"
#include "gateway/accounts/people.h"
#include "gateway/keys/key_files.h"

namespace heyan::setup {
namespace {

using accounts::People;
using accounts::Role;
using intake::Refusal;
using std::filesystem::path;

struct Demo {
  Role role;
  std::string_view name;
};
constexpr std::array kDemo = {Demo{Role::kLitigant, "演示当事人"}, Demo{Role::kClerk, "演示书记员"},
                              Demo{Role::kJudge, "演示法官"}, Demo{Role::kOperator, "演示运维员"}};

// A line of the file.
core::Result<std::string> make(People& people, const Demo& demo, const ops::Config& config,
                               std::int64_t now_ms) {
  const std::string word(accounts::word(demo.role));
  const std::string password = accounts::new_password();
  accounts::Passwords passwords;
  HEYAN_TRY(const std::string hash, passwords.hash(password));
  const accounts::Person person{
      .account = word,
      .name = std::string(demo.name),
      .role = demo.role,
      .court = accounts::is_of_a_court(demo.role) ? config.court_systems.at(0).court_code : ""};
  const auto added = people.add(person, hash, now_ms);
  const bool there = !added && added.error().code == core::ErrorCode::kDuplicate;
  if (!added && !there) return std::unexpected(added.error());
  if (there) HEYAN_CHECK_OK(people.reset(person.account, hash));
  return word + " " + person.account + " " + password + "\n";
}

}  // namespace

std::expected<void, Refusal> make_demo_accounts(const ops::Config& config, std::int64_t now_ms) {
  const path file = config.state / "demo/accounts.txt";
  std::error_code error;
  if (std::filesystem::exists(file, error) || config.court_systems.empty()) return {};
  const path database = config.state / accounts::kFile;
  const auto people = People::open(database);
  const auto refused = [&](const core::Error& why) {
    return std::unexpected(intake::refusal_of(why, database.string(), "Check the state folder."));
  };
  if (!people) return refused(people.error());
  std::string text = "# role account password\n";
  for (const Demo& demo : kDemo) {
    const auto line = make(**people, demo, config, now_ms);
    if (!line) return refused(line.error());
    text += *line;
  }
  return keys::write_secret(file, text);
}

}  // namespace heyan::setup
