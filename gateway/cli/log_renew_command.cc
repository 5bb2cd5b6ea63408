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
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

std::unexpected<Trouble> refuse(core::ErrorCode code, std::string_view what, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(trouble_of({code, what}, subject.string(), remedy));
}

struct Renewal {
  ops::Config config;
  path old_files;            // where they are kept
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

std::expected<void, Trouble> change(const Renewal& renewal) {
  HEYAN_CHECK_OK(put_aside(renewal));
  auto named = keys::follow_log(renewal.config.state / "keys", renewal.config.log_name);
  if (!named) return std::unexpected(trouble_of(std::move(named).error()));
  return {};
}

std::expected<void, Trouble> record(const Renewal& renewal, audit::Event event,
                                    audit::Outcome outcome, std::string_view remedy) {
  audit::Entry entry = command_entry(event);
  entry.subject = renewal.config.log_name;
  entry.outcome = outcome;
  return record_command(renewal.config.state, renewal.config, entry, remedy);
}

// The folder of the old log's files, which are kept.
std::expected<path, Trouble> renew(const LogRenewOptions& options) {
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
  return std::move(renewal.old_files);
}

}  // namespace

ExitStatus run(const LogRenewOptions& options, Console& console) {
  const auto kept = renew(options);
  if (!kept) return report_trouble(kept.error(), console);
  std::error_code ignored;
  if (std::filesystem::exists(*kept, ignored)) {
    console.talk(std::string(say(options.language, "旧日志的文件保存在：",
                                 "The files of the old log are kept in: ")) +
                 core::visible(kept->string(), 1000));
  }
  console.talk(say(options.language, "请公布新的 log.vkey，再启动网关。",
                   "Publish the new log.vkey, and start the gateway."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
