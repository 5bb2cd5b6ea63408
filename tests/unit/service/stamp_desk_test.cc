// The desk and whoever renders, with a test in the places of egress and of the render child.
#include "gateway/service/stamp_desk.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/rendering.h"

namespace heyan::service {
namespace {

using std::chrono::milliseconds;

const core::Bytes kDigest(32, 0x5a);

ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }

class StampDeskTest : public ::testing::Test {
 protected:
  StampDeskTest() {
    auto pair = *ipc::make_pair();
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
    front_ = std::move(pair.a);
  }
  void open(milliseconds document_patience, milliseconds rest = std::chrono::seconds(60)) {
    desk_.emplace(StampDesk::Settings{.patience = std::chrono::seconds(5),
                                      .document_patience = document_patience,
                                      .rest = rest,
                                      .on_document =
                                          [this](const v1::EgressFailure* failure) {
                                            (failure == nullptr ? stamped_ : without_) += 1;
                                          }},
                  std::move(front_));
  }
  v1::StampAsk asked() {
    auto ask = egress_->receive<v1::StampAsk>(ipc::MessageType::kStampAsk, soon());
    EXPECT_TRUE(ask.has_value());
    return ask ? *ask : v1::StampAsk();
  }
  bool is_asked() {
    return egress_
        ->receive<v1::StampAsk>(ipc::MessageType::kStampAsk, ipc::within(milliseconds(50)))
        .has_value();
  }
  void answer(std::uint64_t id, const std::string& token) {
    v1::StampGets gets;
    gets.set_id(id);
    if (token.empty())
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_CONNECTION);
    else
      gets.set_token(token);
    EXPECT_TRUE(egress_->send(ipc::MessageType::kStampGets, gets, -1, soon()).has_value());
  }
  // Egress, which answers one question.
  std::jthread answering(const std::string& token) {
    return std::jthread([this, token] { answer(asked().id(), token); });
  }

  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::atomic<int> stamped_ = 0;
  std::atomic<int> without_ = 0;
  std::optional<StampDesk> desk_;
};

TEST_F(StampDeskTest, ADocumentGetsItsStamp) {
  open(std::chrono::seconds(10));
  const std::jthread egress = answering("token");
  EXPECT_EQ(desk_->stamp_document(kDigest), core::to_bytes(std::string_view("token")));
  EXPECT_EQ(stamped_, 1);
}

TEST_F(StampDeskTest, ADocumentWaitsForAShortWhileAndThenNobodyDoesForALonger) {
  open(milliseconds(50));
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  const std::uint64_t first = asked().id();
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  EXPECT_FALSE(is_asked());
  EXPECT_EQ(without_, 1) << "the second was not asked for";
  // A report is asked for all the same, and the late answer is not its.
  std::jthread egress([&] {
    answer(first, "late");
    answer(asked().id(), "token");
  });
  EXPECT_EQ(desk_->ask(kDigest, false, {})->token(), "token");
}

TEST_F(StampDeskTest, AfterItsRestTheAuthorityIsAskedAgain) {
  open(std::chrono::seconds(10), milliseconds(1));
  {
    const std::jthread egress = answering("");
    EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  }
  std::this_thread::sleep_for(milliseconds(5));
  const std::jthread egress = answering("token");
  EXPECT_TRUE(desk_->stamp_document(kDigest).has_value());
  EXPECT_EQ(stamped_, 1);
  EXPECT_EQ(without_, 1);
}

TEST_F(StampDeskTest, AReportThatFailedLetsDocumentsGoWithout) {
  open(std::chrono::seconds(10));
  {
    const std::jthread egress = answering("");
    EXPECT_TRUE(desk_->ask(kDigest, false, {})->has_failure());
  }
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  EXPECT_FALSE(is_asked());
}

TEST_F(StampDeskTest, ADocumentDoesNotWaitForAReportForEver) {
  open(milliseconds(50));
  std::atomic<bool> reported = false;
  std::jthread report([&] {
    static_cast<void>(desk_->ask(kDigest, false, {}));
    reported = true;
  });
  const std::uint64_t id = asked().id();
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  EXPECT_FALSE(reported);  // it gave up while the report still had its turn
  answer(id, "token");
}

