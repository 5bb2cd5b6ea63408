// heyan backup verify: is it whole, and do its reports stand in its log?
#include <fmt/format.h>

#include "gateway/backup/verify.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/log_words.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/trouble.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

constexpr std::size_t kMostShown = 100;

std::string_view sentence(std::string_view word, Language language) {
  constexpr std::string_view kOfLog = "log-";
  if (word == "missing") return say(language, "文件不在", "the file is not there");
  if (word == "differs") return say(language, "文件内容不同", "the file is another one");
  if (word == "unlisted") return say(language, "清单中没有", "the manifest does not list it");
  if (word == "file-lacking") {
    return say(language, "回执或者已签名的报告所依据的文件不在备份中",
               "a receipt or a signed report names it, and it is not there");
  }
  if (word == "record-lacking") {
    return say(language, "尚未入库的已签名报告的案件记录不在备份中",
               "it is the case record of a report that was signed and not taken up yet, and it is "
               "not there");
  }
  if (word == "file-sealed") {
    return say(language, "加密的文件不能解开为所存的内容",
               "it is encrypted, and does not open to what was stored");
  }
  if (word == "report-signature") {
    return say(language, "报告的签名不成立", "the signatures of the report do not hold");
  }
  if (word == "report-log") {
    return say(language, "报告不在备份的日志中", "the report does not stand in the log");
  }
  if (word == "report-front") {
    return say(language, "与签名程序所存的报告不同", "it is not the report that was signed");
  }
  if (word == "log-origin") {
    return say(language, "日志公钥不是备份所称的", "the log's key is not the one that is named");
  }
  if (word == "log-unreadable") return say(language, "日志不可读", "the log cannot be read");
  return log_finding(word.substr(word.starts_with(kOfLog) ? kOfLog.size() : 0), language);
}

std::string to_text(const backup::Verified& verified, Language language) {
  const auto in = [&](std::string_view zh, std::string_view en) { return say(language, zh, en); };
  const backup::Description& of = verified.description;
  std::string text = fmt::format(
      fmt::runtime(in("备份时间：{}\n日志公钥：{}\n文件：{}，字节：{}\n私钥：{}\n",
                      "Made at: {}\nLog: {}\nFiles: {}, bytes: {}\nPrivate keys: {}\n")),
      core::format_rfc3339(of.made_at), core::visible(of.log_vkey, 1000), of.files, of.bytes,
      of.keys ? in("在备份中", "in it") : in("不在备份中", "not in it"));
  for (const std::string& name : of.lacking) {
    text += std::string(in("备份时网关已缺少：", "Lacking at the gateway already: ")) +
            core::visible(name, 1000) + "\n";
  }
  for (std::size_t i = 0; i < std::min(verified.findings.size(), kMostShown); ++i) {
    const backup::Finding& one = verified.findings[i];
    text += fmt::format("- {}: {} [{}]\n", core::visible(one.about, 1000),
                        sentence(one.word, language), one.word);
  }
  for (const std::string& name : verified.records_lacking) {
    constexpr std::string_view kWord = "record-lacking";
    text +=
        fmt::format("- {}: {} [{}]\n", core::visible(name, 1000), sentence(kWord, language), kWord);
  }
  if (verified.finding_count > kMostShown) {
    text += fmt::format(fmt::runtime(in("  ……另有 {} 项\n", "  ... and {} more\n")),
                        verified.finding_count - kMostShown);
  }
  if (!verified.holds()) {
    return text +
           std::string(in("结论：备份不成立。\n", "Conclusion: the backup does not hold.\n"));
  }
  text += fmt::format(fmt::runtime(in("结论：备份与其清单相符，{} 份已签名的报告都在其日志中。\n",
                                      "Conclusion: the backup holds, and its signed reports ({}) "
                                      "stand in its log.\n")),
                      verified.reports);
  if (verified.encrypted > 0) {
    text += fmt::format(
        fmt::runtime(
            verified.opened
                ? in("已加密的 {} 个文件已用保管库密钥解开并核对。\n",
                     "Encrypted files ({}) were opened with the vault's key and checked.\n")
                : in("已加密的 {} 个文件未解开，其内容未核对：请指定 --vault-key。\n",
                     "Encrypted files ({}) were not opened and their content was not "
                     "checked: name --vault-key.\n")),
        verified.encrypted);
  }
  if (!of.bucket.empty()) {
    text += fmt::format(
        fmt::runtime(
            in("存储桶 {} 中的文件不在备份中。备份中没有的 {} 个文件视为在该存储桶中，其"
               "内容及是否存在均未核对；网关丢失的早期文件也计入其中。\n",
               "Files that lie in the bucket {} are not in it. Those that the backup lacks "
               "({}) are taken to lie there: whether they do, and their content, was not "
               "checked. One from before the bucket that the gateway lost counts as one of "
               "them.\n")),
        core::visible(of.bucket, 100), verified.in_bucket);
  }
  if (!verified.records_lacking.empty()) {
    text += fmt::format(
        fmt::runtime(
            in("可以恢复，但缺少 {} 份案件记录：旧版本所作的备份没有复制这些记录，相应的提交将等待"
               "补齐。\n",
               "It can be restored, and lacks {} case records: backups of earlier versions never "
               "had those, and their submissions wait until they are brought.\n")),
        verified.records_lacking.size());
  }
  if (of.lacking.empty()) return text;
  return text + fmt::format(fmt::runtime(in("网关当时已缺少的 {} 个文件不在其中。\n",
                                            "Files that the gateway itself lacked are not in it: "
                                            "{}.\n")),
                            of.lacking.size());
}

}  // namespace

ExitStatus run(const BackupVerifyOptions& options, Console& console) {
  Progress progress(console, options.language);
  const auto verified =
      backup::verify({.folder = options.folder,
                      .vault_key = options.vault_key,
                      .at = now(),
                      .expect = [&](std::uint64_t bytes) { progress.expect(bytes); },
                      .advance = [&](std::uint64_t bytes) { progress.advance(bytes); }});
  if (!verified) return report_trouble(trouble_of(verified.error()), console);
  const ExitStatus printed = print(to_text(*verified, options.language), console);
  if (printed != ExitStatus::kOk) return printed;
  if (!verified->holds()) return ExitStatus::kInconsistent;
  return verified->records_lacking.empty() ? ExitStatus::kOk : ExitStatus::kOpen;
}

}  // namespace heyan::cli
