#include "gateway/supervisor/service_manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "gateway/os/descriptor.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::supervisor {
namespace {

// What systemd does: a datagram socket, whose place stands in the environment.
class ServiceManagerTest : public testing::Test {
 protected:
  void TearDown() override { ::unsetenv("NOTIFY_SOCKET"); }
  void listen(const std::string& place) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, place.data(), place.size());
    if (place[0] == '@') address.sun_path[0] = '\0';
    socket_ = os::Descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + place.size());
    ASSERT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", place.c_str(), 1);
  }
  std::string told() const {
    std::array<char, 100> text{};
    const ssize_t size = ::recv(socket_.get(), text.data(), text.size(), 0);
    return size < 0 ? "nothing" : std::string(text.data(), static_cast<std::size_t>(size));
  }
  os::TemporaryFolder folder_;
  os::Descriptor socket_;
};

TEST_F(ServiceManagerTest, IsToldAtAPath) {
  listen((folder_ / "notify").string());
  tell_service_manager("READY=1");
  EXPECT_EQ(told(), "READY=1");
  EXPECT_EQ(told(), "nothing");
}

TEST_F(ServiceManagerTest, IsToldAtANameWithoutFile) {
  listen("@heyan-test-" + std::to_string(::getpid()));
  tell_service_manager("STOPPING=1");
  EXPECT_EQ(told(), "STOPPING=1");
}

TEST_F(ServiceManagerTest, IsNotWaitedForNorMissed) {
  tell_service_manager("READY=1");  // nobody asked
  for (const std::string& place :
       {std::string(), std::string("relative"), (folder_ / "nobody").string(),
        "/" + std::string(200, 'x'), std::string("vsock:2:1234")}) {
    ::setenv("NOTIFY_SOCKET", place.c_str(), 1);
    tell_service_manager("READY=1");
  }
  listen((folder_ / "full").string());
  for (int i = 0; i < 10'000; ++i) tell_service_manager("READY=1");  // who reads none of it
  EXPECT_EQ(told(), "READY=1");
}

}  // namespace
}  // namespace heyan::supervisor
