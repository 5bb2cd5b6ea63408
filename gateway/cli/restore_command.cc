// heyan restore: a backup into an empty state folder, with a new log.
#include <fmt/format.h>

#include "gateway/backup/restore.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/loss_words.h"
#include "gateway/cli/progress.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kNotRecorded = "Nothing was restored. See docs/audit.md.";

// In the trail that the restored gateway goes on with: what there was before is not in a backup.
audit::Entry entry_of(const RestoreOptions& options, const ops::Config& config,
                      const backup::Restored& restored) {
  audit::Entry entry = command_entry(audit::Event::kRestored);
  entry.subject = config.log_name;
  entry.detail.set("manifest", core::to_hex(restored.backup.manifest.sha256))
      .set("madeAt", core::format_rfc3339(restored.backup.made_at))
      .set("keysGiven", !options.keys.empty())
      .set("logGiven", !options.log.empty())
      .set("alsoUnasked", options.also_unasked)
      .set("checkpointGiven", restored.checkpoint_given)
      .set("follows", restored.old_log)
      .set("followsSize", restored.old_size)
      .set("knownSize", restored.known_size)
      .set("deletedAgain", std::uint64_t{restored.deleted_again.size()})
      .set("unasked", std::uint64_t{restored.unasked.size()})
      .set("waitingAnew", std::uint64_t{restored.waiting_anew.size()})
      .set("uploadsForgotten", restored.uploads_forgotten)
      .set("lacking",
           std::uint64_t{restored.backup.lacking.size() + restored.records_lacking.size()})
      .set("contentsKeyLacking", restored.contents_key_lacking);
  return entry;
}

std::expected<backup::Restored, Trouble> restore(const RestoreOptions& options,
                                                 const ops::Config& config, Console& console) {
  Progress progress(console, options.language);
  const auto record = [&](const std::filesystem::path& state,
                          const backup::Restored& made) -> std::expected<void, backup::Refusal> {
    const auto recorded =
        record_command(state, config, entry_of(options, config, made), kNotRecorded);
    if (recorded) return {};
    return std::unexpected(backup::Refusal{.code = core::ErrorCode::kIo,
                                           .what = recorded.error().what,
                                           .defects = {},
                                           .remedy = std::string(kNotRecorded)});
  };
  auto restored = backup::restore({.config = config,
                                   .folder = options.folder,
                                   .keys = options.keys,
                                   .log = options.log,
                                   .also_unasked = options.also_unasked,
                                   .at = now(),
                                   .expect = [&](std::uint64_t bytes) { progress.expect(bytes); },
                                   .advance = [&](std::uint64_t bytes) { progress.advance(bytes); },
                                   .record = record});
  if (!restored) return std::unexpected(trouble_of(std::move(restored).error()));
  return *std::move(restored);
}

std::string shown(const std::filesystem::path& file) { return core::visible(file.string(), 1000); }

// Times of the trails have milliseconds: up to the second both are spelled alike.
Loss loss_of(const RestoreOptions& options, const backup::Restored& restored) {
  return {.language = options.language,
          .from_zh = "备份",
          .from_en = "backup",
          .when = core::format_rfc3339(restored.backup.made_at),
          .config = options.config};
}

// What the restored gateway has not, and what to bring before it starts.
void say_what_is_lacking(const RestoreOptions& options, const std::filesystem::path& state,
                         const backup::Restored& restored, Console& console) {
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  const std::vector<std::string>& lacking = restored.backup.lacking;
  if (!lacking.empty()) {
    console.talk(fmt::format(
        fmt::runtime(
            in("警告：备份时网关已缺少下列 {} 个文件，或其内容已损坏，恢复后同样没有。请从更"
               "早的备份中取出，放到 {} 之下的相同位置，.sealed 文件连同其 .key 一起：",
               "WARNING: the gateway lacked these {} files when the backup was made, or "
               "had them damaged, and so it does now. Take them from an earlier backup, "
               "where they have these names, and put each to its place in {}, a .sealed file "
               "with its .key:")),
        lacking.size(), shown(state / "vault")));
  }
  for (const std::string& name : lacking) console.talk("  " + core::visible(name, 1000));
  const std::vector<std::string>& records = restored.records_lacking;
  if (!records.empty()) {
    console.talk(fmt::format(
        fmt::runtime(in(
            "警告：备份中没有下列 {} 份案件记录，其报告在备份时已签名但尚未入库（旧版本所作的备份"
            "没有复制这些记录）。请从移开的状态目录的 vault "
            "中，或从更晚的备份中取出，放到 {} 之下的相同位置；在此之前，相应的提交一直等待：",
            "WARNING: the backup does not have these {} case records of reports that were "
            "signed when it was made, and not taken up yet: backups of earlier versions never "
            "had those. Take them from vault/ of the state folder that you moved aside, or from "
            "a later backup, and put each to its place in {}. Their submissions wait for them:")),
        records.size(), shown(state / "vault")));
  }
  for (const std::string& name : records) console.talk("  " + core::visible(name, 1000));
  if (!restored.contents_key_lacking) return;
  console.talk(
      in("警告：front/contents.key 既不在备份中，也不与密钥在一起。没有它，网关不再认得以前案件的相"
         "同内容和指纹，一经启动便无法找回。启动前请执行（OLD 为移开的状态目录）：",
         "WARNING: front/contents.key is neither in the backup nor beside the keys. Without it the "
         "gateway no longer finds the same contents and fingerprints in earlier cases, and once it "
         "has started it never will again. Before it starts, where OLD is the state folder that "
         "you moved aside:"));
  console.talk("  cp -a OLD/front/contents.key " + shown(state / "front") + "/");
}

}  // namespace

