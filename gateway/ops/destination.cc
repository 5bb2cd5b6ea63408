#include "gateway/ops/destination.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

constexpr std::size_t kMostName = 253;  // of a host, RFC 1035 section 2.3.4
constexpr std::int64_t kMostAnswerSeconds = 300;

bool consists_of(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= kMostName && text.front() != '.' && text.front() != '-' &&
         text.find("..") == std::string_view::npos && consists_of(text, ".-");
}

// A certificate's name: capitals are usual in those of FISCO BCOS.
bool is_tls_name(std::string_view text) {
  return !text.empty() && text.size() <= kMostName &&
         consists_of(text, std::string(kCapitals) + ".-");
}

bool is_path(std::string_view text) {
  return text.starts_with('/') && text.find("..") == std::string_view::npos &&
         consists_of(text, std::string(kCapitals) + "/._~-");
}

std::optional<std::string> numeric(std::string_view text) {
  const std::string copy(text);
  std::array<std::uint8_t, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  for (const int family : {AF_INET, AF_INET6}) {
    if (::inet_pton(family, copy.c_str(), bytes.data()) == 1 &&
        ::inet_ntop(family, bytes.data(), shown.data(), shown.size()) != nullptr) {
      return std::string(shown.data());
    }
  }
  return std::nullopt;
}

struct Url {
  bool plain = false;
  std::string host;
  std::uint16_t port = 443;
  std::string path = "/";
};

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

// https://HOST[:PORT][/PATH] and nothing else: no user, query or fragment, which could carry a
// secret or make another reader see another host.
std::optional<Url> parse_url(std::string_view text, Scheme scheme) {
  constexpr std::uint16_t kHttpPort = 80;
  Url url;
  if (scheme == Scheme::kEither && text.starts_with(kHttp)) {
    url.plain = true;
    url.port = kHttpPort;
  } else if (!text.starts_with(kHttps)) {
    return std::nullopt;
  }
  text.remove_prefix(url.plain ? kHttp.size() : kHttps.size());
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    url.path = text.substr(slash);
    text = text.substr(0, slash);
  }
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || url.port == 0 || std::to_string(url.port) != port)
      return std::nullopt;
    text = text.substr(0, colon);
  }
  url.host = text;
  if (text.starts_with('[') && text.ends_with(']')) {
    const auto address = numeric(text.substr(1, text.size() - 2));
    if (!address || address->find(':') == std::string::npos) return std::nullopt;
    url.host = *address;
  } else if (!is_host(text)) {
    return std::nullopt;
  }
  return is_path(url.path) ? std::optional(url) : std::nullopt;
}

void read_tls_name(Table& table, Destination& to) {
  const auto name = table.text("tls_name");
  if (name && !is_tls_name(*name))
    table.defect("tls_name", "is no name", "Write the name that the certificate there has");
  to.tls_name = name.value_or("");
}

path optional_file(Table& table, std::string_view key, const path& folder) {
  const auto text = table.text(key);
  if (text && text->empty()) table.defect(key, "is empty", "Leave it out, or name a file");
  return resolve_path(folder, text.value_or(""));
}

}  // namespace

bool is_numeric_host(std::string_view host) { return numeric(host).has_value(); }

bool is_loopback(std::string_view host) {
  return host == "::1" || (host.starts_with("127.") && is_numeric_host(host));
}

std::string url_of(const Destination& to) {
  return fmt::format("{}{}{}", to.plain ? kHttp : kHttps, to_string(Address{to.host, to.port}),
                     to.path);
}

void read_url(Table& table, std::string_view key, Destination& into, Scheme scheme) {
  const auto text = table.required_text(key);
  const auto url = parse_url(text.value_or(""), scheme);
  if (text && !text->empty() && !url) {
    table.defect(
        key, "is no address to connect to",
        "Write for example \"https://node1.example:8545/\": https, small letters, no user, "
        "query or fragment");
  }
  if (url) {
    std::tie(into.plain, into.host, into.port, into.path) =
        std::tie(url->plain, url->host, url->port, url->path);
  }
}

void read_destination(Table& table, const path& folder, Destination& into, Scheme scheme,
                      std::string_view url) {
  read_url(table, url, into, scheme);
  read_tls_name(table, into);
  if (into.plain) {
    for (const std::string_view key : {"ca", "tls_name", "certificate", "key"}) {
      if (table.has(key)) table.defect(key, "is of https", "Leave it out, or write an https url");
    }
    into.ca = optional_file(table, "ca", folder);
  } else {
    into.ca = resolve_path(folder, table.required_text("ca").value_or(""));
  }
  into.certificate = optional_file(table, "certificate", folder);
  into.key = optional_file(table, "key", folder);
  if (into.certificate.empty() != into.key.empty())
    table.defect("key", "and certificate belong together", "Name both, or neither");
  for (const std::string& each : table.texts("addresses")) {
    if (const auto address = numeric(each))
      into.addresses.push_back(*address);
    else
      table.defect("addresses", "holds what is no numeric address", "Write \"10.20.0.7\"");
  }
  const auto seconds = table.integer("seconds");
  if (!seconds) return;
  if (*seconds < 1 || *seconds > kMostAnswerSeconds)
    table.defect("seconds", fmt::format("must be from 1 to {}", kMostAnswerSeconds));
  else
    into.seconds = static_cast<unsigned>(*seconds);
}

}  // namespace heyan::ops
