#include "gateway/cli/argument_checks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/report/text.h"
#include "verifier/trust/nearest.h"

namespace heyan::cli {
namespace {

constexpr std::size_t kIssuerBytes = 64;  // ub-common-name, RFC 5280 appendix A

}  // namespace

std::string check_format(const std::string& word) {
  constexpr std::array<std::string_view, 7> kKnown = {"text", "html", "json", "jws",
                                                      "pdf",  "xml",  "zip"};
  if (std::ranges::find(kKnown, word) != kKnown.end()) return {};
  if (word == "asic") {
    return "a container is signed by the court's service, and this command makes drafts; use pdf, "
           "or take the container from the service";
  }
  return "unknown format " + core::visible(word) +
         "; known are text, html, json, jws, pdf, xml and zip";
}

std::string check_unsigned_format(const std::string& word) {
  if (word == "jws") {
    return "a judgement over a record of unknown origin is never signed; use text, html, json, "
           "pdf, xml or zip";
  }
  return check_format(word);
}

Format format_by_word(const std::string& word) {
  if (word == "html") return Format::kHtml;
  if (word == "json") return Format::kJson;
  if (word == "pdf") return Format::kPdf;
  if (word == "xml") return Format::kXml;
  if (word == "zip") return Format::kZip;
  return word == "jws" ? Format::kJws : Format::kText;
}

std::string check_list_format(const std::string& word) {
  if (word == "text" || word == "json") return {};
  return "unknown format " + core::visible(word) + "; known are text and json";
}

std::string check_level(const std::string& word) {
  if (report::level_by_name(word)) return {};
  if (word == "machine") return "what machines read is the payload; use --format json";
  return "unknown level " + core::visible(word) +
         "; known are litigant, judge, expert, hash-report-us and hash-report-in";
}

std::string check_time(const std::string& text) {
  if (core::parse_rfc3339(text)) return {};
  return core::visible(text) + " is not an RFC 3339 time; write for example 2026-11-20T08:30:00Z";
}

std::string check_language(const std::string& word) {
  if (word == "zh" || word == "en") return {};
  return "unknown language " + core::visible(word) + "; known are zh and en";
}

std::string check_hash(const std::string& text) {
  if (text == "sha-256" || text == "sha-384" || text == "sha-512" || text == "sm3") return {};
  return "unknown algorithm " + core::visible(text) +
         "; known are sha-256, sha-384, sha-512 and sm3";
}

std::string check_issuer(const std::string& name) {
  if (name.empty()) return "it is empty; leave --name out, or name the issuer";
  if (name.size() <= kIssuerBytes && core::is_utf8(name) && !core::has_control(name)) return {};
  return fmt::format("it must be UTF-8 without control characters, at most {} bytes", kIssuerBytes);
}

std::string no_such_command(std::span<const std::string_view> words,
                            std::span<const std::string_view> known) {
  std::string command = "heyan";
  for (const std::string_view word : words.first(words.size() - 1)) {
    command += " " + std::string(word);
  }
  const std::string_view near = trust::near_word(words.back(), known);
  return fmt::format("there is no command `{} {}`; {}nown are {}", command,
                     core::visible(words.back(), 40),
                     near.empty() ? "k" : fmt::format("did you mean `{} {}`? K", command, near),
                     fmt::join(known, ", "));
}

}  // namespace heyan::cli
