// heyan database replay: what was deleted after a dump is deleted again (security decision 33).
#include <fmt/format.h>

#include "gateway/backup/replay_on_server.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

std::expected<void, Trouble> record(const ops::Config& config, audit::Entry entry,
                                    std::string_view remedy) {
  entry.subject = config.log_name;
  return record_command(config.state, config, entry, remedy);
}

std::expected<backup::ReplayedOnServer, Trouble> replay(const DatabaseReplayOptions& options) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  if (!config.database) {
    return std::unexpected(
        Trouble{.status = ExitStatus::kMalformed,
                .what = "the configuration has no [database]",
                .defects = {},
                .remedy = "Of a backup of files `heyan restore` does it, with --log."});
  }
  HEYAN_CHECK_OK(expect_of_court(config));
  HEYAN_CHECK_OK(record(config, command_entry(audit::Event::kReplayBegun),
                        "Nothing was changed. See docs/audit.md."));
  audit::Entry entry = command_entry(audit::Event::kReplayed);
  entry.detail.set("alsoUnasked", options.also_unasked);
  auto replayed =
      backup::replay_on_server({.config = config,
                                .log = options.log,
                                .mark = {.at = now(), .also_unasked = options.also_unasked}});
  if (!replayed) {
    entry.outcome = audit::Outcome::kFailed;
    // That it was begun stands there already.
    static_cast<void>(record(config, std::move(entry), {}));
    return std::unexpected(trouble_of(std::move(replayed).error()));
  }
  entry.detail.set("log", replayed->log)
      .set("size", replayed->size)
      .set("deletedAgain", std::uint64_t{replayed->marked.deletions.size()})
      .set("unasked", std::uint64_t{replayed->marked.unasked.size()});
  HEYAN_CHECK_OK(record(config, std::move(entry),
                        "The deletions are noted; note it by hand. See docs/audit.md."));
  return *std::move(replayed);
}

}  // namespace

ExitStatus run(const DatabaseReplayOptions& options, Console& console) {
  const auto replayed = replay(options);
  if (!replayed) return report_trouble(replayed.error(), console);
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  const auto& [deletions, unasked] = replayed->marked;
  console.talk(fmt::format(
      fmt::runtime(in("已读旧日志 {} 的 {} 条。其后已删除的 {} 件提交将在网关启动时再次删除：{}",
                      "{}: {} entries were read. {} submissions that were deleted since are "
                      "deleted again when a gateway starts: {}")),
      core::visible(replayed->log), replayed->size, deletions.size(), fmt::join(deletions, " ")));
  if (!unasked.empty()) {
    console.talk(fmt::format(
        fmt::runtime(in("警告：旧日志记载了 {} "
                        "件提交的删除，但转储时无人申请删除，或其处于法律保全之中。这些提交保留不动"
                        "，请与法院核对；确应删除的，加上 --also-unasked 再运行一次：{}",
                        "WARNING: the old log tells of {} deletions that nobody had asked for when "
                        "the dump was made, or of what was held then. Those are left. Ask the "
                        "court; where they are right, run this again with --also-unasked: {}")),
        unasked.size(), fmt::join(unasked, " ")));
  }
  if (replayed->size < replayed->follows_size) {
    console.talk(fmt::format(
        fmt::runtime(in("警告：旧日志的检查点有 {} "
                        "条，而所给文件不全，其间如有删除，被删除的内容将重新出现。启动前请取得更新"
                        "的副本再运行一次；否则由两人重新删除。",
                        "WARNING: the checkpoint that is followed has {} entries, and these files "
                        "end before. What was deleted in between is there again. Before a gateway "
                        "starts, find a newer copy and run this again; or have it deleted by two "
                        "persons once more.")),
        replayed->follows_size));
  }
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
