// The child that draws, as the front meets it: pages of honest files, and files that would end it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <thread>

#include "heyan/v1/drawing.pb.h"
#include "tests/functional/gateway_fixture.h"
#include "tests/unit/drawing/made_pdf.h"

namespace heyan::functional {
namespace {

using drawing::MadePdf;
using ::testing::StartsWith;

constexpr std::string_view kPng = "\x89PNG\r\n";

os::Descriptor in_memory(const std::string& content) {
  os::Descriptor file(::memfd_create("evidence", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), content.data(), content.size()),
            static_cast<ssize_t>(content.size()));
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

class DrawingTest : public ProgramsTest {
 protected:
  // Where the child died, its parent's words. Nothing: nobody answered.
  std::optional<v1::DrawGets> ask(const std::string& file, std::uint32_t page) {
    ipc::Channel channel = new_job("draw", ipc::kDrawFrameBytes);
    v1::DrawAsk ask;
    ask.set_page(page);
    const os::Descriptor bytes = in_memory(file);
    EXPECT_TRUE(channel.send(ipc::MessageType::kDrawAsk, ask, bytes.get(), soon()).has_value());
    auto gets = channel.receive<v1::DrawGets>(ipc::MessageType::kDrawGets, soon());
    return gets ? std::optional(*std::move(gets)) : std::nullopt;
  }
  std::string picture(const std::string& file) {
    const auto gets = ask(file, 1);
    EXPECT_TRUE(gets.has_value());
    return gets ? gets->picture() : std::string();
  }
};

std::string two_pages() {
  MadePdf made;
  made.add_page(drawing::filled("1 0 0"));
  made.add_page(drawing::filled("0 0 1"));
  return made.write();
}

TEST_F(DrawingTest, CountsPagesAndDrawsOne) {
  start_worker("draw");
  const auto count = ask(two_pages(), 0);
  ASSERT_TRUE(count.has_value());
  EXPECT_EQ(count->pages(), 2u);
  EXPECT_EQ(count->picture(), "");
  const auto first = ask(two_pages(), 1);
  const auto second = ask(two_pages(), 2);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->pages(), 2u);
  EXPECT_THAT(second->picture(), StartsWith(std::string(kPng)));
  EXPECT_NE(first->picture(), second->picture());
  for (const std::uint32_t none : {3u, 2'147'483'648u, 4'294'967'295u}) {
    const auto gets = ask(two_pages(), none);
    ASSERT_TRUE(gets.has_value());
    EXPECT_EQ(gets->fault(), v1::DRAW_FAULT_NO_SUCH_PAGE);
    EXPECT_EQ(gets->pages(), 0u);
  }
}

// Inside the sandbox, too, letters are found that a file does not bring along.
TEST_F(DrawingTest, HasLettersThatAFileOnlyNames) {
  start_worker("draw");
  MadePdf empty;
  empty.add_page("", "0 0 140 99");
  const std::string nothing = picture(empty.write());
  for (const bool chinese : {false, true}) {
    EXPECT_GT(picture(drawing::lettered_pdf(chinese)).size(), nothing.size() + 1'000) << chinese;
  }
}

TEST_F(DrawingTest, SaysWhyThereIsNone) {
  start_worker("draw");
  for (const std::string& file : {std::string("no PDF"), std::string("%PDF-1.7\n<script>")}) {
    const auto gets = ask(file, 1);
    ASSERT_TRUE(gets.has_value());
    EXPECT_EQ(gets->fault(), v1::DRAW_FAULT_UNREADABLE);
  }
  const auto large = ask("%PDF-1.7\n" + std::string(std::size_t{129} << 20, ' '), 0);
  ASSERT_TRUE(large.has_value());
  EXPECT_EQ(large->fault(), v1::DRAW_FAULT_LIMIT);
}

// A child that takes too much of anything ends; the parent then ends to be started afresh, and the
// next file is drawn.
TEST_F(DrawingTest, WhatTakesTooLongOrTooMuchEndsItsOwnChildOnly) {
  MadePdf bomb;
  const std::size_t image =
      bomb.add_stream("",
                      "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
                      "/ColorSpace/DeviceRGB/Interpolate true");
  bomb.add_page("q 99 0 0 99 0 0 cm /I Do Q", "0 0 99 99",
                "/Resources<</XObject<</I " + MadePdf::of(image) + ">>>>");
  const std::string laughs = drawing::laughing_pdf(9);
  for (const std::string& file : {laughs, bomb.write()}) {
    start_worker("draw");
    const auto gets = ask(file, 1);
    ASSERT_TRUE(gets.has_value());
    const bool died = gets->fault() == v1::DRAW_FAULT_LIMIT;
    EXPECT_TRUE(died || file != laughs) << "that is more than 15 seconds of processor time";
    if (!died) {  // what Poppler itself refuses is no reason to end
      EXPECT_THAT(ask(two_pages(), 1)->picture(), StartsWith(std::string(kPng)));
      ::kill(programs_.at("draw"), SIGKILL);
      wait("draw");
      continue;
    }
    EXPECT_EQ(wait("draw"), 75);
    start_worker("draw");
    const auto next = ask(two_pages(), 1);
    ASSERT_TRUE(next.has_value());
    EXPECT_THAT(next->picture(), StartsWith(std::string(kPng)));
    ::kill(programs_.at("draw"), SIGKILL);
    wait("draw");
  }
}

TEST_F(DrawingTest, WorksOnNothingWithoutAFile) {
  start_worker("draw");
  ipc::Channel channel = new_job("draw", ipc::kDrawFrameBytes);
  EXPECT_TRUE(channel.send(ipc::MessageType::kDrawAsk, v1::DrawAsk(), -1, soon()).has_value());
  const auto told = channel.receive<v1::DrawGets>(ipc::MessageType::kDrawGets, soon());
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->fault(), v1::DRAW_FAULT_LIMIT) << "its parent says that it was lost";
  EXPECT_EQ(wait("draw"), 75);
}

// A reader who turned the page meanwhile.
TEST_F(DrawingTest, APageThatNobodyWantsAnyMoreCostsNobodyAnything) {
  start_worker("draw");
  {
    ipc::Channel channel = new_job("draw", ipc::kDrawFrameBytes);
    v1::DrawAsk ask;
    ask.set_page(1);
    const os::Descriptor bytes = in_memory(two_pages());
    EXPECT_TRUE(channel.send(ipc::MessageType::kDrawAsk, ask, bytes.get(), soon()).has_value());
  }
  // It ends; nobody starts its parent afresh here.
  std::this_thread::sleep_for(std::chrono::seconds(2));
  const auto next = ask(two_pages(), 1);
  ASSERT_TRUE(next.has_value());
  EXPECT_THAT(next->picture(), StartsWith(std::string(kPng)));
}

}  // namespace
}  // namespace heyan::functional