ExitStatus run(const RestoreOptions& options, Console& console) {
  const auto config = load_configuration(options.config);
  if (!config) return report_trouble(config.error(), console);
  const auto restored = restore(options, *config, console);
  if (!restored) return report_trouble(restored.error(), console);
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  console.talk(fmt::format(
      fmt::runtime(in("已恢复。旧日志 {} 止于第 {} 条，新日志将引用此检查点；备份中有 {} 条。",
                      "Restored. The old log {} ends at {} entries: the new one will quote that "
                      "checkpoint. The backup has {} of them.")),
      core::visible(restored->old_log), restored->old_size, restored->known_size));
  if (restored->old_size > restored->known_size) {
    console.talk(
        in("备份之后的收件、报告、撤回和取代不在其中：当事人手中的报告仍可凭旧日志核验，"
           "案件须重新提交，撤回须重新作出。",
           "Intakes, reports, withdrawals and successions after the backup are lost: "
           "reports in people's hands can still be checked against the old log, cases "
           "must be filed and reports withdrawn again."));
  }
  const Loss loss = loss_of(options, *restored);
  say_complete_from(loss, restored->complete_from, console);
  say_deleted_again(loss, restored->deleted_again, console);
  say_unasked(loss, restored->unasked, "清空状态目录，加上 --also-unasked 再恢复一次",
              "empty the state folder and restore again with --also-unasked", console);
  if (restored->replayed_size < restored->old_size && restored->old_size > restored->known_size) {
    console.talk(
        in("警告：未给出旧日志到该检查点的全部文件，其间如有删除，被删除的内容将重新出现。启动前请"
           "取得旧日志的"
           "副本，清空状态目录，用 --log 再恢复一次；否则由两人重新删除。",
           "WARNING: the old log's files up to that checkpoint were not named. What was deleted in "
           "between is there again. Before you start, find a copy of the old log, empty the state "
           "folder and restore again with --log; or have it deleted by two persons once more."));
  }
  if (!restored->checkpoint_given) {
    console.talk(
        in("警告：没有给出更晚的检查点，引用的是备份自己的。启动前请向见证方和持有日志副本的"
           "人查问；如有更晚的，请清空状态目录，把它放到 follows 所指的文件，再恢复一次。",
           "WARNING: no later checkpoint was given, and the backup's own is quoted. Ask "
           "the witnesses and whoever keeps a copy of the log before you start: where "
           "there is a later one, empty the state folder, put it into the file that "
           "follows names, and restore again."));
  }
  if (restored->uploads_forgotten > 0) {
    console.talk(fmt::format(fmt::runtime(in("{} 件正在上传的提交已不在，须重新提交。",
                                             "{} submissions that were being uploaded are gone: "
                                             "they must be filed again.")),
                             restored->uploads_forgotten));
  }
  say_what_is_lacking(options, config->state, *restored, console);
  say_what_to_look_at(loss, restored->waiting_anew, console);
  console.talk(
      in("请公布新的 log.vkey，再启动网关。", "Publish the new log.vkey, and start the gateway."));
  const bool whole = restored->backup.lacking.empty() && restored->records_lacking.empty();
  return whole ? ExitStatus::kOk : ExitStatus::kOpen;
}

}  // namespace heyan::cli
