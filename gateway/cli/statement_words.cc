#include "gateway/cli/statement_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace heyan::cli {
namespace {

using catalogue::Language;
using catalogue::Text;
using report::Statement;
using report::StatementOutcome;

Text conclusion(StatementOutcome outcome) {
  switch (outcome) {
    case StatementOutcome::kValid:
      return {
          "二维码的签名有效。请将下列内容与纸面逐项对照；以所附报告的内容为准。是否其后被取代"
          "或者撤回，请向出具法院查询。",
          "The code's signature is valid. Compare what follows with the paper, line by line; "
          "the signed report is the original. Ask the issuing court whether it was superseded "
          "or withdrawn since."};
    case StatementOutcome::kIssuerUnknown:
      return {
          "不能确定：签发者未知。请用 --key 指定您从法院取得的二维码证书"
          "（statement-es256.cert.pem）。",
          "Undetermined: issuer unknown. Name with --key the certificate of codes "
          "(statement-es256.cert.pem) that you have from the court."};
    case StatementOutcome::kInvalid:
      return {"不成立：签名与二维码的内容不符。请重新扫描；仍然如此的，请向出具法院查询。",
              "This code does not stand: signature and content do not belong together. Scan it "
              "again; if that does not help, ask the issuing court."};
    case StatementOutcome::kEnginesDisagree:
      return {"不能确定：两套密码库对签名的判断不同；请运行 heyan selftest。",
              "Undetermined: the two cryptographic libraries disagree on the signature; run heyan "
              "selftest."};
    case StatementOutcome::kNotOne:
      break;
  }
  return {
      "不成立：这不是报告二维码的内容，或者不完整。请重新扫描，并原样给出全部文字。",
      "This is not what the code of a report says, or not all of it. Scan it again and give the "
      "whole text as it is."};
}

std::string verdict_words(const catalogue::VerdictEntry& entry, Language language) {
  return fmt::format("{} {} {}", entry.code, entry.symbol, entry.label.in(language));
}

// In groups of four, as the paper has it.
std::string grouped(core::ByteView bytes) {
  const std::string hex = core::to_hex(bytes);
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += 4) {
    text += (at == 0 ? "" : " ") + hex.substr(at, 4);
  }
  return text;
}

std::string fingerprint(const report::StatementItem& item, Language language) {
  if (std::ranges::all_of(item.fingerprint, [](std::uint8_t byte) { return byte == 0; })) {
    return std::string(Text{"无指纹", "no fingerprint"}.in(language));
  }
  return fmt::format("SHA-256 {} …", grouped(item.fingerprint));
}

std::string describe(const Statement& said, Language language) {
  std::string text;
  const auto line = [&](const Text& name, std::string_view value) {
    text += fmt::format("{}{}\n", name.in(language), value);
  };
  if (said.sample) {
    line({"*** 样例信任名单：本报告仅供演示，不得用于任何案件。 ***",
          "*** Sample trust list: this report is a demonstration and must not be used in any case. "
          "***"},
         "");
  }
  line({"报告编号：", "Report number: "}, said.number);
  line({"截至：", "As of: "}, core::format_rfc3339(said.as_of));
  line({"报告日志中的位置（二维码不载日志名称，见纸面首页或者签名的报告）：第 ",
        "Place in the report log (the code does not name the log: page 1 and the signed report "
        "do): entry "},
       fmt::format("{}{}", said.log_index, Text{" 条", ""}.in(language)));
  line({"载荷指纹：SHA-256 ", "Payload: SHA-256 "}, core::to_hex(said.payload_sha256));
  line({"总体结论：", "Overall: "}, verdict_words(catalogue::entry(said.verdict), language));
  line({"证据件数：", "Items: "}, std::to_string(said.count));
  for (std::size_t i = 0; i < said.items.size(); ++i) {
    const report::StatementItem& item = said.items[i];
    line({"证据 ", "Item "},
         fmt::format("{}: {}\n  {}", i + 1, verdict_words(catalogue::entry(item.verdict), language),
                     fingerprint(item, language)));
  }
  for (std::size_t i = 0; said.items.empty() && i < said.counts.size(); ++i) {
    if (said.counts[i] == 0) continue;
    const auto verdict = static_cast<v1::Verdict>(i + 1);
    text += fmt::format("  {}: {}\n", verdict_words(catalogue::entry(verdict), language),
                        said.counts[i]);
  }
  return text;
}

}  // namespace

std::string statement_text(const report::StatementVerdict& verdict, Language language) {
  std::string text(conclusion(verdict.outcome).in(language));
  text += "\n";
  if (verdict.statement) text += describe(*verdict.statement, language);
  return text;
}

}  // namespace heyan::cli
