#include "gateway/ops/oidc.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

using trust::Table;

constexpr std::size_t kMostId = 32;
constexpr std::size_t kMostText = 255;
constexpr unsigned kSeconds = 10;  // somebody waits
constexpr std::array<std::string_view, 4> kAlgorithms = {"ES256", "RS256", "PS256", "EdDSA"};

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMostId && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

// It goes into an address or a header.
bool is_printable(std::string_view text) {
  return text.size() <= kMostText &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::string printable(Table& table, std::string_view key, bool required) {
  auto text = required ? table.required_text(key) : table.text(key);
  if (text && !is_printable(*text))
    table.defect(key, "holds a space or what is not ASCII, or is too long");
  return std::move(text).value_or("");
}

// An address that is used as it is written.
std::string address(Table& table, std::string_view key) {
  Destination read;
  read_url(table, key, read, Scheme::kHttps);
  return table.text(key).value_or("");
}

void read_client(Table& table, const std::filesystem::path& folder, Oidc& oidc) {
  oidc.client_id = printable(table, "client_id", true);
  oidc.client_secret = resolve_path(folder, table.text("client_secret").value_or(""));
  oidc.client_key = resolve_path(folder, table.text("client_key").value_or(""));
  oidc.client_key_id = printable(table, "client_key_id", false);
  if (oidc.client_secret.empty() == oidc.client_key.empty())
    table.defect("client_secret", "or client_key must be there", "Name one of them");
  if (oidc.client_key.empty() != oidc.client_key_id.empty())
    table.defect("client_key_id", "and client_key belong together", "Name both, or neither");
}

}  // namespace

std::string redirect_path(const Oidc& oidc) { return "/v1/session/oidc/" + oidc.id + "/callback"; }

Oidc read_oidc(Table& table, const std::filesystem::path& folder) {
  Oidc oidc;
  oidc.seconds = kSeconds;
  const auto id = table.required_text("id");
  oidc.id = id.value_or("");
  if (id && !id->empty() && !is_id(*id))
    table.defect("id", "is no name for an address", "Take 1 to 32 of a-z, 0-9 and \"-\"");
  read_destination(table, folder, oidc, Scheme::kHttps, "token_url");
  oidc.keys = oidc;  // the same CA, certificate, addresses and time
  read_url(table, "keys_url", oidc.keys, Scheme::kHttps);
  oidc.issuer = address(table, "issuer");
  oidc.authorization = address(table, "authorization_url");
  oidc.redirect = address(table, "redirect_url");
  if (!oidc.redirect.empty() && !oidc.redirect.ends_with(redirect_path(oidc)))
    table.defect("redirect_url", "does not lead back here",
                 fmt::format("Write \"https://HOST{}\"", redirect_path(oidc)));
  read_client(table, folder, oidc);
  oidc.algorithm = table.word("algorithm", kAlgorithms).value_or("");
  if (!table.has("algorithm"))
    table.defect("algorithm", "is missing", "Write what its ID tokens are signed with: \"ES256\"");
  oidc.sends_issuer = table.boolean("sends_issuer").value_or(true);
  oidc.require_acr = printable(table, "require_acr", false);
  oidc.litigants = table.boolean("litigants").value_or(false);
  oidc.title_zh = table.required_text("title_zh").value_or("");
  oidc.title_en = table.required_text("title_en").value_or("");
  return oidc;
}

std::string to_toml(const Oidc& oidc) {
  std::string out = "\n[[oidc]]\n";
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} = {}\n", key, in_quotes(value));
  };
  add("id", oidc.id);
  add("issuer", oidc.issuer);
  add("authorization_url", oidc.authorization);
  out += destination_text(oidc, "token_url");
  add("keys_url", url_of(oidc.keys));
  add("redirect_url", oidc.redirect);
  add("client_id", oidc.client_id);
  add("client_secret", oidc.client_secret.string());
  add("client_key", oidc.client_key.string());
  add("client_key_id", oidc.client_key_id);
  add("algorithm", oidc.algorithm);
  out += fmt::format("sends_issuer = {}\n", oidc.sends_issuer);
  add("require_acr", oidc.require_acr);
  out += fmt::format("litigants = {}\n", oidc.litigants);
  add("title_zh", oidc.title_zh);
  add("title_en", oidc.title_en);
  return out;
}

}  // namespace heyan::ops
