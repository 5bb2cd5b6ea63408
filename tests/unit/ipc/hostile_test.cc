// What a channel does when the other end was taken over: it closes, keeps nothing open, and
// reserves nothing for what was only announced.
#include <fcntl.h>
#include <sys/resource.h>

#include <thread>

#include "gateway/ipc/canonical.h"
#include "heyan/v1/gateway.pb.h"
#include "tests/unit/ipc/ends.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;
using namespace std::chrono_literals;

constexpr auto kBegin = static_cast<std::uint16_t>(MessageType::kSignerBegin);
constexpr auto kGets = static_cast<std::uint16_t>(MessageType::kJudgeGets);

class Hostile : public Ends {
 protected:
  void SetUp() override { before_ = open_descriptors(); }

  // The channel is closed for good, and no descriptor stayed.
  void expect_closed() {
    EXPECT_FALSE(channel_.is_open());
    EXPECT_EQ(open_descriptors(), before_ - 1);
    put_quietly(frame(0, kBegin));
    EXPECT_FALSE(channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin).has_value());
  }
  void put_quietly(core::ByteView bytes) const {
    ::send(raw_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  ErrorCode begin_refused() {
    const auto got = channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(5s));
    EXPECT_FALSE(got.has_value());
    return got ? ErrorCode::kInternal : got.error().code;
  }
  ErrorCode gets_refused() {
    const auto got =
        channel_.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets, within(5s));
    EXPECT_FALSE(got.has_value());
    return got ? ErrorCode::kInternal : got.error().code;
  }

  std::size_t before_ = 0;
};

TEST_F(Hostile, EndsAtEveryByteOfAFrame) {
  v1::SignerBegin message;
  message.set_submission_id("HS-1");
  const core::Bytes body = encode_canonical(message);
  const core::Bytes whole =
      frame(static_cast<std::uint32_t>(body.size()), kBegin, core::as_text(body));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    auto pair = make_pair();
    channel_ = Channel(std::move(pair->a), kCap);
    raw_ = std::move(pair->b);
    put_quietly(core::ByteView(whole).first(length));
    raw_.reset();
    EXPECT_EQ(begin_refused(), length == 0 ? ErrorCode::kNotFound : ErrorCode::kTruncated)
        << length;
    EXPECT_FALSE(channel_.is_open());
  }
}

TEST_F(Hostile, StopsWithinAFrameAndIsNotWaitedForAgain) {
  put(frame(10, kBegin, "half"));
  const auto got = channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(50ms));
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().text, "no answer in time");
  expect_closed();
}

TEST_F(Hostile, StopsWithinAHead) {
  put(core::Bytes{1, 0, 0});
  const auto got = channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(50ms));
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().text, "no answer in time");
  expect_closed();
}

TEST_F(Hostile, DripsBytesPastTheDeadline) {
  const std::jthread drip([&](const std::stop_token& stop) {
    put_quietly(frame(kCap, kBegin));
    while (!stop.stop_requested()) {
      put_quietly(core::Bytes{0});
      std::this_thread::sleep_for(1ms);
    }
  });
  const auto started = Clock::now();
  const auto got = channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(100ms));
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().text, "no answer in time");
  EXPECT_LT(Clock::now() - started, 5s);
}

TEST_F(Hostile, AnnouncesMoreThanTheCap) {
  put(frame(kCap + 1, kBegin));
  EXPECT_EQ(begin_refused(), ErrorCode::kLimit);
  expect_closed();
}

TEST_F(Hostile, AnnouncesFourGigabytes) {
  put(frame(0xffffffff, kBegin));
  EXPECT_EQ(begin_refused(), ErrorCode::kLimit);
  expect_closed();
}

TEST_F(Hostile, AnnouncesTheCapAndSendsNothing) {
  channel_ = Channel(os::Descriptor(::dup(channel_.fd())), std::size_t{1} << 30);
  put(frame(std::uint32_t{1} << 30, kBegin));
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto before_kilobytes = usage.ru_maxrss;
  EXPECT_FALSE(
      channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin, within(50ms)).has_value());
  ::getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss - before_kilobytes, 64 * 1024);
}

