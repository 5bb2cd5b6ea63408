// What a channel does between two processes that behave.
#include "gateway/ipc/channel.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <thread>

#include "gateway/ipc/canonical.h"
#include "heyan/v1/gateway.pb.h"
#include "tests/unit/ipc/ends.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;
using namespace std::chrono_literals;

class ChannelTest : public Ends {
 protected:
  void SetUp() override { other_ = Channel(std::move(raw_), kCap); }
  Channel other_{os::Descriptor(), kCap};
};

v1::SignerBegin begin() {
  v1::SignerBegin message;
  message.set_submission_id("HS-1");
  message.set_version(3);
  message.set_intake_index(7);
  return message;
}

os::Descriptor file_with(std::string_view text) {
  os::Descriptor file(::memfd_create("test", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  return file;
}

TEST_F(ChannelTest, CarriesMessagesBothWaysAndInOrder) {
  ASSERT_TRUE(channel_.send(MessageType::kSignerBegin, begin()).has_value());
  v1::SignerBegun begun;
  begun.set_report_number("HY-1");
  ASSERT_TRUE(channel_.send(MessageType::kSignerBegun, begun).has_value());
  ASSERT_TRUE(other_.send(MessageType::kSignerBegun, begun).has_value());

  const auto first = other_.receive<v1::SignerBegin>(MessageType::kSignerBegin);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->submission_id(), "HS-1");
  EXPECT_EQ(first->intake_index(), 7u);
  EXPECT_EQ(other_.receive<v1::SignerBegun>(MessageType::kSignerBegun)->report_number(), "HY-1");
  EXPECT_EQ(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun)->report_number(), "HY-1");
}

TEST_F(ChannelTest, AnEmptyMessageIsAFrameWithoutABody) {
  ASSERT_TRUE(channel_.send(MessageType::kFrontAsks, v1::FrontAsks()).has_value());
  EXPECT_TRUE(other_.receive<v1::FrontAsks>(MessageType::kFrontAsks).has_value());
}

TEST_F(ChannelTest, CarriesADescriptorThatClosesOnExec) {
  os::Descriptor file = file_with("hello");
  ASSERT_TRUE(channel_.send(MessageType::kJudgeGets, v1::JudgeGets(), file.get()).has_value());
  file.reset();
  const auto got = other_.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
  ASSERT_TRUE(got.has_value());
  ASSERT_TRUE(got->descriptor.is_open());
  std::array<char, 8> read{};
  EXPECT_EQ(::pread(got->descriptor.get(), read.data(), read.size(), 0), 5);
  EXPECT_EQ(std::string_view(read.data()), "hello");
  EXPECT_EQ(::fcntl(got->descriptor.get(), F_GETFD), FD_CLOEXEC);
}

TEST_F(ChannelTest, NoDescriptorIsNoneAndNotAnError) {
  ASSERT_TRUE(channel_.send(MessageType::kJudgeGets, v1::JudgeGets()).has_value());
  const auto got = other_.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
  ASSERT_TRUE(got.has_value());
  EXPECT_FALSE(got->descriptor.is_open());
}

TEST_F(ChannelTest, ADoorGivesAChannelOfItsOwn) {
  auto pair = make_pair();
  ASSERT_TRUE(pair.has_value());
  ASSERT_TRUE(channel_.send_door(pair->a).has_value());
  pair->a.reset();
  auto inner_end = other_.receive_door();
  ASSERT_TRUE(inner_end.has_value());
  Channel inner(*std::move(inner_end), kCap);
  Channel outer(std::move(pair->b), kCap);
  ASSERT_TRUE(inner.send(MessageType::kSignerBegin, begin()).has_value());
  EXPECT_TRUE(outer.receive<v1::SignerBegin>(MessageType::kSignerBegin).has_value());
}

TEST_F(ChannelTest, CarriesMoreThanASocketHolds) {
  v1::BoxAnswer answer;
  answer.set_chunk(std::string(kCap - 16, 'x'));
  const std::jthread sender([&] {
    for (int i = 0; i < 8; ++i) {
      EXPECT_TRUE(channel_.send(MessageType::kBoxAnswer, answer, -1, within(20s)).has_value());
    }
  });
  for (int i = 0; i < 8; ++i) {
    const auto got = other_.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(20s));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->chunk(), answer.chunk());
  }
}

TEST_F(ChannelTest, ASlowWriterIsWaitedFor) {
  auto pair = make_pair();
  Channel here(std::move(pair->a), kCap);
  const os::Descriptor there = std::move(pair->b);
  v1::BoxAnswer answer;
  answer.set_entry("a.txt");
  const core::Bytes body = encode_canonical(answer);
  core::Bytes all = {static_cast<std::uint8_t>(body.size()), 0, 0, 0, 2, 0};
  all.insert(all.end(), body.begin(), body.end());
  const std::jthread writer([&] {
    for (const std::uint8_t byte : all) {
      EXPECT_EQ(::write(there.get(), &byte, 1), 1);
      std::this_thread::sleep_for(2ms);
    }
  });
  EXPECT_EQ(here.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(20s))->entry(), "a.txt");
}

extern "C" void ignore_it(int) {}

TEST_F(ChannelTest, ASignalDoesNotEndTheWait) {
  struct sigaction quiet{};
  quiet.sa_handler = ignore_it;  // without SA_RESTART
  struct sigaction before{};
  ::sigaction(SIGUSR1, &quiet, &before);
  const pthread_t waiting = ::pthread_self();
  const std::jthread meddler([&] {
    for (int i = 0; i < 20; ++i) {
      ::pthread_kill(waiting, SIGUSR1);
      std::this_thread::sleep_for(2ms);
    }
    EXPECT_TRUE(channel_.send(MessageType::kSignerBegin, begin()).has_value());
  });
  EXPECT_TRUE(other_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(20s)).has_value());
  ::sigaction(SIGUSR1, &before, nullptr);
}

