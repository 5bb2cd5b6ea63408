// Asking a box about a file: what comes of boxes that answer, die, or are away.
#include "gateway/ipc/look_into.h"

#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using ipc::MessageType;

class LookInto : public testing::Test {
 protected:
  // What comes of boxes, the first of which does `first`, and the others `rest`.
  std::optional<v1::ContentFacts> ask(std::function<void(ipc::Channel&)> first,
                                      std::function<void(ipc::Channel&)> rest) {
    OtherSide side([&, count = 0](ipc::Channel channel) mutable {
      const auto request =
          channel.receive_with_descriptor<v1::BoxRequest>(MessageType::kBoxRequest);
      ASSERT_TRUE(request.has_value());
      EXPECT_TRUE(request->descriptor.is_open());
      EXPECT_EQ(request->message.look_into().algorithms(0), "sm3");
      (count++ == 0 ? first : rest)(channel);
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
  static void die(ipc::Channel&) {}
  static void say_something_else(ipc::Channel& channel) {
    v1::BoxAnswer answer;
    answer.mutable_done();
    static_cast<void>(channel.send(MessageType::kBoxAnswer, answer));
  }
  int asked_ = 0;
};

TEST_F(LookInto, GivesTheAnswer) {
  const auto facts = ask(answer, die);
  ASSERT_TRUE(facts.has_value());
  EXPECT_TRUE(facts->performed());
  EXPECT_FALSE(facts->terminated());
  EXPECT_EQ(asked_, 1);
}

TEST_F(LookInto, AsksOnceMoreWhereABoxDied) {
  const auto facts = ask(die, answer);
  ASSERT_TRUE(facts.has_value());
  EXPECT_TRUE(facts->performed());
  EXPECT_EQ(asked_, 2);
}

TEST_F(LookInto, SaysThatTwoOfThemWereStopped) {
  for (const auto act : {die, say_something_else}) {
    const auto facts = ask(act, act);
    ASSERT_TRUE(facts.has_value());
    EXPECT_TRUE(facts->terminated());
    EXPECT_FALSE(facts->performed());
    EXPECT_EQ(asked_, 2);
  }
}

TEST_F(LookInto, SaysNothingWhereBoxesAreAway) {
  ipc::Pair pair = pair_or_die();
  pair.b.reset();
  ipc::Doors boxes(std::move(pair.a), 64);
  EXPECT_FALSE(ipc::look_into(boxes, 0, {}).has_value());
}

}  // namespace
}  // namespace heyan::service
