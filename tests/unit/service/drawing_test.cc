// What the front makes of a child that draws: an honest one, one that dies, one that was taken
// over.
#include "gateway/service/drawing.h"

#include <unistd.h>

#include <array>
#include <functional>

#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using Change = std::function<void(v1::DrawGets&)>;

v1::DrawGets two_pages(std::uint32_t page) {
  v1::DrawGets gets;
  gets.set_pages(2);
  if (page != 0) gets.set_picture("a picture");
  return gets;
}

v1::DrawAsk wanted(std::uint32_t page) {
  v1::DrawAsk ask;
  ask.set_page(page);
  return ask;
}

class DrawingTest : public testing::Test {
 protected:
  core::Result<v1::DrawGets> ask(std::uint32_t page, const Change& change) {
    OtherSide child([&](ipc::Channel channel) {
      auto ask = channel.receive_with_descriptor<v1::DrawAsk>(ipc::MessageType::kDrawAsk);
      EXPECT_TRUE(ask && ask->descriptor.is_open());
      if (!change) return;  // it ends without a word
      v1::DrawGets gets = two_pages(ask->message.page());
      change(gets);
      EXPECT_TRUE(channel.send(ipc::MessageType::kDrawGets, gets).has_value());
    });
    ipc::Doors doors(child.front(), ipc::kDrawFrameBytes);
    return draw(doors, STDIN_FILENO, wanted(page));
  }
  v1::DrawFault fault(std::uint32_t page, const Change& change) {
    const auto gets = ask(page, change);
    EXPECT_TRUE(gets.has_value());
    return gets ? gets->fault() : v1::DRAW_FAULT_UNSPECIFIED;
  }
};

TEST_F(DrawingTest, ThePageIsTheChilds) {
  const auto gets = ask(2, [](v1::DrawGets&) {});
  ASSERT_TRUE(gets.has_value());
  EXPECT_EQ(gets->picture(), "a picture");
  EXPECT_EQ(gets->pages(), 2u);
  EXPECT_EQ(ask(0, [](v1::DrawGets&) {})->pages(), 2u);
}

TEST_F(DrawingTest, AFaultIsTold) {
  for (const auto told : {v1::DRAW_FAULT_UNREADABLE, v1::DRAW_FAULT_PASSWORD, v1::DRAW_FAULT_LIMIT,
                          v1::DRAW_FAULT_NO_SUCH_PAGE}) {
    EXPECT_EQ(fault(1,
                    [&](v1::DrawGets& gets) {
                      gets.Clear();
                      gets.set_fault(told);
                    }),
              told);
  }
}

// It never began, or was ended because of another's file. Of one that died of its own its parent
// tells: AFaultIsTold.
TEST_F(DrawingTest, WhoSaysNothingIsNoFaultOfTheFile) {
  const auto gets = ask(1, {});
  ASSERT_FALSE(gets.has_value());
  EXPECT_EQ(gets.error().code, core::ErrorCode::kIo);
}

TEST_F(DrawingTest, WhoDiesAmidItsAnswerDiedOfItsFile) {
  OtherSide child([](ipc::Channel channel) {
    EXPECT_TRUE(channel.receive_with_descriptor<v1::DrawAsk>(ipc::MessageType::kDrawAsk));
    constexpr std::array<std::uint8_t, 7> kBeginning = {9, 0, 0, 0, 27, 0, 0x0a};
    EXPECT_EQ(::write(channel.fd(), kBeginning.data(), kBeginning.size()), 7);
  });
  ipc::Doors doors(child.front(), ipc::kDrawFrameBytes);
  const auto gets = draw(doors, STDIN_FILENO, wanted(1));
  ASSERT_TRUE(gets.has_value());
  EXPECT_EQ(gets->fault(), v1::DRAW_FAULT_LIMIT);
}

TEST_F(DrawingTest, AnAnswerThatAnHonestChildDoesNotGiveIsNone) {
  const std::vector<Change> changes = {
      [](v1::DrawGets& gets) { gets.clear_pages(); },
      [](v1::DrawGets& gets) { gets.set_pages(1); },  // page 2 was asked for
      [](v1::DrawGets& gets) { gets.clear_picture(); },
      [](v1::DrawGets& gets) { gets.Clear(); },
      [](v1::DrawGets& gets) { gets.set_fault(v1::DRAW_FAULT_PASSWORD); },
      [](v1::DrawGets& gets) {
        gets.Clear();
        gets.set_fault(static_cast<v1::DrawFault>(99));
      },
  };
  for (const Change& change : changes) EXPECT_EQ(fault(2, change), v1::DRAW_FAULT_LIMIT);
  EXPECT_EQ(fault(0, [](v1::DrawGets& gets) { gets.set_picture("unasked"); }),
            v1::DRAW_FAULT_LIMIT);
}

TEST_F(DrawingTest, NobodyToAskIsAnErrorOfOurs) {
  auto pair = pair_or_die();
  pair.b.reset();
  ipc::Doors doors(std::move(pair.a), ipc::kDrawFrameBytes);
  const auto gets = draw(doors, STDIN_FILENO, wanted(1));
  ASSERT_FALSE(gets.has_value());
  EXPECT_EQ(gets.error().code, core::ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::service
