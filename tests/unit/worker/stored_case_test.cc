// A file of the vault while it is read: what changes beside its bytes, and what of them.
#include "gateway/worker/stored_case.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <thread>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::worker {
namespace {

constexpr std::size_t kFrameBytes = 1u << 20;
constexpr std::string_view kContent = "what was received";

// Reads by single bytes; after the first of them something happens.
class Slow final : public os::ByteSink {
 public:
  explicit Slow(std::function<void()> meanwhile) : meanwhile_(std::move(meanwhile)) {}
  std::span<std::uint8_t> space() override { return byte_; }
  core::Result<void> commit(std::size_t count) override {
    if (count > 0) read_.push_back(byte_[0]);
    if (read_.size() == 1 && count > 0) meanwhile_();
    return {};
  }
  std::string_view read() const { return core::as_text(read_); }

 private:
  std::function<void()> meanwhile_;
  std::array<std::uint8_t, 1> byte_{};
  core::Bytes read_;
};

class StoredCaseTest : public testing::Test {
 protected:
  StoredCaseTest() {
    write(kContent);
    // Two writes within one tick of the system's clock would leave the same times.
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(path_, now - std::chrono::hours(1));
    v1::StoredFile& file = *files_.Add();
    file.set_path("files/a");
    file.set_size(kContent.size());
    file.set_sha256(core::to_string(crypto::sha256(core::as_bytes(kContent))));
  }

  void write(std::string_view content) const { std::ofstream(path_, std::ios::binary) << content; }
  void touch() const { ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), nullptr, 0), 0); }

  // Asks a front that has the one file.
  template <class Question>
  auto ask(const Question& question) {
    auto ends = *ipc::make_pair();
    std::jthread front([&] {
      ipc::Channel channel(std::move(ends.a), kFrameBytes);
      if (!channel.receive<v1::JudgeAsks>(ipc::MessageType::kJudgeAsks)) return;
      const os::Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
      EXPECT_TRUE(
          channel.send(ipc::MessageType::kJudgeGets, v1::JudgeGets(), file.get()).has_value());
    });
    ipc::Channel channel(std::move(ends.b), kFrameBytes);
    StoredCase stored(channel, files_);
    return question(stored);
  }
  core::Result<os::FileReading> read(Slow& sink) {
    return ask([&](StoredCase& stored) { return stored.read("files/a", sink); });
  }
  core::Result<core::Bytes> content(std::size_t most = 1000) {
    return ask([&](StoredCase& stored) { return stored.content("files/a", most); });
  }

  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "a";
  google::protobuf::RepeatedPtrField<v1::StoredFile> files_;
};

TEST_F(StoredCaseTest, WhatStaysAsItIsHasNotChanged) {
  Slow sink([] {});
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_FALSE(reading->changed);
  EXPECT_EQ(sink.read(), kContent);
}

// The same bytes, filed once more in another case, are one file in the vault.
TEST_F(StoredCaseTest, TimesAreNoneOfItsBytes) {
  Slow sink([this] { touch(); });
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_FALSE(reading->changed);
  EXPECT_EQ(sink.read(), kContent);
}

// A proof that the disk or somebody changed says nothing about the evidence, and is no fault of
// whom it came from.
TEST_F(StoredCaseTest, NothingIsJudgedByButWhatWasReceived) {
  EXPECT_EQ(core::as_text(content().value()), kContent);
  for (const std::string other :
       {"what was rec3ived", "what was receive", "what was received!", ""}) {
    write(other);
    EXPECT_EQ(content().error().code, core::ErrorCode::kChanged) << other;
  }
  write(std::string(2000, 'x'));
  EXPECT_EQ(content().error().code, core::ErrorCode::kChanged) << "not the fault of its size";
  write(kContent);
  EXPECT_TRUE(content().has_value());
}

TEST_F(StoredCaseTest, WhatIsTooLargeAsItWasReceivedIsItsOwnFault) {
  EXPECT_EQ(content(kContent.size() - 1).error().code, core::ErrorCode::kLimit);
  EXPECT_TRUE(content(kContent.size()).has_value());
}

TEST_F(StoredCaseTest, AnotherByteIsAChange) {
  Slow sink([this] { write("what was rec3ived"); });
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_TRUE(reading->changed);
}

TEST_F(StoredCaseTest, MoreBytesAreAChange) {
  Slow sink([this] { std::ofstream(path_, std::ios::app) << "!"; });
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_TRUE(reading->changed);
}

TEST_F(StoredCaseTest, FewerBytesAreAChange) {
  Slow sink([this] { std::filesystem::resize_file(path_, 5); });
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_TRUE(reading->changed);
}

// Whatever ails the channel says nothing of the case: only a path that was not received is missing.
TEST_F(StoredCaseTest, AFrontThatIsGoneOrSaysAnythingIsNoFaultOfTheCase) {
  using Front = std::function<void(ipc::Channel)>;
  const auto asked = [](ipc::Channel& front) {
    EXPECT_TRUE(front.receive<v1::JudgeAsks>(ipc::MessageType::kJudgeAsks).has_value());
  };
  const std::vector<Front> fronts = {
      [](ipc::Channel) {}, [&](ipc::Channel front) { asked(front); },
      [&](ipc::Channel front) {
        asked(front);
        EXPECT_TRUE(front.send(ipc::MessageType::kBoxAnswer, v1::JudgeGets()).has_value());
      },
      [&](ipc::Channel front) {
        asked(front);
        EXPECT_TRUE(front.send(ipc::MessageType::kJudgeGets, v1::JudgeGets()).has_value());
      }};
  for (const Front& front : fronts) {
    auto ends = *ipc::make_pair();
    std::jthread other([&] { front(ipc::Channel(std::move(ends.a), kFrameBytes)); });
    ipc::Channel channel(std::move(ends.b), kFrameBytes);
    StoredCase stored(channel, files_);
    EXPECT_EQ(stored.content("files/a", 1000).error().code, core::ErrorCode::kIo);
    EXPECT_EQ(stored.open("files/b").error().code, core::ErrorCode::kNotFound);
  }
}

// Then its digest is another, which the report says; nothing changed while it was read.
TEST_F(StoredCaseTest, WhatChangedBeforeDidNotWhileItWasRead) {
  write("what was rec3ived");
  Slow sink([] {});
  const auto reading = read(sink);
  ASSERT_TRUE(reading.has_value());
  EXPECT_FALSE(reading->changed);
}

}  // namespace
}  // namespace heyan::worker
