#include "court_adapters/micro_court/url.h"

#include <algorithm>

#include "verifier/core/bytes.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-.";

std::string small(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::optional<std::string> decoded(std::string_view path) {
  std::string out;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '%') {
      out += path[at];
      continue;
    }
    const auto byte = core::from_hex(path.substr(at + 1, 2));
    if (!byte || byte->size() != 1) return std::nullopt;
    out += core::to_string(*byte);
    at += 2;
  }
  return out;
}

}  // namespace

std::optional<Url> read_https_url(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  constexpr std::string_view kPort = ":443";
  if (small(text.substr(0, kScheme.size())) != kScheme) return std::nullopt;
  text.remove_prefix(kScheme.size());
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, end);
  if (authority.ends_with(kPort)) authority.remove_suffix(kPort.size());
  Url url{small(authority), {}};
  if (url.host.empty() || url.host.find_first_not_of(kHostCharacters) != std::string::npos) {
    return std::nullopt;
  }
  const std::string_view path = text.substr(end);
  auto plain = decoded(path.substr(0, std::min(path.find_first_of("?#"), path.size())));
  if (!plain) return std::nullopt;
  url.path = *std::move(plain);
  return url;
}

}  // namespace heyan::court_adapters::micro_court
