#include "gateway/cli/command_trail.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "gateway/cli/clock.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

std::unexpected<Trouble> unusable(const path& state, std::string_view what,
                                  std::string_view remedy) {
  return std::unexpected(
      Trouble{.status = ExitStatus::kInputOutput,
              .what = core::visible(state.string(), 1000) + ": " + std::string(what),
              .defects = {},
              .remedy = std::string(remedy)});
}

// Who signed in to the operating system, whatever user the command was then run as
// (proc_pid_loginuid: 2^32 - 1 where nobody did).
std::optional<std::uint64_t> login() {
  constexpr std::uint64_t kNobody = 0xffffffff;
  std::ifstream file("/proc/self/loginuid");
  std::uint64_t number = kNobody;
  if (!(file >> number) || number == kNobody) return std::nullopt;
  return number;
}

}  // namespace

std::expected<void, Trouble> expect_own_state(const path& state) {
  struct stat status{};
  if (::stat(state.c_str(), &status) != 0) {
    return unusable(state, "cannot be read", "Make the state folder of the gateway first.");
  }
  if (status.st_uid != ::geteuid()) {
    return unusable(state, "belongs to another user",
                    "Run this as the user that the gateway runs as.");
  }
  return {};
}

std::expected<std::unique_ptr<audit::Trail>, Trouble> open_command_trail(const path& state,
                                                                         const ops::Config& config,
                                                                         std::string_view remedy) {
  HEYAN_CHECK_OK(expect_own_state(state));
  const path folder = state / "audit";
  static_cast<void>(::mkdir(folder.c_str(), 0700));
  auto trail = audit::Trail::open({.folder = folder / "accounts",
                                   .writer = "accounts",
                                   .keep = std::chrono::days(config.audit.keep_days),
                                   .now = now});
  if (trail) return *std::move(trail);
  return std::unexpected(trouble_of(trail.error(), (folder / "accounts").string(), remedy));
}

audit::Entry command_entry(audit::Event event) {
  audit::Entry entry{.event = event, .actor = fmt::format("uid:{}", ::getuid())};
  if (const auto person_at = login()) entry.detail.set("login", *person_at);
  return entry;
}

std::expected<void, Trouble> record_command(const path& state, const ops::Config& config,
                                            const audit::Entry& entry, std::string_view remedy) {
  HEYAN_TRY(const auto trail, open_command_trail(state, config, remedy));
  const auto recorded = trail->append(entry);
  if (recorded) return {};
  return std::unexpected(trouble_of(recorded.error(), "audit/accounts", remedy));
}

}  // namespace heyan::cli