TEST_F(ChannelTest, NobodyAnswersInTimeAndTheChannelStaysAsItWas) {
  const auto started = Clock::now();
  const auto late = channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun, within(50ms));
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, ErrorCode::kIo);
  EXPECT_EQ(late.error().text, "no answer in time");
  EXPECT_GE(Clock::now() - started, 50ms);
  ASSERT_TRUE(other_.send(MessageType::kSignerBegun, v1::SignerBegun()).has_value());
  EXPECT_TRUE(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun, within(5s)).has_value());
}

TEST_F(ChannelTest, ADeadlineThatIsOverStillTakesWhatIsThere) {
  ASSERT_TRUE(other_.send(MessageType::kSignerBegun, v1::SignerBegun()).has_value());
  EXPECT_TRUE(
      channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun, within(-1s)).has_value());
  EXPECT_FALSE(
      channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun, within(-1s)).has_value());
}

TEST_F(ChannelTest, ACloseBetweenFramesIsAnEndWithoutAnError) {
  ASSERT_TRUE(other_.send(MessageType::kSignerBegun, v1::SignerBegun()).has_value());
  other_.close();
  EXPECT_TRUE(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun).has_value());
  EXPECT_EQ(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun).error().code,
            ErrorCode::kNotFound);
}

TEST_F(ChannelTest, SendingToADeadProcessRaisesNoSignal) {
  other_.close();
  EXPECT_EQ(channel_.send(MessageType::kSignerBegin, begin()).error().code, ErrorCode::kNotFound);
}

TEST_F(ChannelTest, LastWordsOfADeadProcessAreHeard) {
  v1::SignerBegun begun;
  begun.mutable_refusal()->set_code("busy");
  ASSERT_TRUE(other_.send(MessageType::kSignerBegun, begun).has_value());
  other_.close();
  EXPECT_EQ(channel_.send(MessageType::kSignerBegin, begin()).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun)->refusal().code(), "busy");
}

TEST_F(ChannelTest, DyingWithUnreadMessagesIsAnEndToo) {
  ASSERT_TRUE(channel_.send(MessageType::kSignerBegin, begin()).has_value());
  other_.close();  // the kernel says ECONNRESET here
  EXPECT_EQ(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun).error().code,
            ErrorCode::kNotFound);
}

TEST_F(ChannelTest, TheDeathOfAChildIsSeen) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGKILL);
    ::_exit(1);
  }
  other_.close();
  EXPECT_EQ(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun, within(20s)).error().code,
            ErrorCode::kNotFound);
  ::waitpid(child, nullptr, 0);
}

TEST_F(ChannelTest, ARecipientThatDoesNotReadIsLeft) {
  v1::BoxAnswer answer;
  answer.set_chunk(std::string(kCap - 16, 'x'));  // more than a socket holds
  const auto sent = channel_.send(MessageType::kBoxAnswer, answer, -1, within(50ms));
  ASSERT_FALSE(sent.has_value());
  EXPECT_EQ(sent.error().text, "no answer in time");
  EXPECT_FALSE(channel_.is_open());  // half a frame is out
  EXPECT_EQ(other_.receive<v1::BoxAnswer>(MessageType::kBoxAnswer).error().code,
            ErrorCode::kTruncated);
}

TEST_F(ChannelTest, SendsNothingThatIsLargerThanTheCap) {
  v1::BoxAnswer answer;
  answer.set_chunk(std::string(kCap, 'x'));
  EXPECT_EQ(channel_.send(MessageType::kBoxAnswer, answer).error().code, ErrorCode::kLimit);
  answer.set_chunk("x");
  ASSERT_TRUE(channel_.send(MessageType::kBoxAnswer, answer).has_value());
  EXPECT_EQ(other_.receive<v1::BoxAnswer>(MessageType::kBoxAnswer)->chunk(), "x");
}

TEST_F(ChannelTest, SendsNoDescriptorThatIsNotOpen) {
  os::Descriptor file = file_with("x");
  const int number = file.get();
  file.reset();
  EXPECT_EQ(channel_.send(MessageType::kJudgeGets, v1::JudgeGets(), number).error().code,
            ErrorCode::kIo);
  EXPECT_FALSE(channel_.send_door(os::Descriptor()).has_value());
  ASSERT_TRUE(channel_.send(MessageType::kJudgeGets, v1::JudgeGets()).has_value());
  EXPECT_TRUE(other_.receive<v1::JudgeGets>(MessageType::kJudgeGets).has_value());
}

TEST_F(ChannelTest, AClosedChannelSaysSo) {
  channel_.close();
  EXPECT_EQ(channel_.fd(), -1);
  EXPECT_FALSE(channel_.send(MessageType::kSignerBegin, begin()).has_value());
  EXPECT_FALSE(channel_.receive<v1::SignerBegun>(MessageType::kSignerBegun).has_value());
  EXPECT_FALSE(channel_.receive_door().has_value());
}

TEST(MakePair, EndsCloseOnExec) {
  const auto pair = make_pair();
  ASSERT_TRUE(pair.has_value());
  EXPECT_EQ(::fcntl(pair->a.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::fcntl(pair->b.get(), F_GETFD), FD_CLOEXEC);
}

}  // namespace
}  // namespace heyan::ipc
