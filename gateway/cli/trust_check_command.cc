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
  std::string text = fmt::format(
      fmt::runtime(say(language, "信任名单 \"{}\" 第 {} 版\n", "Trust list \"{}\" version {}\n")),
      core::visible(list.id), list.version);
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

std::string_view kind_word(trust::InstitutionKind kind, Language language) {
  using Kind = trust::InstitutionKind;
  if (language == Language::kEnglish) return trust::name(kind);
  switch (kind) {
    case Kind::kCourt:
      return "法院";
    case Kind::kNotary:
      return "公证机构";
    case Kind::kCopyright:
      return "版权机构";
    case Kind::kForensic:
      return "鉴定机构";
    case Kind::kRegulator:
      return "监管机构";
    case Kind::kCa:
      return "电子认证机构";
    case Kind::kTimestamp:
      return "时间戳机构";
    case Kind::kPlatform:
      return "存证平台";
    case Kind::kOther:
      break;
  }
  return "其他";
}

std::string describe_institution(const trust::Institution& institution, Language language) {
  std::string text =
      fmt::format("  {} · {} · {}\n", core::visible(institution.id),
                  name_in(institution.name, language), kind_word(institution.kind, language));
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
  std::string text = fmt::format(
      fmt::runtime(say(language, "  {0}: {2} 家中至少 {1} 家 ({3})", "  {0}: {1} of {2} ({3})")),
      core::visible(quorum.id), quorum.at_least, quorum.of.size(), members);
  for (const trust::InstitutionKind kind : quorum.must_include_kinds) {
    text +=
        fmt::format("{}{}", say(language, "，须有", ", among them "), kind_word(kind, language));
  }
  return text + "\n";
}

std::string describe_ledger(const trust::LedgerEntry& ledger, Language language) {
  std::string text =
      fmt::format("  {} · {} · {} · {}{}", core::visible(ledger.id), name_in(ledger.name, language),
                  core::visible(ledger.format), say(language, "规定数量 ", "quorum "),
                  ledger.quorum.empty() ? "-" : core::visible(ledger.quorum));
  if (ledger.config == nullptr) {
    text += say(language, " · 本版本不支持该格式", " · this build does not have this format");
  }
  return text + "\n";
}

std::string_view class_word(std::string_view trust_class, Language language) {
  if (language == Language::kEnglish) return trust_class;
  if (trust_class == "qualified") return "合格";
  if (trust_class == "licensed-ca") return "许可认证机构";
  return trust_class == "private" ? "自设" : trust_class;
}

std::string describe_time_authority(const trust::TimeAuthority& authority, Language language) {
  std::string text = fmt::format("  {} · {}", core::visible(authority.institution),
                                 class_word(authority.trust_class, language));
  if (authority.accepted_from) {
    text += fmt::format("{}{}", say(language, " · 采信自 ", " · accepted from "),
                        day(authority.accepted_from));
  }
  for (std::size_t i = 0; i < authority.policies.size(); ++i) {
    text += fmt::format("{}{}", i == 0 ? say(language, " · 策略 ", " · policies ") : ", ",
                        core::visible(authority.policies[i]));
  }
  return text + "\n";
}

std::string describe(const LoadedTrust& trust, Language language) {
  std::string text = describe_head(trust, language);
  text += say(language, "机构\n", "Institutions\n");
  for (const auto& institution : trust.list.institutions) {
    text += describe_institution(institution, language);
  }
  text += say(language, "规定数量\n", "Quorums\n");
  for (const auto& quorum : trust.list.quorums) text += describe_quorum(quorum, language);
  text += say(language, "链\n", "Ledgers\n");
  for (const auto& ledger : trust.list.ledgers) text += describe_ledger(ledger, language);
  if (!trust.list.time_authorities.empty()) {
    text += say(language, "时间戳机构\n", "Time-stamp authorities\n");
    for (const auto& authority : trust.list.time_authorities) {
      text += describe_time_authority(authority, language);
    }
  }
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
  return print(describe(*trust, options.language), console);
}

}  // namespace heyan::cli
