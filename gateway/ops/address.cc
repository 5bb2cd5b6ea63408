// Addresses of listeners and of what is on this machine, as a configuration writes them.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "gateway/ops/config.h"

namespace heyan::ops {

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

}  // namespace heyan::ops
