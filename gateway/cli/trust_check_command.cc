// heyan trust check FILE: whom a trust list believes, until when, for which ledgers; or every
// defect.
#include <fmt/format.h>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/trust_files.h"
#include "verifier/core/text.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

std::string name_in(const trust::BilingualText& name, Language language) {
  return core::visible(language == Language::kChinese ? name.zh : name.en);
}

std::string day(const std::optional<core::UtcTime>& time) {
  return time ? core::format_rfc3339(*time) : "-";
}

std::string describe_head(const LoadedTrust& trust, Language language) {
  const trust::TrustList& list = trust.list;
  std::string text =
      fmt::format("{}\"{}\" {} {}\n", say(language, "信任名单 ", "Trust list "),
                  core::visible(list.id), say(language, "第", "version"), list.version);
  text += fmt::format(
      "{}{}\n",
      say(language, "指纹（含所引文件）：SHA-256 ", "Digest (with every file it names): SHA-256 "),
      core::to_hex(list.digest));
  text += fmt::format("{}{} · {}{}\n", say(language, "发布：", "Issued: "), day(list.issued),
                      say(language, "下次更新：", "Next update: "), day(list.next_update));
  if (list.sample) {
    text += say(language, "样例名单：每份报告都会注明，不得用于审判。\n",
                "Sample list: every report says so; not for proceedings.\n");
  }
  return text;
}

std::string describe_institution(const trust::Institution& institution, Language language) {
  std::string text =
      fmt::format("  {} · {} · {}\n", core::visible(institution.id),
                  name_in(institution.name, language), trust::name(institution.kind));
  for (const trust::InstitutionKey& key : institution.keys) {
    text +=
        fmt::format("    {}{} {} {} … {}", say(language, "密钥 ", "key "), core::visible(key.id),
                    crypto::name(key.key.algorithm()), day(key.valid_from), day(key.valid_until));
    if (key.revoked_at) {
      text += fmt::format("{}{}", say(language, "，撤销于 ", ", revoked at "), day(key.revoked_at));
    }
    text += "\n";
  }
  for (const trust::InstitutionCa& ca : institution.cas) {
    text += fmt::format(
        "    CA SHA-256 {} … {}{}{}\n", core::to_hex(ca.certificate.sha256()).substr(0, 16),
        core::format_rfc3339(ca.certificate.not_after()),
        say(language, "，吊销列表 ", ", revocation lists: "), ca.revocation_lists.size());
  }
  for (const std::string& party : institution.linked_parties) {
    text += fmt::format("    {}{}\n", say(language, "关联当事人 ", "linked party "),
                        core::visible(party));
  }
  return text;
}

std::string describe_quorum(const trust::Quorum& quorum, Language language) {
  std::string members;
  for (const std::string& member : quorum.of) {
    members += (members.empty() ? "" : ", ") + core::visible(member);
  }
  return fmt::format("  {}: {} {} {} ({})\n", core::visible(quorum.id), quorum.at_least,
                     say(language, "/", "of"), quorum.of.size(), members);
}

std::string describe_ledger(const trust::LedgerEntry& ledger, Language language) {
  std::string text =
      fmt::format("  {} · {} · {} · {}{}", core::visible(ledger.id), name_in(ledger.name, language),
                  core::visible(ledger.format), say(language, "法定数 ", "quorum "),
                  ledger.quorum.empty() ? "-" : core::visible(ledger.quorum));
  if (ledger.config == nullptr) {
    text += say(language, " · 本版本不支持该格式", " · this build does not have this format");
  }
  return text + "\n";
}

std::string describe(const LoadedTrust& trust, Language language) {
  std::string text = describe_head(trust, language);
  text += say(language, "机构\n", "Institutions\n");
  for (const auto& institution : trust.list.institutions) {
    text += describe_institution(institution, language);
  }
  text += say(language, "法定数\n", "Quorums\n");
  for (const auto& quorum : trust.list.quorums) text += describe_quorum(quorum, language);
  text += say(language, "链\n", "Ledgers\n");
  for (const auto& ledger : trust.list.ledgers) text += describe_ledger(ledger, language);
  text += say(language, "所引文件\n", "Files\n");
  for (const auto& file : trust.list.files) {
    text += fmt::format("  {} SHA-256 {}\n", core::visible(file.path), core::to_hex(file.sha256));
  }
  return text;
}

}  // namespace

ExitStatus run(const TrustCheckOptions& options, Console& console) {
  const auto trust = load_trust(options.file);
  if (!trust) return report_trouble(trust.error(), console);
  const core::UtcTime at = options.at.value_or(now());
  if (trust->list.next_update && *trust->list.next_update <= at) {
    console.talk(say(
        options.language, "提示：已过下次更新日期；使用本名单不会得出“核验一致”。请取得新名单。",
        "Note: the date of the next update has passed; under this list nothing can be found "
        "consistent. Obtain the new list."));
  }
  for (const trust::LedgerEntry& ledger : trust->list.ledgers) {
    if (ledger.config != nullptr) continue;
    console.talk(fmt::format("{}{}",
                             say(options.language, "提示：本版本不支持该链的格式：",
                                 "Note: this build does not have the format of ledger "),
                             core::visible(ledger.id)));
  }
  return console.data(describe(*trust, options.language)) ? ExitStatus::kOk
                                                          : ExitStatus::kInputOutput;
}

}  // namespace heyan::cli
