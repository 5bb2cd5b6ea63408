// Asking a box about a file: what comes of boxes that answer, die, or are away.
#include "gateway/ipc/look_into.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using ipc::MessageType;

class LookInto : public testing::Test {
 protected:
  using Act = std::function<void(ipc::Channel&)>;
  // What comes of boxes that do one after the other what `acts` say; those that come after, too, do
  // the last.
  std::optional<v1::ContentFacts> ask(const std::vector<Act>& acts) {
    OtherSide side([&, count = std::size_t{0}](ipc::Channel channel) mutable {
      const auto request =
          channel.receive_with_descriptor<v1::BoxRequest>(MessageType::kBoxRequest);
      ASSERT_TRUE(request.has_value());
      EXPECT_TRUE(request->descriptor.is_open());
      EXPECT_EQ(request->message.look_into().algorithms(0), "sm3");
      acts.at(std::min(count++, acts.size() - 1))(channel);
    });
    ipc::Doors boxes(side.front(), ipc::kJudgeFrameBytes);
    v1::LookInto request;
    request.add_algorithms("sm3");
    auto facts = ipc::look_into(boxes, 0, request);
    asked_ = side.jobs;
    return facts;
  }
  static void answer(ipc::Channel& channel) {
    v1::BoxAnswer answer;
    answer.mutable_contents()->set_performed(true);
    static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
  }
  // Ended because of another job, or never begun.
  static void leave(ipc::Channel&) {}
  // Its parent tells of it.
  static void die(ipc::Channel& channel) {
    v1::BoxAnswer answer;
    answer.mutable_contents()->set_terminated(true);
    static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
  }
  static void die_amid_its_words(ipc::Channel& channel) {
    constexpr std::array<std::uint8_t, 7> kBeginning = {9, 0, 0, 0, 2, 0, 0x0a};
    ASSERT_EQ(::write(channel.fd(), kBeginning.data(), kBeginning.size()), 7);
    die(channel);
  }
  static void say_something_else(ipc::Channel& channel) {
    v1::BoxAnswer answer;
    answer.mutable_done();
    static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
  }
  int asked_ = 0;
};

TEST_F(LookInto, GivesTheAnswer) {
  const auto facts = ask({answer});
  ASSERT_TRUE(facts.has_value());
  EXPECT_TRUE(facts->performed());
  EXPECT_FALSE(facts->terminated());
  EXPECT_EQ(asked_, 1);
}

TEST_F(LookInto, AsksOnceMoreWhereABoxDied) {
  const auto facts = ask({die, answer});
  ASSERT_TRUE(facts.has_value());
  EXPECT_TRUE(facts->performed());
  EXPECT_EQ(asked_, 2);
}

TEST_F(LookInto, SaysThatTwoOfThemWereStopped) {
  for (const auto act : {die, die_amid_its_words, say_something_else}) {
    const auto facts = ask({act});
    ASSERT_TRUE(facts.has_value());
    EXPECT_TRUE(facts->terminated());
    EXPECT_FALSE(facts->performed());
    EXPECT_EQ(asked_, 2);
  }
}

// Somebody else's file was why.
TEST_F(LookInto, DoesNotCountBoxesThatEndedBecauseOfAnother) {
  const auto facts = ask({leave, die, leave, answer});
  ASSERT_TRUE(facts.has_value());
  EXPECT_TRUE(facts->performed());
  EXPECT_FALSE(facts->terminated());
  EXPECT_EQ(asked_, 4);
}

TEST_F(LookInto, SaysNothingWhereNoBoxIsLeftToItsWork) {
  EXPECT_FALSE(ask({leave}).has_value());
  EXPECT_EQ(asked_, 4);
  EXPECT_FALSE(ask({die, leave}).has_value());
  EXPECT_EQ(asked_, 4);
}

TEST_F(LookInto, SaysNothingWhereBoxesAreAway) {
  ipc::Pair pair = pair_or_die();
  pair.b.reset();
  ipc::Doors boxes(std::move(pair.a), 64);
  EXPECT_FALSE(ipc::look_into(boxes, 0, {}).has_value());
}

}  // namespace
}  // namespace heyan::service
