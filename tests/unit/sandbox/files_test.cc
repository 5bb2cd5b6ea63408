// Files of signer and front: beneath their folders everything that a database needs, elsewhere
// nothing.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "gateway/sandbox/landlock.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

class Files : public testing::TestWithParam<Role> {
 protected:
  void SetUp() override {
    if (landlock_version() < 3) GTEST_SKIP() << "this kernel has no Landlock that truncates";
    folder_.write("own/db", "rows");
    folder_.write("own/deeper/tile", "hashes");
    folder_.write("read/trust", "list");
    folder_.write("other/keys", "secret");
    std::filesystem::create_symlink("../other/keys", folder_ / "own/link");
    profile_ = default_profile(GetParam());
    profile_.writable = {folder_ / "own"};
    profile_.readable = {folder_ / "read"};
  }
  // 0: done; 1: refused; 3: another error.
  Ending attempt(const std::function<long()>& work) const {
    return inside(profile_, [&] {
      if (work() >= 0) return 0;
      return errno == EACCES || errno == EPERM || errno == EXDEV ? 1 : 3;
    });
  }
  std::string at(std::string_view name) const { return (folder_ / name).string(); }
  Ending opening(std::string_view name, int flags) const {
    return attempt([&] { return ::open(at(name).c_str(), flags | O_CLOEXEC, 0600); });
  }

  os::TemporaryFolder folder_;
  Profile profile_;
};

TEST_P(Files, BeneathTheirFolderAreTheirs) {
  EXPECT_EQ(opening("own/db", O_RDWR), kFine);
  EXPECT_EQ(opening("own/deeper/tile", O_RDONLY), kFine);
  EXPECT_EQ(opening("own/new", O_RDWR | O_CREAT | O_EXCL), kFine);
  EXPECT_EQ(opening("own/db", O_WRONLY | O_TRUNC), kFine);
  EXPECT_EQ(opening("own", O_RDONLY | O_DIRECTORY), kFine);
  EXPECT_EQ(attempt([&] { return ::mkdir(at("own/a").c_str(), 0700); }), kFine);
  EXPECT_EQ(attempt([&] { return ::rename(at("own/db").c_str(), at("own/a/db").c_str()); }), kFine);
  EXPECT_EQ(attempt([&] { return ::unlink(at("own/a/db").c_str()); }), kFine);
  EXPECT_EQ(attempt([&] { return ::rmdir(at("own/a").c_str()); }), kFine);
  EXPECT_EQ(opening("read/trust", O_RDONLY), kFine);
}

TEST_P(Files, AreWrittenWhole) {
  EXPECT_EQ(inside(profile_,
                   [&] {
                     return os::write_whole(folder_ / "own/db", "new rows") &&
                                    os::write_new(folder_ / "own/key", "k",
                                                  os::Privacy::kOwnerOnly) &&
                                    os::read_named_file(folder_ / "read/trust", 100)
                                ? 0
                                : 1;
                   }),
            kFine);
  EXPECT_EQ(os::content_of(folder_ / "own/db"), "new rows");
}

// What SQLite does with its files in WAL mode, the shared index included.
TEST_P(Files, HoldADatabase) {
  EXPECT_EQ(inside(profile_,
                   [&] {
                     const int file = ::open(at("own/wal").c_str(), O_RDWR | O_CREAT, 0600);
                     struct flock lock{};
                     lock.l_type = F_WRLCK;
                     lock.l_whence = SEEK_SET;
                     lock.l_start = 120;
                     lock.l_len = 1;
                     if (::fcntl(file, F_SETLK, &lock) != 0) return 1;
                     if (::ftruncate(file, 32768) != 0) return 2;
                     if (::mmap(nullptr, 32768, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) ==
                         MAP_FAILED) {
                       return 3;
                     }
                     if (::pwrite(file, "x", 1, 100) != 1 || ::fsync(file) != 0) return 4;
                     if (::fdatasync(file) != 0 || ::fchmod(file, 0600) != 0) return 5;
                     lock.l_type = F_UNLCK;
                     return ::fcntl(file, F_SETLK, &lock) == 0 ? 0 : 6;
                   }),
            kFine);
}

TEST_P(Files, OfOthersAreNot) {
  EXPECT_EQ(opening("other/keys", O_RDONLY), exited(1));
  EXPECT_EQ(opening("other/keys", O_WRONLY), exited(1));
  EXPECT_EQ(opening("other", O_RDONLY | O_DIRECTORY), exited(1));
  EXPECT_EQ(opening("other/new", O_WRONLY | O_CREAT), exited(1));
  EXPECT_EQ(opening("own/../other/keys", O_RDONLY), exited(1));
  EXPECT_EQ(opening("own/link", O_RDONLY), exited(1));
  EXPECT_EQ(attempt([] { return ::open("/etc/passwd", O_RDONLY); }), exited(1));
  EXPECT_EQ(attempt([] { return ::open("/proc/self/mem", O_RDWR); }), exited(1));
  EXPECT_EQ(attempt([&] { return ::unlink(at("other/keys").c_str()); }), exited(1));
  EXPECT_EQ(attempt([&] { return ::mkdir(at("other/a").c_str(), 0700); }), exited(1));
  EXPECT_EQ(attempt([&] { return ::rename(at("other/keys").c_str(), at("own/keys").c_str()); }),
            exited(1));
  EXPECT_EQ(attempt([&] { return ::rename(at("own/db").c_str(), at("other/db").c_str()); }),
            exited(1));
  EXPECT_EQ(os::content_of(folder_ / "other/keys"), "secret");
}

