// Addresses of listeners and of what is on this machine, as a configuration writes them.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "gateway/ops/config.h"
#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

constexpr std::string_view kAnyV4 = "0.0.0.0";
constexpr std::string_view kAnyV6 = "::";

// Both cannot be listened at. That of any address takes those of its family, and "::" of IPv4, too.
bool collide(const Address& one, const Address& other) {
  if (one.port != other.port || one.port == 0) return false;
  const std::string a = numeric_host(one.host).value_or(one.host);
  const std::string b = numeric_host(other.host).value_or(other.host);
  if (a == b || a == kAnyV6 || b == kAnyV6) return true;
  const bool v4 = a.find(':') == std::string::npos && b.find(':') == std::string::npos;
  return v4 && (a == kAnyV4 || b == kAnyV4);
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
  if (bracketed) host = host.substr(1, host.size() - 2);
  Address address{.host = std::string(host)};
  std::array<std::uint8_t, 16> bytes{};
  const int family = bracketed ? AF_INET6 : AF_INET;
  if (::inet_pton(family, address.host.c_str(), bytes.data()) != 1) return std::nullopt;
  const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || std::to_string(address.port) != port) return std::nullopt;
  return address;
}

std::optional<std::string> numeric_host(const std::string& text) {
  in_addr v4{};
  in6_addr v6{};
  std::array<char, INET6_ADDRSTRLEN> written{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) == 1 && !IN6_IS_ADDR_V4MAPPED(&v6)) {
    return ::inet_ntop(AF_INET6, &v6, written.data(), written.size());
  }
  const std::string inner = text.starts_with("::ffff:") ? text.substr(7) : text;
  if (::inet_pton(AF_INET, inner.c_str(), &v4) != 1) return std::nullopt;
  return ::inet_ntop(AF_INET, &v4, written.data(), written.size());
}

std::string to_string(const Address& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port);
}

std::vector<ListenerFault> faults_of_listeners(const Config& config) {
  const Listen& listen = config.listen;
  std::vector<ListenerFault> faults;
  // ::1 can be written in several ways.
  if (!is_loopback(listen.metrics.host) && numeric_host(listen.metrics.host) != "::1") {
    faults.push_back({"metrics", "is plain HTTP at an address that is not of this machine alone",
                      "Write for example \"127.0.0.1:9443\""});
  }
  using Named = std::pair<std::string_view, const Address*>;
  const std::array<Named, 4> all = {Named{"public", &listen.people},
                                    {"preview", &listen.preview},
                                    {"metrics", &listen.metrics},
                                    {"court", &listen.court}};
  const bool courts = !config.tls.client_ca.empty();
  const auto used = std::span(all).first(courts ? all.size() : all.size() - 1);
  for (std::size_t i = 1; i < used.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!collide(*used[i].second, *used[j].second)) continue;
      faults.push_back({used[i].first,
                        fmt::format("is at the address of listen.{}, {}", used[j].first,
                                    to_string(*used[j].second)),
                        "Give each listener its own"});
    }
  }
  return faults;
}

}  // namespace heyan::ops
