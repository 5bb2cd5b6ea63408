// heyan log renew: a new report log after one that cannot be continued (security decision 16).
#include <fmt/format.h>
#include <sys/stat.h>

#include "gateway/audit/lock.h"
#include "gateway/backup/digests.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/input_files.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "gateway/signer/stop.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

std::unexpected<Trouble> refuse(core::ErrorCode code, std::string_view what, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(trouble_of({code, what}, subject.string(), remedy));
}

constexpr std::size_t kStopBytes = 4096;
constexpr std::string_view kLookAtStop =
    "It says why the signer stopped: look at it, see docs/operator.md, Witnesses, and remove it.";

struct Renewal {
  ops::Config config;
  path old_files;            // where they are kept
  path stopped;              // the signer's file, where the old log was set back; or empty
  os::Descriptor no_signer;  // as long as this is open, none starts
};

// The signer publishes into the folder that is put aside, under the name that is left.
std::expected<os::Descriptor, Trouble> keep_signer_out(const path& state) {
  HEYAN_CHECK_OK(expect_own_state(state));
  const path trails = state / "audit";
  static_cast<void>(::mkdir(trails.c_str(), 0700));
  auto lock = audit::lock_trail(trails / "signer");
  if (lock) return *std::move(lock);
  if (lock.error().code != core::ErrorCode::kDuplicate) {
    return std::unexpected(trouble_of(lock.error(), (trails / "signer").string(),
                                      "Check the state folder, and run this again."));
  }
  return refuse(core::ErrorCode::kDuplicate, "the gateway runs", state,
                "Stop the gateway first (systemctl stop heyan); nothing was changed. Then put into "
                "follows the last checkpoint that it published: log/checkpoint in that folder.");
}

// Whatever was published is not to be left out of what the new log quotes. Files that do not read
// tell nothing.
std::expected<void, Trouble> expect_last(const transparency::Checkpoint& given,
                                         const transparency::NoteVerifier& old_key,
                                         const Renewal& renewal) {
  for (const path& folder : {renewal.config.state / "log", renewal.old_files}) {
    const auto log = log_audit::PublishedLog::open(folder);
    const auto note = log ? log->checkpoint() : core::Result<std::string>{};
    const auto last = log_audit::read_checkpoint(note.value_or(""), &old_key);
    if (!last || last->size <= given.size) continue;
    return refuse(core::ErrorCode::kMalformed, "it is older than what the old log published",
                  renewal.config.log_follows,
                  fmt::format("Put {} there, or a later checkpoint of the old log.",
                              core::visible((folder / "checkpoint").string(), 1000)));
  }
  return {};
}

// Where the old log was set back, neither is what the witness keeps that told so.
std::expected<path, Trouble> find_stop(const transparency::Checkpoint& given,
                                       const ops::Config& config) {
  path stopped = signer::stop_file(config.state / "signer", signer::StopReason::kLogSetBack);
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(stopped, error))) return path();
  HEYAN_TRY(const core::Bytes why, read_input(stopped.string(), kStopBytes, kLookAtStop));
  if (signer::kept_in(core::as_text(why)).value_or(0) <= given.size) return stopped;
  return refuse(
      core::ErrorCode::kMalformed, "it is older than what a witness keeps", config.log_follows,
      fmt::format("Put there what that witness keeps (/HEX/checkpoint below its url), or a "
                  "later checkpoint of the old log: {} says which witness.",
                  core::visible(stopped.string(), 1000)));
}

// Nothing is changed yet.
std::expected<Renewal, Trouble> look(const LogRenewOptions& options) {
  Renewal renewal;
  HEYAN_TRY(renewal.config, load_configuration(options.config));
  const ops::Config& config = renewal.config;
  HEYAN_TRY(renewal.no_signer, keep_signer_out(config.state));
  HEYAN_TRY(const auto old_key, read_log_key(config.state / "keys/log.vkey"));
  if (config.log_follows.empty() || old_key->name() == config.log_name) {
    return refuse(core::ErrorCode::kMalformed, "it names no new log, or not what it follows",
                  options.config, "Set name and follows in [log].");
  }
  if (auto fresh = keys::expect_no_earlier_name(config.state / "keys", config.log_name); !fresh) {
    return std::unexpected(trouble_of(std::move(fresh).error()));
  }
  HEYAN_TRY(const core::Bytes note, read_input(config.log_follows.string(),
                                               transparency::kNoteBytes, "Name the checkpoint."));
  const auto checkpoint = log_audit::read_checkpoint(core::as_text(note), &*old_key);
  if (!checkpoint) {
    return std::unexpected(trouble_of(checkpoint.error(), config.log_follows.string(),
                                      "Take the last checkpoint of the old log that anybody has."));
  }
  renewal.old_files = config.state / ("log-" + core::to_hex(old_key->id()));
  HEYAN_CHECK_OK(expect_last(*checkpoint, *old_key, renewal));
  HEYAN_TRY(renewal.stopped, find_stop(*checkpoint, config));
  return renewal;
}

