#include "gateway/supervisor/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "gateway/os/descriptor.h"

namespace heyan::supervisor {

void tell_service_manager(std::string_view state) {
  const char* const place = std::getenv("NOTIFY_SOCKET");
  if (place == nullptr) return;
  const std::string_view path = place;
  sockaddr_un address{};
  // A path, or a name of the abstract kind, which begins with @ here and with a zero there.
  if (path.empty() || (path[0] != '/' && path[0] != '@')) return;
  if (path.size() >= sizeof(address.sun_path)) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path[0] == '@') address.sun_path[0] = '\0';
  const os::Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket.is_open()) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  static_cast<void>(::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                             reinterpret_cast<const sockaddr*>(&address), size));
}

}  // namespace heyan::supervisor
