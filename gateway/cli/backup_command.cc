// heyan backup: a gateway copied while it runs.
#include <fmt/format.h>

#include "gateway/backup/make.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/command_trail.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/progress.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

// Null: there is none.
audit::Entry entry_of(const ops::Config& config, const backup::Made* made) {
  audit::Entry entry = command_entry(audit::Event::kBackupMade);
  entry.subject = config.log_name;
  entry.outcome = made == nullptr ? audit::Outcome::kFailed : audit::Outcome::kDone;
  if (made == nullptr) return entry;
  const backup::Description& of = made->description;
  entry.detail.set("manifest", core::to_hex(of.manifest.sha256))
      .set("files", of.files)
      .set("bytes", of.bytes)
      .set("withKeys", of.keys)
      .set("lacking", std::uint64_t{of.lacking.size()})
      .set("deletedMeanwhile", made->deleted_meanwhile);
  return entry;
}

std::expected<backup::Made, Trouble> make(const BackupOptions& options, Console& console) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  audit::Entry begun = command_entry(audit::Event::kBackupBegun);
  begun.subject = config.log_name;
  begun.detail.set("out", audit::hidden(options.out.string())).set("withKeys", options.with_keys);
  HEYAN_CHECK_OK(
      record_command(config.state, config, begun, "Nothing was copied. See docs/audit.md."));
  Progress progress(console, options.language);
  auto made = backup::make({.config = config,
                            .config_file = options.config,
                            .out = options.out,
                            .since = options.since,
                            .with_keys = options.with_keys,
                            .at = now(),
                            .expect = [&](std::uint64_t bytes) { progress.expect(bytes); },
                            .advance = [&](std::uint64_t bytes) { progress.advance(bytes); }});
  if (!made) {
    Trouble trouble = trouble_of(std::move(made).error());
    audit::Entry entry = entry_of(config, nullptr);
    entry.detail.set("status", static_cast<std::int64_t>(trouble.status));
    // That it was begun stands there already.
    static_cast<void>(record_command(config.state, config, entry, {}));
    return std::unexpected(std::move(trouble));
  }
  HEYAN_CHECK_OK(record_command(config.state, config, entry_of(config, &*made),
                                "The backup is there; note it by hand. See docs/audit.md."));
  return *std::move(made);
}

}  // namespace

ExitStatus run(const BackupOptions& options, Console& console) {
  const auto made = make(options, console);
  if (!made) return report_trouble(made.error(), console);
  const auto in = [&](std::string_view zh, std::string_view en) {
    return say(options.language, zh, en);
  };
  const backup::Description& of = made->description;
  console.talk(fmt::format(
      fmt::runtime(in("备份已写入 {}：{} 个文件，{} 字节，其中 {} 个文件与先前的备份共用。",
                      "The backup is in {}: {} files, {} bytes, {} of the files shared with the "
                      "earlier backup.")),
      core::visible(options.out.string(), 1000), of.files, of.bytes, made->shared_files));
  console.talk(in("备份中有当事人和案件的信息，请与网关同样保密。",
                  "It names people and cases: keep it as secret as the gateway."));
  if (of.keys) {
    console.talk(in("警告：备份中有法院的私钥。得到备份的人可以以法院名义签名。",
                    "WARNING: the court's private keys are in it. Whoever has the backup can sign "
                    "as the court."));
  } else {
    console.talk(
        in("私钥不在备份中：请另行保存 keys/ 目录，并把 front/contents.key 放入其中（恢复时"
           "需要）。",
           "The private keys are not in it: keep the folder keys/ apart, with a copy of "
           "front/contents.key in it (to restore, both are needed)."));
  }
  if (made->encrypted) {
    console.talk(in("保管库的密钥不在备份中：请另行保存（没有它，证据不能恢复）。",
                    "The vault's key is not in it: keep that file apart (without it the evidence "
                    "cannot be restored)."));
  }
  if (!of.bucket.empty()) {
    console.talk(fmt::format(
        fmt::runtime(in("存储桶 {} 中的文件不在备份中。vault/ 中没有的 {} 个文件视为在该存储桶中，"
                        "未核对其是否存在；启用存储桶之前的文件若已从 vault/ "
                        "丢失，也计入其中。请对该存储桶另行备份。",
                        "Files that lie in the bucket {} are not in it. Those that are not in "
                        "vault/ ({}) are taken to lie there, and nobody looked: one from before "
                        "the bucket that vault/ lost counts as one of them. The bucket needs "
                        "copies of its own.")),
        of.bucket, made->in_bucket));
  }
  if (made->deleted_meanwhile > 0) {
    console.talk(fmt::format(
        fmt::runtime(in("备份期间网关删除了 {} 件提交：恢复以后，网关会再次删除。",
                        "{} submissions were deleted while the backup was made: restored, the "
                        "gateway deletes them again.")),
        made->deleted_meanwhile));
  }
  for (const std::string& name : made->damaged_earlier) {
    console.talk(std::string(in("警告：先前的备份中此文件已损坏，未与其共用，改从网关复制：",
                                "WARNING: the earlier backup has this file damaged; it was not "
                                "shared, but is copied from the gateway: ")) +
                 core::visible(name, 1000));
  }
  for (const std::string& name : of.lacking) {
    console.talk(std::string(in("网关缺少此文件或其内容已损坏：",
                                "The gateway lacks this file, or has it damaged: ")) +
                 core::visible(name, 1000));
  }
  return of.lacking.empty() ? ExitStatus::kOk : ExitStatus::kOpen;
}

}  // namespace heyan::cli