// An attempt that was cut short may have put them aside already, and a state folder that was made
// anew has none. On the disk before the keys name another log: what is published afterwards is not
// to meet them.
std::expected<void, Trouble> put_aside(const Renewal& renewal) {
  const path published = renewal.config.state / "log";
  std::error_code error;
  if (std::filesystem::exists(published, error)) {
    std::filesystem::rename(published, renewal.old_files, error);
  }
  if (error) {
    return refuse(core::ErrorCode::kIo, "the published files cannot be put aside",
                  renewal.old_files,
                  "Check the state folder: where log and that folder are both there, move one of "
                  "them elsewhere, and run this again.");
  }
  if (const auto synced = backup::sync_all(renewal.config.state); !synced) {
    return std::unexpected(trouble_of(synced.error(), renewal.config.state.string(),
                                      "Check the disk, and run this again."));
  }
  return {};
}

// Last: until then the old log could still go on.
std::expected<void, Trouble> take_stop_away(const Renewal& renewal) {
  if (renewal.stopped.empty()) return {};
  std::error_code error;
  std::filesystem::remove(renewal.stopped, error);
  if (!error && backup::sync_all(renewal.stopped.parent_path())) return {};
  return refuse(core::ErrorCode::kIo, "it cannot be removed", renewal.stopped,
                "The new log is named already: remove this file by hand.");
}

std::expected<void, Trouble> change(const Renewal& renewal) {
  HEYAN_CHECK_OK(put_aside(renewal));
  auto named = keys::follow_log(renewal.config.state / "keys", renewal.config.log_name);
  if (!named) return std::unexpected(trouble_of(std::move(named).error()));
  return take_stop_away(renewal);
}

std::expected<void, Trouble> record(const Renewal& renewal, audit::Event event,
                                    audit::Outcome outcome, std::string_view remedy) {
  audit::Entry entry = command_entry(event);
  entry.subject = renewal.config.log_name;
  entry.outcome = outcome;
  if (!renewal.stopped.empty()) {
    entry.detail.set("stopped", signer::name(signer::StopReason::kLogSetBack));
  }
  return record_command(renewal.config.state, renewal.config, entry, remedy);
}

std::expected<Renewal, Trouble> renew(const LogRenewOptions& options) {
  HEYAN_TRY(Renewal renewal, look(options));
  HEYAN_CHECK_OK(record(renewal, audit::Event::kLogRenewBegun, audit::Outcome::kDone,
                        "Nothing was changed. See docs/audit.md."));
  if (auto changed = change(renewal); !changed) {
    // That it was begun stands there already.
    static_cast<void>(record(renewal, audit::Event::kLogRenewed, audit::Outcome::kFailed, {}));
    return std::unexpected(std::move(changed).error());
  }
  HEYAN_CHECK_OK(record(renewal, audit::Event::kLogRenewed, audit::Outcome::kDone,
                        "The new log is named; note it by hand. See docs/audit.md."));
  return renewal;
}

}  // namespace

ExitStatus run(const LogRenewOptions& options, Console& console) {
  const auto renewed = renew(options);
  if (!renewed) return report_trouble(renewed.error(), console);
  std::error_code ignored;
  if (std::filesystem::exists(renewed->old_files, ignored)) {
    console.talk(std::string(say(options.language, "旧日志的文件保存在：",
                                 "The files of the old log are kept in: ")) +
                 core::visible(renewed->old_files.string(), 1000));
  }
  if (!renewed->stopped.empty()) {
    console.talk(std::string(say(options.language, "旧日志曾被回退，标记已移除：",
                                 "The old log was set back; what said so was removed: ")) +
                 core::visible(renewed->stopped.string(), 1000));
  }
  console.talk(say(options.language, "请公布新的 log.vkey，再启动网关。",
                   "Publish the new log.vkey, and start the gateway."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