TEST_F(Hostile, SendsAnotherTypeThanIsDue) {
  put(frame(0, static_cast<std::uint16_t>(MessageType::kSignerReport)));
  EXPECT_EQ(begin_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsTypesThatDoNotExist) {
  constexpr int kNext = static_cast<int>(MessageType::kObjectGets) + 1;
  for (const int type : {0, kNext, 256, 0x0600, 0xffff}) {
    auto pair = make_pair();
    channel_ = Channel(std::move(pair->a), kCap);
    raw_ = std::move(pair->b);
    put(frame(0, static_cast<std::uint16_t>(type)));
    EXPECT_EQ(channel_.receive().error().code, ErrorCode::kMalformed) << type;
    EXPECT_FALSE(channel_.is_open());
  }
}

TEST_F(Hostile, SendsWhatIsNoMessage) {
  put(frame(3, kBegin, "\xff\xff\xff"));
  EXPECT_EQ(begin_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsTextThatIsNotUtf8) {
  put(frame(4, kBegin, "\x0a\x02\xc3\x28"));
  EXPECT_EQ(begin_refused(), ErrorCode::kMalformed);
  expect_closed();
}

// Every one of these is the message {version: 3} to a lenient reader.
TEST_F(Hostile, SendsOtherEncodingsOfAMessage) {
  using namespace std::string_view_literals;
  const std::vector<std::string_view> encodings = {
      "\x10\x83\x00"sv,          // a longer number
      "\x90\x00\x03"sv,          // a longer field number
      "\x10\x02\x10\x03"sv,      // twice: the last one counts
      "\x10\x03\x0a\x00"sv,      // an empty text, written out
      "\x0a\x00\x10\x03"sv,      // the same before it
      "\x18\x00\x10\x03"sv,      // a zero, written out, in another order
      "\x10\x03\x78\x01"sv,      // a field that is not known
      "\x10\x03\xfa\x01\x00"sv,  // the same, with a length
      "\x10\x03\x10\x03"sv,      // twice the same
  };
  for (const std::string_view body : encodings) {
    v1::SignerBegin lenient;
    ASSERT_TRUE(lenient.ParseFromString(std::string(body)));
    ASSERT_EQ(lenient.version(), 3u);
    auto pair = make_pair();
    channel_ = Channel(std::move(pair->a), kCap);
    raw_ = std::move(pair->b);
    put(frame(static_cast<std::uint32_t>(body.size()), kBegin, body));
    EXPECT_EQ(begin_refused(), ErrorCode::kNotCanonical) << testing::PrintToString(body);
    EXPECT_FALSE(channel_.is_open());
  }
}

TEST_F(Hostile, HidesAFieldWithinAMessageWithin) {
  put(frame(4, static_cast<std::uint16_t>(MessageType::kSignerSigned), "\x12\x02\x78\x01"));
  EXPECT_EQ(channel_.receive<v1::SignerSigned>(MessageType::kSignerSigned).error().code,
            ErrorCode::kNotCanonical);
}

TEST_F(Hostile, SendsADescriptorWhereNoneMayBe) {
  put(frame(0, kBegin), std::array{raw_.get()});
  EXPECT_EQ(begin_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsADescriptorWithALaterByteOfTheHead) {
  put(core::ByteView(frame(0, kGets)).first(3));
  put(core::ByteView(frame(0, kGets)).subspan(3), std::array{raw_.get()});
  const auto got = channel_.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
  EXPECT_TRUE(got.has_value() && got->descriptor.is_open());  // it belongs to the frame
}

TEST_F(Hostile, SendsADescriptorWithTheBody) {
  put(frame(2, kGets));
  put(core::Bytes{0x08, 0x01}, std::array{raw_.get()});
  EXPECT_EQ(gets_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsTwoDescriptors) {
  put(frame(0, kGets), std::array{raw_.get(), raw_.get()});
  EXPECT_EQ(gets_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsTwoDescriptorsOneByOne) {
  put(core::ByteView(frame(0, kGets)).first(3), std::array{raw_.get()});
  put(core::ByteView(frame(0, kGets)).subspan(3), std::array{raw_.get()});
  EXPECT_EQ(gets_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsAHundredDescriptors) {
  const std::vector<int> many(100, raw_.get());
  put(frame(0, kGets), many);
  EXPECT_EQ(gets_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsADescriptorWithAMessageThatIsRefused) {
  put(frame(0, kBegin), std::array{raw_.get()});
  EXPECT_EQ(gets_refused(), ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsADescriptorAndEnds) {
  const os::Descriptor copy(::dup(raw_.get()));
  before_ = open_descriptors();
  put(core::ByteView(frame(0, kGets)).first(3), std::array{copy.get()});
  ::shutdown(raw_.get(), SHUT_RDWR);
  EXPECT_EQ(gets_refused(), ErrorCode::kTruncated);
  EXPECT_EQ(open_descriptors(), before_ - 1);
}

TEST_F(Hostile, SendsADescriptorWhenNoMoreCanBeOpened) {
  put(frame(0, kGets), std::array{raw_.get()});
  rlimit old{};
  ::getrlimit(RLIMIT_NOFILE, &old);
  // A sanitizer that meets a type for the first time wants a descriptor, too.
  EXPECT_TRUE(v1::JudgeGets().ParseFromString(""));
  const os::Descriptor lowest(::dup(raw_.get()));
  rlimit tight = old;
  tight.rlim_cur = static_cast<rlim_t>(lowest.get()) + 1;
  ::setrlimit(RLIMIT_NOFILE, &tight);
  const auto got = channel_.receive_with_descriptor<v1::JudgeGets>(MessageType::kJudgeGets);
  ::setrlimit(RLIMIT_NOFILE, &old);
  ASSERT_FALSE(got.has_value());  // not a message whose descriptor went missing
  EXPECT_EQ(got.error().code, ErrorCode::kMalformed);
}

TEST_F(Hostile, ComesToADoorWithoutADescriptor) {
  put(frame(0, static_cast<std::uint16_t>(MessageType::kDoor)));
  EXPECT_EQ(channel_.receive_door().error().code, ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, ComesToADoorWithABody) {
  put(frame(1, static_cast<std::uint16_t>(MessageType::kDoor), "x"), std::array{raw_.get()});
  EXPECT_EQ(channel_.receive_door().error().code, ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, ComesToADoorAsAnotherMessage) {
  put(frame(0, kGets), std::array{raw_.get()});
  EXPECT_EQ(channel_.receive_door().error().code, ErrorCode::kMalformed);
  expect_closed();
}

TEST_F(Hostile, SendsTheNextFrameInOnePieceWithThis) {
  core::Bytes two = frame(0, kBegin);
  const core::Bytes second = frame(2, kBegin, "\x10\x03");
  two.insert(two.end(), second.begin(), second.end());
  put(two);
  ASSERT_TRUE(channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin).has_value());
  const auto next = channel_.receive<v1::SignerBegin>(MessageType::kSignerBegin);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->version(), 3u);
}

TEST_F(Hostile, TheWireIsAsWritten) {
  v1::SignerBegin message;
  message.set_version(3);
  ASSERT_TRUE(channel_.send(MessageType::kSignerBegin, message).has_value());
  EXPECT_EQ(take(8), (core::Bytes{2, 0, 0, 0, 6, 0, 0x10, 0x03}));
}

// ---- taking without waiting

class Taken : public Hostile {
 protected:
  core::Result<std::optional<v1::SignerBegin>> take() {
    return channel_.take<v1::SignerBegin>(MessageType::kSignerBegin);
  }
  static core::Bytes begin_frame(std::string_view submission) {
    v1::SignerBegin message;
    message.set_submission_id(std::string(submission));
    const core::Bytes body = encode_canonical(message);
    return frame(static_cast<std::uint32_t>(body.size()), kBegin, core::as_text(body));
  }
};

TEST_F(Taken, OneByteAtATimeIsAMessageAtTheLast) {
  const core::Bytes whole = begin_frame("HS-1");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const auto before = take();
    ASSERT_TRUE(before.has_value() && !before->has_value()) << i;
    EXPECT_EQ(channel_.is_amid_frame(), i > 0) << i;
    put_quietly(core::ByteView(whole).subspan(i, 1));
  }
  const auto message = take();
  ASSERT_TRUE(message.has_value() && message->has_value());
  EXPECT_EQ((*message)->submission_id(), "HS-1");
  EXPECT_FALSE(channel_.is_amid_frame());
}

TEST_F(Taken, TwoFramesInOnePieceAreTwoMessages) {
  core::Bytes both = begin_frame("a");
  const core::Bytes second = begin_frame("b");
  both.insert(both.end(), second.begin(), second.end());
  put_quietly(both);
  EXPECT_EQ((**take()).submission_id(), "a");
  EXPECT_EQ((**take()).submission_id(), "b");
  EXPECT_FALSE(take()->has_value());
}

TEST_F(Taken, AnEndIsCleanBetweenFramesAlone) {
  for (const std::size_t length : {0, 1, 5, 6, 8}) {
    auto pair = make_pair();
    channel_ = Channel(std::move(pair->a), kCap);
    raw_ = std::move(pair->b);
    put_quietly(core::ByteView(begin_frame("HS-1")).first(length));
    raw_.reset();
    auto last = take();
    while (last && !last->has_value()) last = take();
    ASSERT_FALSE(last.has_value());
    EXPECT_EQ(last.error().code, length == 0 ? ErrorCode::kNotFound : ErrorCode::kTruncated);
    EXPECT_FALSE(channel_.is_open());
  }
}

TEST_F(Taken, WhatIsWrongClosesTheChannel) {
  const auto refused = [&](core::ByteView bytes) {
    auto pair = make_pair();
    channel_ = Channel(std::move(pair->a), kCap);
    raw_ = std::move(pair->b);
    put_quietly(bytes);
    const auto message = take();
    EXPECT_FALSE(message.has_value());
    EXPECT_FALSE(channel_.is_open());
    return message ? ErrorCode::kInternal : message.error().code;
  };
  EXPECT_EQ(refused(frame(0, 99)), ErrorCode::kMalformed);
  EXPECT_EQ(refused(frame(0, kGets)), ErrorCode::kMalformed);
  EXPECT_EQ(refused(frame(kCap + 1, kBegin)), ErrorCode::kLimit);
  EXPECT_EQ(refused(frame(2, kBegin, std::string_view("\x0a\x05", 2))), ErrorCode::kMalformed);
  EXPECT_EQ(refused(frame(4, kBegin, std::string_view("\x10\x80\x00\x00", 4))),
            ErrorCode::kMalformed);
}

TEST_F(Taken, ADescriptorIsRefused) {
  const int descriptor = raw_.get();
  put(frame(0, kBegin), std::span(&descriptor, 1));
  EXPECT_FALSE(take().has_value());
  EXPECT_FALSE(channel_.is_open());
}

TEST_F(Taken, WhatASocketDoesNotHoldIsSentInPieces) {
  v1::SignerBegin message;
  message.set_submission_id(std::string(kCap / 2, 'x'));
  ASSERT_TRUE(channel_.queue(MessageType::kSignerBegin, message).has_value());
  EXPECT_TRUE(channel_.has_unsent());
  Channel other(std::move(raw_), kCap);
  std::optional<v1::SignerBegin> got;
  while (!got) {
    auto taken = other.take<v1::SignerBegin>(MessageType::kSignerBegin);
    ASSERT_TRUE(taken.has_value());
    got = *std::move(taken);
    ASSERT_TRUE(channel_.flush().has_value());
  }
  EXPECT_EQ(got->submission_id().size(), kCap / 2);
  EXPECT_FALSE(channel_.is_amid_frame());
}

TEST_F(Taken, NothingIsQueuedForADeadProcess) {
  raw_.reset();
  EXPECT_EQ(channel_.queue(MessageType::kSignerBegin, v1::SignerBegin()).error().code,
            ErrorCode::kNotFound);
  EXPECT_FALSE(channel_.is_open());
}

}  // namespace
}  // namespace heyan::ipc
