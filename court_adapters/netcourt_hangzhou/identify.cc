#include "court_adapters/netcourt_hangzhou/identify.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/core.h>

#include "court_adapters/china/results.h"
#include "court_adapters/netcourt_hangzhou/answers.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

constexpr std::size_t kDigestBytes = 32;

// application/x-www-form-urlencoded (URL standard, section 5.1).
std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      out += ' ';
    } else if (text[at] != '%') {
      out += text[at];
    } else {
      const auto byte = core::from_hex(text.substr(at + 1, 2));
      if (!byte || byte->size() != 1) return std::nullopt;
      out += core::to_string(*byte);
      at += 2;
    }
  }
  return out;
}

std::unexpected<std::vector<Defect>> refuse(std::string code, std::string detail) {
  return std::unexpected(std::vector<Defect>{{"", std::move(code), std::move(detail)}});
}

// Both are given as fingerprints of 32 bytes.
void check_digest(std::string_view name, std::string& value, contents::Defects& defects) {
  if (value.empty()) {
    defects.add(std::string(name), "field-required", fmt::format("{} is missing: give it.", name));
    return;
  }
  const auto bytes = core::from_hex(value);
  if (bytes && bytes->size() == kDigestBytes) {
    value = core::to_hex(*bytes);
  } else {
    defects.add(std::string(name), "bad-digest",
                fmt::format("{} is {} hexadecimal digits.", name, 2 * kDigestBytes));
  }
}

}  // namespace

std::expected<Query, std::vector<Defect>> read_query(std::string_view form) {
  if (form.size() > kQueryBytes) {
    return refuse("limit", fmt::format("The form has more than {} bytes.", kQueryBytes));
  }
  contents::Defects defects;
  Query query;
  while (!form.empty()) {
    const std::string_view pair = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(pair.size() + 1, form.size()));
    const std::size_t equals = pair.find('=');
    const auto name = decoded(pair.substr(0, equals));
    const auto value =
        decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    if (!name || !value) return refuse("malformed-form", "The form has an escape that is none.");
    std::string* field = *name == "content" ? &query.content
                         : *name == "hash"  ? &query.hash
                                            : nullptr;
    if (field == nullptr || !field->empty()) {
      defects.add(core::visible(*name, 64), field == nullptr ? "unknown-name" : "duplicate-name",
                  "The form has the fields content and hash, each once.");
    } else {
      *field = *value;
    }
  }
  check_digest("content", query.content, defects);
  check_digest("hash", query.hash, defects);
  if (!defects.empty()) return std::unexpected(std::move(defects).take());
  return query;
}

std::optional<Known> known_of(std::string_view content, std::string_view transaction) {
  const auto fingerprint = core::from_hex(content);
  const auto hash = core::from_hex(transaction);
  if (!fingerprint || fingerprint->size() != kDigestBytes) return std::nullopt;
  if (!hash || hash->size() != kDigestBytes) return std::nullopt;
  return Known{core::to_hex(*hash), core::to_hex(*fingerprint)};
}

Identified identify(const Query& query, std::span<const std::string> recorded) {
  if (recorded.empty()) return Identified::kNotFound;
  const bool named = std::ranges::find(recorded, query.content) != recorded.end();
  const bool others = std::ranges::any_of(
      recorded, [&](const std::string& content) { return content != recorded.front(); });
  if (others) return Identified::kDisagree;
  return named ? Identified::kMatch : Identified::kMismatch;
}

Answer identify_answer(Identified identified) {
  switch (identified) {
    case Identified::kMatch:
      return envelope(200, "OK", "", "与提交到本院的平台记录所载指纹一致（未向链上核验）");
    case Identified::kMismatch:
      return envelope(409, "CONFLICT", "与提交到本院的平台记录所载指纹不一致（未向链上核验）",
                      nullptr);
    case Identified::kDisagree:
      return envelope(409, "CONFLICT",
                      "提交到本院的平台记录对该交易所载指纹互不一致（未向链上核验）", nullptr);
    case Identified::kNotFound:
      break;
  }
  return envelope(404, "NOT_FOUND", "提交到本院的平台记录中没有该交易", nullptr);
}

Answer bad_request(std::span<const Defect> defects) {
  core::json::Value data;
  data.set("defects", china::defects_of(defects));
  return envelope(400, "BAD_REQUEST",
                  fmt::format("共有{}处需要更正，请一次性更正后重新提交。", defects.size()),
                  std::move(data));
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