TEST_F(StampDeskTest, WithoutItsOtherSideItIsLost) {
  open(std::chrono::seconds(10));
  egress_->close();
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
  EXPECT_TRUE(desk_->is_lost());
  EXPECT_FALSE(desk_->stamp_document(kDigest).has_value());
}

// The render child, as the test has it.
class RenderingTest : public StampDeskTest {
 protected:
  using Child = std::function<void(ipc::Channel& channel, const v1::RenderJob& job)>;
  core::Result<std::string> rendered(const Child& child, bool with_desk = true) {
    auto pair = *ipc::make_pair();
    ipc::Doors doors(std::move(pair.a), 65'536);
    std::jthread parent([&, end = std::move(pair.b)]() mutable {
      ipc::Channel channel(std::move(end), 64);
      ipc::Channel job_channel(*channel.receive_door(soon()), 65'536);
      const auto job = job_channel.receive<v1::RenderJob>(ipc::MessageType::kRenderJob, soon());
      ASSERT_TRUE(job.has_value());
      child(job_channel, *job);
    });
    return render({.doors = doors, .stamps = with_desk ? &*desk_ : nullptr}, v1::RenderJob());
  }
  static v1::StampGets stamp(ipc::Channel& channel, const core::Bytes& digest) {
    v1::StampAsk ask;
    ask.set_id(7);
    ask.set_sha256(core::to_string(digest));
    EXPECT_TRUE(channel.send(ipc::MessageType::kStampAsk, ask, -1, soon()).has_value());
    const auto gets = channel.receive<v1::StampGets>(ipc::MessageType::kStampGets, soon());
    return gets ? *gets : v1::StampGets();
  }
  static void done(ipc::Channel& channel, const std::string& content) {
    v1::Rendered rendered;
    rendered.set_content(content);
    static_cast<void>(channel.send(ipc::MessageType::kRendered, rendered, -1, soon()));
  }
};

TEST_F(RenderingTest, TheChildGetsWhatItAsksFor) {
  open(std::chrono::seconds(10));
  const std::jthread egress = answering("token");
  const auto content = rendered([](ipc::Channel& channel, const v1::RenderJob& job) {
    EXPECT_TRUE(job.stamped());
    const v1::StampGets gets = stamp(channel, kDigest);
    EXPECT_EQ(gets.id(), 7u);
    done(channel, gets.token());
  });
  EXPECT_EQ(content.value(), "token");
}

TEST_F(RenderingTest, WithoutAStampThereIsStillADocument) {
  open(milliseconds(20));
  const auto content = rendered([](ipc::Channel& channel, const v1::RenderJob&) {
    done(channel, stamp(channel, kDigest).has_failure() ? "without" : "with");
  });
  EXPECT_EQ(content.value(), "without");
}

TEST_F(RenderingTest, WithoutAnAuthorityNothingMayBeAsked) {
  const auto content = rendered(
      [](ipc::Channel& channel, const v1::RenderJob& job) {
        EXPECT_FALSE(job.stamped());
        done(channel, std::string(1, stamp(channel, kDigest).has_token() ? '1' : '0'));
      },
      false);
  EXPECT_EQ(content.error().code, core::ErrorCode::kIo);
  EXPECT_EQ(rendered([](ipc::Channel& channel, const v1::RenderJob&) { done(channel, "x"); }, false)
                .value(),
            "x");
}

TEST_F(RenderingTest, AChildThatAsksForAnythingElseIsNotHeard) {
  open(milliseconds(20));
  EXPECT_FALSE(rendered([](ipc::Channel& channel, const v1::RenderJob&) {
                 static_cast<void>(stamp(channel, core::Bytes(31, 1)));
                 done(channel, "x");
               }).has_value());
  EXPECT_FALSE(rendered([](ipc::Channel& channel, const v1::RenderJob&) {
                 for (int i = 0; i < 9; ++i) static_cast<void>(stamp(channel, kDigest));
                 done(channel, "x");
               }).has_value());
  EXPECT_FALSE(rendered([](ipc::Channel& channel, const v1::RenderJob&) {
                 static_cast<void>(
                     channel.send(ipc::MessageType::kSealFile, v1::SealFile(), -1, soon()));
                 done(channel, "x");
               }).has_value());
}

}  // namespace
}  // namespace heyan::service
