#include "gateway/egress/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace heyan::egress {
namespace {

struct Range4 {
  std::uint32_t first;
  unsigned bits;
};
constexpr std::array kSpecial4 = {
    Range4{0x00000000, 8},   // this network
    Range4{0x0a000000, 8},   // private
    Range4{0x64400000, 10},  // behind a carrier's NAT; a cloud's metadata (100.100.100.200)
    Range4{0x7f000000, 8},   // loopback
    Range4{0xa83f8110, 32},  // a cloud's services for its machines (168.63.129.16)
    Range4{0xa9fe0000, 16},  // link-local; metadata of clouds
    Range4{0xac100000, 12},  // private
    Range4{0xc0000000, 24},  // protocol assignments
    Range4{0xc0000200, 24},  // documentation
    Range4{0xc0586300, 24},  // 6to4 relays
    Range4{0xc0a80000, 16},  // private
    Range4{0xc6120000, 15},  // benchmarks
    Range4{0xc6336400, 24},  // documentation
    Range4{0xcb007100, 24},  // documentation
    Range4{0xe0000000, 3},   // multicast, reserved, broadcast
};

struct Range6 {
  std::array<std::uint8_t, 16> first;
  unsigned bits;
};
// Within 2000::/3, outside of which nothing is public.
constexpr std::array kSpecial6 = {
    Range6{{0x20, 0x01}, 23},              // protocol assignments, Teredo
    Range6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Range6{{0x20, 0x02}, 16},              // 6to4: an IPv4 address inside
    Range6{{0x3f, 0xff}, 20},              // documentation
};

bool starts_alike(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, unsigned bits) {
  for (unsigned i = 0; i < bits; ++i) {
    const unsigned shift = 7 - i % 8;
    if ((a[i / 8] >> shift & 1) != (b[i / 8] >> shift & 1)) return false;
  }
  return true;
}

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kSpecial4, [&](const Range4& range) {
    return (address ^ range.first) >> (32 - range.bits) == 0;
  });
}

bool is_public6(std::span<const std::uint8_t, 16> address) {
  return address[0] >> 5 == 1 && std::ranges::none_of(kSpecial6, [&](const Range6& range) {
           return starts_alike(address, range.first, range.bits);
         });
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  return is_public6(in.sin6_addr.s6_addr);
}

std::string numeric(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> shown{};
  sockaddr_in in{};
  sockaddr_in6 in6{};
  const void* bytes = nullptr;
  if (address.sa_family == AF_INET) {
    std::memcpy(&in, &address, sizeof in);
    bytes = &in.sin_addr;
  } else if (address.sa_family == AF_INET6) {
    std::memcpy(&in6, &address, sizeof in6);
    bytes = &in6.sin6_addr;
  }
  if (bytes == nullptr ||
      ::inet_ntop(address.sa_family, bytes, shown.data(), shown.size()) == nullptr) {
    return {};
  }
  return shown.data();
}

}  // namespace heyan::egress
