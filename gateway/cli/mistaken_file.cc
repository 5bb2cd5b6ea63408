#include "gateway/cli/mistaken_file.h"

#include <algorithm>

#include "gateway/cli/report_statement.h"
#include "gateway/cli/trimmed.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// `start` in lower case.
bool starts_in_any_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::ranges::equal(text.substr(0, start.size()), start, [](char c, char expected) {
           return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == expected;
         });
}

bool is_base64url(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// RFC 7515 section 7.1; a header is JSON, so it begins with "eyJ".
bool is_compact_jws(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t last = text.rfind('.');
  return text.starts_with("eyJ") && first != last && is_base64url(text.substr(0, first)) &&
         is_base64url(text.substr(first + 1, last - first - 1)) &&
         is_base64url(text.substr(last + 1));
}

}  // namespace

std::optional<MistakenFile> mistaken_file(core::ByteView bytes) {
  std::string_view text = core::as_text(bytes);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = trimmed(text);
  if (starts_in_any_case(text, "<!doctype html") || starts_in_any_case(text, "<html")) {
    return MistakenFile::kPage;
  }
  if (text.starts_with("HEYANHCR")) return MistakenFile::kRecord;
  if (text.starts_with("HY1.")) return MistakenFile::kScanned;
  if (is_compact_jws(text)) return MistakenFile::kCompactJws;
  if (read_statement(core::as_bytes(text))) return MistakenFile::kPayload;
  return std::nullopt;
}

catalogue::Text sentence_of(MistakenFile file) {
  switch (file) {
    case MistakenFile::kPage:
      return {
          "这不是已签名的报告，而是网页（HTML）；网页没有签名，无法核对。请从法院取得已签名的报告"
          "（report.jws）、已签章的 PDF 或者复核包。",
          "This is not a signed report but a web page (HTML), and pages bear no signature to "
          "check. Get the signed report (report.jws), the sealed PDF or the bundle from the "
          "court."};
    case MistakenFile::kPayload:
      return {
          "这不是已签名的报告，而是报告的内容（report.json），不含签名。请指定与它同来的 "
          "report.jws：复核包和已签章的 PDF 中都有，法院的网关也给出（application/jose+json）。",
          "This is not a signed report but the content of one (report.json) without its "
          "signatures. Name report.jws, which came with it: it lies in the bundle and in the "
          "sealed PDF, and the court's gateway gives it (application/jose+json)."};
    case MistakenFile::kCompactJws:
      return {
          "这不是已签名的报告，而是紧凑形式的 JWS，只有一个签名；报告有两个签名，以 JSON "
          "形式保存。请向给您文件的人取得未经转换的 report.jws。",
          "This is not a signed report but a JWS in compact form, with one signature; reports "
          "bear two, in the JSON form. Get report.jws as the court gave it, not converted."};
    case MistakenFile::kRecord:
      return {
          "这不是已签名的报告，而是案件记录（case.hcr），没有签名；heyan judge 可由它重新判断。"
          "请指定它所在的复核包，或者 report.jws。",
          "This is not a signed report but a case record (case.hcr), which nobody signed; `heyan "
          "judge` judges it again. Name the bundle that it came in, or report.jws."};
    case MistakenFile::kScanned:
      break;
  }
  return {"这不是已签名的报告，而是报告二维码的文字；请用 --qr 给出该文字。",
          "This is not a signed report but the text of a report's code: give that text with --qr."};
}

}  // namespace heyan::cli
