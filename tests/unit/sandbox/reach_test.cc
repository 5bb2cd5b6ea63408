// Signer and front beside a database of their own: they reach that, and nothing else.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>

#include "gateway/os/descriptor.h"
#include "gateway/sandbox/self_test.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

// A listening socket, and what connects to it.
class Server {
 public:
  explicit Server(int family, const std::string& path = {}) {
    if (family == AF_UNIX) {
      auto* at = reinterpret_cast<sockaddr_un*>(&address_);
      at->sun_family = AF_UNIX;
      std::memcpy(at->sun_path, path.c_str(), path.size() + 1);
      size_ = sizeof *at;
    } else {
      auto* at = reinterpret_cast<sockaddr_in*>(&address_);
      at->sin_family = AF_INET;
      at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      size_ = sizeof *at;
    }
    auto* const generic = reinterpret_cast<sockaddr*>(&address_);
    socket_ = os::Descriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(::bind(socket_.get(), generic, size_), 0);
    EXPECT_EQ(::listen(socket_.get(), 8), 0);
    ::getsockname(socket_.get(), generic, &size_);
  }
  std::uint16_t port() const {
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address_)->sin_port);
  }
  // 0: connected, by a descriptor that a database's client would use; 1: not permitted.
  int connect() const {
    const int made = ::socket(address_.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0) return refused();
    const int done = ::connect(made, reinterpret_cast<const sockaddr*>(&address_), size_);
    if (done != 0 && errno != EINPROGRESS) return refused();
    const int on = 1;
    int error = 0;
    socklen_t size = sizeof error;
    if (::setsockopt(made, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on) != 0) return 4;
    return ::getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? 0 : 5;
  }
  static int refused() { return errno == EACCES || errno == EPERM ? 1 : 2; }

 private:
  os::Descriptor socket_;
  sockaddr_storage address_{};
  socklen_t size_ = 0;
};

class ReachTest : public testing::TestWithParam<Role> {
 protected:
  Profile profile(Reach reach, std::uint16_t port = 0) const {
    Profile made = default_profile(GetParam());
    made.writable = {folder_ / "own"};
    made.reach = reach;
    made.port = port;
    return made;
  }
  static std::function<int()> opening(int family, int type, int protocol = 0) {
    return [=] { return ::socket(family, type, protocol) >= 0 ? 0 : Server::refused(); };
  }

  ReachTest() { std::filesystem::create_directory(folder_ / "own"); }
  os::TemporaryFolder folder_;
};

TEST_P(ReachTest, ByAUnixSocketReachesNoInternet) {
  const Server by_file(AF_UNIX, folder_ / "socket");
  const Server by_tcp(AF_INET);
  const Profile inside_of = profile(Reach::kUnixSocket);
  EXPECT_EQ(inside(inside_of, [&] { return by_file.connect(); }), kFine);
  EXPECT_EQ(inside(inside_of, [&] { return by_tcp.connect(); }), exited(1));
  for (const int family : {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET}) {
    EXPECT_EQ(inside(inside_of, opening(family, SOCK_STREAM)), exited(1)) << family;
  }
  for (const int type : {SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW}) {
    EXPECT_EQ(inside(inside_of, opening(AF_UNIX, type)), exited(1)) << type;
  }
}

TEST_P(ReachTest, ByTcpReachesThatPortAlone) {
  const Server by_file(AF_UNIX, folder_ / "socket");
  const Server database(AF_INET);
  const Server other(AF_INET);
  const Profile inside_of = profile(Reach::kTcp4, database.port());
  EXPECT_EQ(inside(inside_of, [&] { return database.connect(); }), kFine);
  EXPECT_EQ(inside(inside_of, [&] { return by_file.connect(); }), exited(1));
  if (limits_ports()) {
    EXPECT_EQ(inside(inside_of, [&] { return other.connect(); }), exited(1));
  }
  for (const int type : {SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW}) {
    EXPECT_EQ(inside(inside_of, opening(AF_INET, type)), exited(1)) << type;
  }
  // Landlock knows the ports of TCP, and of nothing that is as good.
  constexpr int kMultipath = 262;
  EXPECT_EQ(inside(inside_of, opening(AF_INET, SOCK_STREAM, kMultipath)), exited(1));
  EXPECT_EQ(inside(inside_of, opening(AF_INET, SOCK_STREAM, IPPROTO_SCTP)), exited(1));
  EXPECT_EQ(inside(inside_of, opening(AF_INET6, SOCK_STREAM)), exited(1));
}

// What connects while it sends.
TEST_P(ReachTest, NothingIsSentBeforeItIsConnected) {
  const Server other(AF_INET);
  const auto ending = inside(profile(Reach::kTcp4, other.port()), [&] {
    const int made = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(other.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::sendto(made, "x", 1, MSG_FASTOPEN, reinterpret_cast<const sockaddr*>(&address),
                    sizeof address) >= 0
               ? 0
               : Server::refused();
  });
  EXPECT_TRUE(ending == exited(1) || ending == kKilled) << ending;
}

TEST_P(ReachTest, EveryOtherActIsStoppedAsBefore) {
  for (const Reach reach : {Reach::kUnixSocket, Reach::kTcp4, Reach::kTcp6}) {
    const auto probes = self_test(profile(reach, 5432));
    ASSERT_TRUE(probes.has_value()) << probes.error().text;
    EXPECT_EQ(probes->size(), limits_ports() ? 7u : 6u);
    for (const Probe& probe : *probes) EXPECT_TRUE(probe.stopped()) << name(probe.act);
  }
}

TEST_P(ReachTest, WithoutADatabaseNothingIsReached) {
  const Server by_file(AF_UNIX, folder_ / "socket");
  const auto ending = inside(profile(Reach::kNowhere), [&] { return by_file.connect(); });
  EXPECT_TRUE(ending == exited(1) || ending == kKilled) << ending;
}

INSTANTIATE_TEST_SUITE_P(Roles, ReachTest, testing::Values(Role::kSigner, Role::kFront), role_name);

TEST(Reach, IsNoWorkersAndNotWithoutFolders) {
  for (const Role role : {Role::kBox, Role::kJudge, Role::kDraw, Role::kEgress, Role::kSigner}) {
    Profile profile = default_profile(role);
    profile.reach = Reach::kTcp4;
    EXPECT_FALSE(Sandbox::prepare(profile).has_value()) << name(role);
  }
}

}  // namespace
}  // namespace heyan::sandbox
