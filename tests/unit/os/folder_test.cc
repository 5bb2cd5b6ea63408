#include "gateway/os/folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <functional>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::os {
namespace {

using core::ErrorCode;

// Runs something between two pieces of a file.
class MeddlingSink final : public ByteSink {
 public:
  explicit MeddlingSink(std::function<void()> meddle) : meddle_(std::move(meddle)) {}
  std::span<std::uint8_t> space() override { return std::span(buffer_); }
  core::Result<void> commit(std::size_t) override {
    if (meddle_) std::exchange(meddle_, nullptr)();
    return {};
  }

 private:
  std::array<std::uint8_t, 16> buffer_;
  std::function<void()> meddle_;
};

class FolderTest : public testing::Test {
 protected:
  core::Result<OpenFile> open(std::string_view path) const {
    auto folder = Folder::open(temporary_.path());
    EXPECT_TRUE(folder.has_value());
    return folder->open_file(path);
  }
  ErrorCode refusal(std::string_view path) const {
    const auto file = open(path);
    EXPECT_FALSE(file.has_value()) << path;
    return file ? ErrorCode::kInternal : file.error().code;
  }
  // What reading says when `meddle` happens in the middle of it.
  bool notices(std::string_view name, const std::function<void()>& meddle) const {
    const auto file = open(name);
    EXPECT_TRUE(file.has_value());
    MeddlingSink sink(meddle);
    const auto reading = file->read_all(sink);
    EXPECT_TRUE(reading.has_value());
    return reading->changed;
  }

  TemporaryFolder temporary_;
};

TEST_F(FolderTest, ReadsARegularFile) {
  temporary_.write("files/a.txt", "hello");
  const auto file = open("files/a.txt");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->size(), 5u);
  MemorySink sink(100);
  const auto reading = file->read_all(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_FALSE(reading->changed);
  EXPECT_EQ(core::to_string(std::move(sink).take()), "hello");
}

TEST_F(FolderTest, SaysThatNothingIsThere) {
  temporary_.write("a.txt", "x");
  EXPECT_EQ(refusal("b.txt"), ErrorCode::kNotFound);
  EXPECT_EQ(refusal("a.txt/b"), ErrorCode::kNotFound);
  EXPECT_EQ(refusal(""), ErrorCode::kNotFound);
}

TEST_F(FolderTest, FollowsNoLink) {
  temporary_.write("real/a.txt", "x");
  std::filesystem::create_symlink("real/a.txt", temporary_ / "link.txt");
  std::filesystem::create_directory_symlink("real", temporary_ / "folder");
  std::filesystem::create_symlink("/etc/hostname", temporary_ / "outside.txt");
  EXPECT_EQ(refusal("link.txt"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("folder/a.txt"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("outside.txt"), ErrorCode::kUnsupported);
}

TEST_F(FolderTest, StaysBeneathItself) {
  const TemporaryFolder other;
  other.write("secret.txt", "x");
  const std::string name = other.path().filename().string();
  EXPECT_EQ(refusal("../" + name + "/secret.txt"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal((other / "secret.txt").string()), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("/etc/hostname"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal(std::string_view("a\0b", 3)), ErrorCode::kUnsupported);
}

TEST_F(FolderTest, ReadsRegularFilesOnlyAndNeverWaits) {
  std::filesystem::create_directory(temporary_ / "folder");
  ASSERT_EQ(::mkfifo((temporary_ / "fifo").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (temporary_ / "socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(refusal("folder"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("fifo"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("socket"), ErrorCode::kUnsupported);
  ::close(socket);
}

TEST_F(FolderTest, AcceptsNamesThatAreNotUtf8) {
  temporary_.write("a\xff.txt", "x");
  EXPECT_TRUE(open("a\xff.txt").has_value());  // case.json cannot name it; a hash can be wanted
}

TEST_F(FolderTest, NoticesAFileThatGrows) {
  const auto path = temporary_.write("a.txt", std::string(100, 'x'));
  EXPECT_TRUE(notices("a.txt", [&] { std::ofstream(path, std::ios::app) << "more"; }));
}

TEST_F(FolderTest, NoticesAFileThatShrinks) {
  const auto path = temporary_.write("a.txt", std::string(100, 'x'));
  EXPECT_TRUE(notices("a.txt", [&] { std::filesystem::resize_file(path, 50); }));
}

TEST_F(FolderTest, NoticesOneByteChangedInPlace) {
  const auto path = temporary_.write("a.txt", std::string(100, 'x'));
  EXPECT_TRUE(notices("a.txt", [&] {
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(10) << 'y';
  }));
}

TEST_F(FolderTest, EndsWithAFileThatGrowsForEver) {
  const auto path = temporary_.write("a.txt", std::string(100, 'x'));
  const auto file = open("a.txt");
  ASSERT_TRUE(file.has_value());
  struct Growing final : ByteSink {
    explicit Growing(std::filesystem::path p) : path(std::move(p)) {}
    std::span<std::uint8_t> space() override { return std::span(buffer); }
    core::Result<void> commit(std::size_t) override {
      std::ofstream(path, std::ios::app) << std::string(64, 'y');
      return {};
    }
    std::filesystem::path path;
    std::array<std::uint8_t, 16> buffer;
  } sink(path);
  const auto reading = file->read_all(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_TRUE(reading->changed);
}

TEST_F(FolderTest, StopsAtTheLimitOfTheSink) {
  temporary_.write("a.txt", std::string(1000, 'x'));
  const auto file = open("a.txt");
  ASSERT_TRUE(file.has_value());
  MemorySink sink(999);
  const auto reading = file->read_all(sink);
  ASSERT_FALSE(reading.has_value());
  EXPECT_EQ(reading.error().code, ErrorCode::kLimit);
}

TEST(NamedFile, IsRegularToo) {
  const TemporaryFolder temporary;
  ASSERT_EQ(::mkfifo((temporary / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(open_named_file(temporary / "fifo").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(open_named_file("/dev/null").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(open_named_file(temporary / "none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(open_named_file(temporary.path()).error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace heyan::os
