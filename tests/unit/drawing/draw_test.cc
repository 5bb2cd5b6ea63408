// The child that draws, without its sandbox: what it does for a front that has gone, and what is
// said of it when it died.
#include "gateway/drawing/draw.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "gateway/ipc/frame_limits.h"
#include "heyan/v1/drawing.pb.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::drawing {
namespace {

using ipc::MessageType;

struct Ends {
  Ends() {
    auto pair = ipc::make_pair();
    front.emplace(std::move(pair->a), ipc::kDrawFrameBytes);
    child.emplace(std::move(pair->b), ipc::kDrawFrameBytes);
  }
  std::optional<ipc::Channel> front;
  std::optional<ipc::Channel> child;
};

TEST(DrawTest, AReaderWhoTurnedThePageIsNoFault) {
  const os::TemporaryFolder folder;
  const auto path = folder.write("none.pdf", "no PDF");
  const os::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  Ends ends;
  ASSERT_TRUE(ends.front->send(MessageType::kDrawAsk, v1::DrawAsk(), file.get()).has_value());
  ends.front.reset();
  EXPECT_TRUE(run_draw(*std::move(ends.child)));
}

TEST(DrawTest, ButAQuestionWithoutAFileIsNotInOrder) {
  Ends ends;
  ASSERT_TRUE(ends.front->send(MessageType::kDrawAsk, v1::DrawAsk()).has_value());
  EXPECT_FALSE(run_draw(*std::move(ends.child)));
}

TEST(DrawTest, OfOneThatDiedIsSaidThatItTookTooMuch) {
  Ends ends;
  tell_draw_lost(*std::move(ends.child));
  const auto gets = ends.front->receive<v1::DrawGets>(MessageType::kDrawGets);
  ASSERT_TRUE(gets.has_value());
  EXPECT_EQ(gets->fault(), v1::DRAW_FAULT_LIMIT);
  EXPECT_EQ(gets->pages(), 0u);
}

}  // namespace
}  // namespace heyan::drawing
