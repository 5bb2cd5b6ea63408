// heyan log renew: a new report log after one that cannot be continued (security decision 16).
#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <optional>

#include "gateway/audit/lock.h"
#include "gateway/backup/anew.h"
#include "gateway/backup/digests.h"
#include "gateway/backup/replay.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/loss_words.h"
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
  std::uint64_t follows_size = 0;
  std::optional<backup::Told> told;  // what the files tell that were named
  // Where the state folder was set back with the log.
  backup::Marked marked;
  std::optional<backup::Anew> anew;
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

// What was deleted since is known from a copy of the old log that knows more than what is here.
// That may have gone on, as a second history: a copy need not continue it.
std::expected<void, Trouble> read_copy(const LogRenewOptions& options,
                                       const transparency::NoteVerifier& old_key,
                                       const transparency::Checkpoint& given, Renewal& renewal) {
  if (options.log.empty()) return {};
  if (renewal.config.database) {
    return refuse(core::ErrorCode::kUnsupported, "the tables are on a server, and not in files",
                  "[database]",
                  "Without --log; then, once for all gateways, `heyan database replay --log`.");
  }
  if (renewal.stopped.empty()) {
    return refuse(core::ErrorCode::kMalformed,
                  "the signer did not stop for a log that was set back", options.log,
                  "Without --log: nothing is deleted again where nothing was lost.");
  }
  auto told = backup::read_deletions(
      {.log = options.log, .key = old_key, .known = std::nullopt, .at = now()});
  if (!told) return std::unexpected(trouble_of(std::move(told).error()));
  auto followed = backup::expect_followed(given, renewal.config.log_follows, *told);
  if (!followed) return std::unexpected(trouble_of(std::move(followed).error()));
  renewal.told = *std::move(told);
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
  HEYAN_TRY(renewal.stopped, find_stop(*checkpoint, config));
  HEYAN_CHECK_OK(read_copy(options, *old_key, *checkpoint, renewal));
  renewal.follows_size = checkpoint->size;
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

// With the log its tables were set back: what was lost with them is as after a restore, and nothing
// is gone on with as it was. Tables on a server are the operator's to mend, once for all gateways.
// Before the log is named: a renewal that was cut short does it again.
std::expected<void, Trouble> begin_tables_anew(const LogRenewOptions& options, Renewal& renewal) {
  constexpr std::string_view kAgain = "Check the disk, and run this again.";
  const ops::Config& config = renewal.config;
  if (renewal.stopped.empty() || config.database) return {};
  const core::UtcTime at = now();
  if (renewal.told) {
    auto marked = backup::mark_again(config.state / "front/front.db", *renewal.told,
                                     {.at = at, .also_unasked = options.also_unasked});
    if (!marked) return std::unexpected(trouble_of(marked.error(), "front.db", kAgain));
    renewal.marked = *std::move(marked);
  }
  auto anew =
      backup::begin_anew(config.state, at, std::chrono::days(config.retention.wait_days), kAgain);
  if (!anew) return std::unexpected(trouble_of(std::move(anew).error()));
  renewal.anew = *std::move(anew);
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

std::expected<void, Trouble> change(const LogRenewOptions& options, Renewal& renewal) {
  HEYAN_CHECK_OK(begin_tables_anew(options, renewal));
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
  if (renewal.anew) {
    entry.detail.set("logGiven", renewal.told.has_value())
        .set("deletedAgain", std::uint64_t{renewal.marked.deletions.size()})
        .set("unasked", std::uint64_t{renewal.marked.unasked.size()})
        .set("waitingAnew", std::uint64_t{renewal.anew->waiting.size()});
  }
  return record_command(renewal.config.state, renewal.config, entry, remedy);
}

std::expected<Renewal, Trouble> renew(const LogRenewOptions& options) {
  HEYAN_TRY(Renewal renewal, look(options));
  HEYAN_CHECK_OK(record(renewal, audit::Event::kLogRenewBegun, audit::Outcome::kDone,
                        "Nothing was changed. See docs/audit.md."));
  if (auto changed = change(options, renewal); !changed) {
    // That it was begun stands there already.
    static_cast<void>(record(renewal, audit::Event::kLogRenewed, audit::Outcome::kFailed, {}));
    return std::unexpected(std::move(changed).error());
  }
  HEYAN_CHECK_OK(record(renewal, audit::Event::kLogRenewed, audit::Outcome::kDone,
                        "The new log is named; note it by hand. See docs/audit.md."));
  return renewal;
}

// What the tables do not know, or of those on a server, what is still to be done to them.
void say_what_was_lost(const LogRenewOptions& options, const Renewal& renewal, Console& console) {
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  if (renewal.config.database) {
    console.talk(in(
        "警告：服务器上的数据库也可能被回退。若是如此，在任何网关启动之前，须先完成 "
        "docs/operator.md 的“Several gateways”中“Restored”的第 4 步（heyan database "
        "replay）和第 5 步（两条 SQL "
        "更新）：否则已确认的删除将立即执行，已结束的会话仍然有效，报告所声明的查找和比对将超出实际"
        "。",
        "WARNING: the database on the server may have been set back, too. Where it was, steps 4 "
        "(heyan database replay) and 5 (the owner's updates) of 'Restored' in docs/operator.md, "
        "Several gateways, must be done before any gateway starts: else confirmed deletions "
        "are carried out at once, sessions that were ended go on, and reports claim searches and "
        "comparisons of what was lost."));
  }
  if (!renewal.anew) return;
  const Loss loss{.language = options.language,
                  .from_zh = "制作磁盘映像",
                  .from_en = "image of the disk",
                  .when = {},
                  .config = options.config};
  say_complete_from(loss, renewal.anew->complete_from, console);
  say_deleted_again(loss, renewal.marked.deletions, console);
  say_unasked(loss, renewal.marked.unasked, "由两人重新申请和确认",
              "two persons ask for and confirm them once more", console);
  if (!renewal.told || renewal.told->checkpoint.size < renewal.follows_size) {
    console.talk(
        in("警告：未给出旧日志到所引用检查点的全部文件（--log），其间如有删除，被删除的内容已重新出"
           "现，须由两人重新申请和确认删除。",
           "WARNING: the old log's files up to the checkpoint that is followed were not named "
           "(--log). What was deleted in between is there again: two persons have to ask for and "
           "confirm it once more."));
  }
  say_what_to_look_at(loss, renewal.anew->waiting, console);
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
    say_what_was_lost(options, *renewed, console);
  }
  console.talk(say(options.language, "请公布新的 log.vkey，再启动网关。",
                   "Publish the new log.vkey, and start the gateway."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
