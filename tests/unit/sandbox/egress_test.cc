// The egress process connects and does nothing else.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <fstream>
#include <thread>

#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

int status_of_errno(bool done) { return done ? 0 : errno == EACCES || errno == EPERM ? 1 : 2; }

int connect_to_nobody() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(1);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0) return 1;
  ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return errno == ECONNREFUSED ? 0 : 2;
}

TEST(EgressSandbox, Connects) { EXPECT_EQ(inside(Role::kEgress, connect_to_nobody), kFine); }

TEST(EgressSandbox, StartsThreads) {
  EXPECT_EQ(inside(Role::kEgress,
                   [] {
                     int value = 0;
                     std::thread([&] { value = 1; }).join();
                     return value == 1 ? 0 : 1;
                   }),
            kFine);
}

TEST(EgressSandbox, ListensNowhere) {
  EXPECT_EQ(inside(Role::kEgress,
                   [] {
                     const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
                     sockaddr_in any{};
                     any.sin_family = AF_INET;
                     const bool bound =
                         ::bind(socket, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
                     return status_of_errno(bound || ::listen(socket, 1) == 0);
                   }),
            exited(1));
  EXPECT_EQ(
      inside(Role::kEgress, [] { return status_of_errno(::socket(AF_NETLINK, SOCK_RAW, 0) >= 0); }),
      exited(1));
}

TEST(EgressSandbox, StartsNoProgramAndMakesNoCode) {
  EXPECT_EQ(inside(Role::kEgress, [] { return ::execl("/bin/true", "true", nullptr); }), kKilled);
  EXPECT_EQ(inside(Role::kEgress, [] { return ::fork() == 0 ? 0 : 1; }), kKilled);
  EXPECT_EQ(inside(Role::kEgress,
                   [] {
                     ::mmap(nullptr, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                            0);
                     return 0;
                   }),
            kKilled);
}

// Single files may be named, beside folders: of a file nothing but reading is permitted.
TEST(EgressSandbox, ReadsTheNamedFilesAlone) {
  if (landlock_version() < 2) GTEST_SKIP() << "this kernel has no Landlock";
  Profile profile = default_profile(Role::kEgress);
  profile.readable = {"/etc/hosts"};
  const auto open = [](const char* path, int flags) {
    return [path, flags] { return status_of_errno(::open(path, flags | O_CLOEXEC) >= 0); };
  };
  EXPECT_EQ(inside(profile, open("/etc/hosts", O_RDONLY)), kFine);
  EXPECT_EQ(inside(profile, open("/etc/hosts", O_WRONLY)), exited(1));
  EXPECT_EQ(inside(profile, open("/etc/passwd", O_RDONLY)), exited(1));
  EXPECT_EQ(inside(profile, open("/etc", O_RDONLY | O_DIRECTORY)), exited(1));
  EXPECT_EQ(inside(Role::kEgress, open("/etc/hosts", O_RDONLY)), exited(1));
  EXPECT_EQ(name(Role::kEgress), "egress");
}

}  // namespace
}  // namespace heyan::sandbox
