#include "gateway/front/listening.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace heyan::front {
namespace {

using core::ErrorCode;

// Large enough for both families; the kernel reads the length that goes with it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
  bool loopback = false;

  sockaddr* generic() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::optional<SocketAddress> parse(const std::string& text, std::uint16_t port) {
  SocketAddress parsed;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    parsed.loopback = (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
    parsed.length = sizeof v4;
    std::memcpy(&parsed.storage, &v4, sizeof v4);
    return parsed;
  }
  if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) != 1) return std::nullopt;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  parsed.loopback = std::memcmp(&v6.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0;
  parsed.length = sizeof v6;
  std::memcpy(&parsed.storage, &v6, sizeof v6);
  return parsed;
}

std::string_view why_not(int number) {
  switch (number) {
    case EADDRINUSE:
      return "the address is taken: another program listens there";
    case EADDRNOTAVAIL:
      return "it is no address of this machine";
    case EACCES:
      return "this user may not listen at that port";
    default:
      return "the system does not let us listen there";
  }
}

core::Result<Listening> listen_on(const ListenerOptions& options) {
  auto address = parse(options.address, options.port);
  if (!address) return core::fail(ErrorCode::kMalformed, "a listener's address is no IP address");
  if (options.tls == nullptr && !address->loopback) {
    return core::fail(ErrorCode::kUnsupported, "plain HTTP is for loopback addresses only");
  }
  const int family = address->storage.ss_family;
  Listening made{.options = options,
                 .socket = os::Descriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)),
                 .port = 0,
                 .v6 = family == AF_INET6};
  const int fd = made.socket.get();
  const int on = 1;
  socklen_t length = sizeof address->storage;
  if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(fd, address->generic(), address->length) != 0 || ::listen(fd, SOMAXCONN) != 0 ||
      ::getsockname(fd, address->generic(), &length) != 0) {
    return core::fail(ErrorCode::kIo, why_not(errno));
  }
  // Both families keep the port at the same place.
  sockaddr_in bound{};
  std::memcpy(&bound, &address->storage, sizeof bound);
  made.port = ntohs(bound.sin_port);
  return made;
}

}  // namespace

std::expected<std::vector<Listening>, NotListening> listen_on(
    const std::vector<ListenerOptions>& listeners) {
  std::vector<Listening> all;
  for (const ListenerOptions& options : listeners) {
    auto one = listen_on(options);
    if (!one) {
      return std::unexpected(NotListening{.code = one.error().code,
                                          .text = options.name + ", " + options.address + " port " +
                                                  std::to_string(options.port) + ": " +
                                                  std::string(one.error().text)});
    }
    all.push_back(*std::move(one));
  }
  return all;
}

}  // namespace heyan::front