TEST_P(Files, ToReadAreNotWritten) {
  EXPECT_EQ(opening("read/trust", O_WRONLY), exited(1));
  EXPECT_EQ(opening("read/trust", O_RDONLY | O_TRUNC), exited(1));
  EXPECT_EQ(opening("read/new", O_WRONLY | O_CREAT), exited(1));
  EXPECT_EQ(attempt([&] { return ::unlink(at("read/trust").c_str()); }), exited(1));
  EXPECT_EQ(os::content_of(folder_ / "read/trust"), "list");
}

TEST_P(Files, AreNeverPrograms) {
  folder_.write("own/program", "#!/bin/sh\n");
  ::chmod(at("own/program").c_str(), 0700);
  EXPECT_EQ(attempt([&] { return ::execl(at("own/program").c_str(), "program", nullptr); }),
            kKilled);
  EXPECT_EQ(attempt([&] {
              const int file = ::open(at("own/program").c_str(), O_RDWR);
              return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, file,
                            0) == MAP_FAILED
                         ? -1L
                         : 0L;
            }),
            kKilled);
}

TEST_P(Files, OfAFolderThatIsNotThereStopTheStart) {
  profile_.writable = {folder_ / "nowhere"};
  const auto sandbox = Sandbox::prepare(profile_);
  ASSERT_FALSE(sandbox.has_value());
  EXPECT_EQ(sandbox.error().code, core::ErrorCode::kNotFound);
  profile_.writable = {folder_ / "own/db"};  // a file
  EXPECT_FALSE(Sandbox::prepare(profile_).has_value());
}

INSTANTIATE_TEST_SUITE_P(Roles, Files, testing::Values(Role::kSigner, Role::kFront), role_name);

// Who draws opens files beneath its folders to read, and does nothing else with paths.
class Reading : public Files {
 protected:
  void SetUp() override {
    Files::SetUp();
    profile_.writable = {};
  }
};

TEST_P(Reading, BeneathItsFoldersOnly) {
  EXPECT_EQ(opening("read/trust", O_RDONLY), kFine);
  EXPECT_EQ(inside(profile_,
                   [&] {
                     const int file = ::open(at("read/trust").c_str(), O_RDONLY | O_CLOEXEC);
                     const void* page = ::mmap(nullptr, 4, PROT_READ, MAP_PRIVATE, file, 0);
                     return page != MAP_FAILED && *static_cast<const char*>(page) == 'l' ? 0 : 1;
                   }),
            kFine);
  for (const char* other : {"own/db", "own/deeper/tile", "other/keys", "read/../other/keys"}) {
    EXPECT_EQ(opening(other, O_RDONLY), exited(1)) << other;
  }
  EXPECT_EQ(attempt([] { return ::open("/etc/passwd", O_RDONLY); }), exited(1));
  EXPECT_EQ(attempt([] { return ::open("/proc/self/mem", O_RDONLY); }), exited(1));
}

TEST_P(Reading, WritesNothing) {
  for (const int flags : {O_WRONLY, O_RDWR, O_RDONLY | O_TRUNC, O_RDONLY | O_CREAT, O_PATH,
                          O_WRONLY | O_CREAT, O_RDWR | O_TMPFILE}) {
    EXPECT_EQ(opening("read/trust", flags), exited(1)) << flags;
  }
  EXPECT_EQ(opening("read/new", O_RDONLY | O_CREAT), exited(1));
  EXPECT_EQ(attempt([&] { return ::unlink(at("read/trust").c_str()); }), kKilled);
  EXPECT_EQ(os::content_of(folder_ / "read/trust"), "list");
  profile_.writable = {folder_ / "own"};
  EXPECT_FALSE(Sandbox::prepare(profile_).has_value());
}

TEST_P(Reading, NeedsAKernelThatLimitsIt) {
  const auto ruleset = Ruleset::prepare(profile_, 0);
  ASSERT_FALSE(ruleset.has_value());
  EXPECT_EQ(ruleset.error().code, core::ErrorCode::kUnsupported);
}

INSTANTIATE_TEST_SUITE_P(Roles, Reading, testing::Values(Role::kDraw), role_name);

TEST(FrontNetwork, ServesSocketsThatListenedBefore) {
  const os::Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* where = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(listener.get(), where, length), 0);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  ASSERT_EQ(::getsockname(listener.get(), where, &length), 0);
  const pid_t server = fork_inside(default_profile(Role::kFront), [&] {
    const int connection = ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
    return connection >= 0 && ::send(connection, "hello", 5, MSG_NOSIGNAL) == 5 ? 0 : 1;
  });
  const os::Descriptor client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::connect(client.get(), where, length), 0);
  std::array<char, 5> got{};
  EXPECT_EQ(::recv(client.get(), got.data(), got.size(), MSG_WAITALL), 5);
  EXPECT_EQ(ending_of(server), kFine);
}

}  // namespace
}  // namespace heyan::sandbox
