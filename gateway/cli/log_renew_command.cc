// heyan log renew: a new report log after one that cannot be continued (security decision 16).
#include <fmt/format.h>

#include "gateway/backup/digests.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/input_files.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
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
  path old_files;  // where they are kept
};

// Nothing is changed yet.
std::expected<Renewal, Trouble> look(const LogRenewOptions& options) {
  HEYAN_TRY(ops::Config config, load_configuration(options.config));
  HEYAN_TRY(const auto old_key, read_log_key(config.state / "keys/log.vkey"));
  if (config.log_follows.empty() || old_key->name() == config.log_name) {
    return refuse(core::ErrorCode::kMalformed, "it names no new log, or not what it follows",
                  options.config, "Set name and follows in [log].");
  }
  HEYAN_TRY(const core::Bytes note, read_input(config.log_follows.string(),
                                               transparency::kNoteBytes, "Name the checkpoint."));
  const auto checkpoint = log_audit::read_checkpoint(core::as_text(note), &*old_key);
  if (!checkpoint) {
    return std::unexpected(trouble_of(checkpoint.error(), config.log_follows.string(),
                                      "Take the last checkpoint of the old log that anybody has."));
  }
  path old_files = config.state / ("log-" + core::to_hex(old_key->id()));
  return Renewal{.config = std::move(config), .old_files = std::move(old_files)};
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
