// The stamper, with a test in the place of the egress process.
#include "gateway/service/stamper.h"

#include <gmock/gmock.h>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/standing.h"
#include "tests/unit/store/store_fixture.h"
#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

constexpr std::string_view kEnvelope =
    R"({"heyan-log-proof":"a \"payload\":\" b","payload":"e30","signatures":[{"protected":"","signature":"AQI"},)"
    R"({"protected":"","signature":"Aw"}]})";

core::Bytes bytes(std::string_view text) { return core::to_bytes(text); }

class StamperTest : public store::StoreTest {
 protected:
  StamperTest() {
    auto pair = *ipc::make_pair();
    front_ = std::move(pair.a);
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
  }
  void file(const std::string& id, std::string_view envelope = kEnvelope) {
    accept(store::submission(id));
    store::FinishedJob done = finished(claim(), "HY-" + id);
    done.issued_at_ms = 1000;
    done.envelope = bytes(envelope);
    EXPECT_TRUE(store_->finish_job(done).value());
  }
  void start() {
    desk_.emplace(StampDesk::Settings{.patience = std::chrono::seconds(5), .on_document = {}},
                  std::move(front_));
    stamper_.emplace(
        Stamper::Settings{.now_ms = [this] { return now_ms_.load(); },
                          .every = std::chrono::milliseconds(5),
                          .first_wait_ms = 10'000,
                          .on_tried =
                              [this](const store::DueStamp& due, auto* failure) {
                                const std::lock_guard lock(mutex_);
                                tried_.push_back(due.report + (failure == nullptr ? " 1" : " 0"));
                              }},
        *store_, *desk_);
  }
  v1::StampAsk asked() {
    auto ask = egress_->receive<v1::StampAsk>(ipc::MessageType::kStampAsk, soon());
    EXPECT_TRUE(ask.has_value());
    return ask ? *ask : v1::StampAsk();
  }
  bool is_asked() {
    return egress_
        ->receive<v1::StampAsk>(ipc::MessageType::kStampAsk,
                                ipc::within(std::chrono::milliseconds(50)))
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
  std::vector<std::string> tried(std::size_t count) {
    for (int i = 0; i < 1000; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (tried_.size() >= count) return tried_;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {};
  }
  store::Report report(const std::string& number) {
    return store_->find_report(number, store::Scope::whole_installation()).value().value();
  }
  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }

  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::atomic<std::int64_t> now_ms_ = 1000;
  std::mutex mutex_;  // guards tried_
  std::vector<std::string> tried_;
  std::optional<StampDesk> desk_;
  std::optional<Stamper> stamper_;
};

TEST_F(StamperTest, KeepsTheTokenBesideTheReport) {
  file("s1");
  EXPECT_TRUE(report("HY-s1").time_stamp.empty());
  EXPECT_EQ(with_time_stamp(report("HY-s1")), kEnvelope);
  start();
  const v1::StampAsk ask = asked();
  const core::Bytes signatures = {1, 2, 3};
  EXPECT_EQ(core::as_bytes(ask.sha256()).size(), 32u);
  EXPECT_EQ(ask.sha256(), core::to_string(crypto::sha256(signatures)));
  answer(ask.id(), "token");
  EXPECT_THAT(tried(1), testing::ElementsAre("HY-s1 1"));
  EXPECT_FALSE(is_asked());
  EXPECT_EQ(store_->stamps_pending().value(), 0u);
  EXPECT_EQ(report("HY-s1").envelope, bytes(kEnvelope)) << "what was signed stays as it was";
  const std::string stamped = with_time_stamp(report("HY-s1"));
  const auto document = core::json::parse(core::as_bytes(stamped), {});
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(core::json::write_canonical(*document), stamped);
  EXPECT_EQ(*document->find("heyan-time-stamp")->as_string(), core::to_base64(bytes("token")));
}

TEST_F(StamperTest, TriesAgainLaterAndLater) {
  file("s1");
  start();
  answer(asked().id(), "");
  EXPECT_THAT(tried(1), testing::ElementsAre("HY-s1 0"));
  now_ms_ = 10'999;
  EXPECT_FALSE(is_asked());
  now_ms_ = 11'000;
  answer(asked().id(), "");
  tried(2);
  now_ms_ = 30'999;
  EXPECT_FALSE(is_asked());
  now_ms_ = 31'000;
  answer(asked().id(), "token");
  EXPECT_THAT(tried(3), testing::ElementsAre("HY-s1 0", "HY-s1 0", "HY-s1 1"));
}

TEST_F(StamperTest, TakesNoAnswerToAnotherQuestion) {
  file("s1");
  start();
  const std::uint64_t id = asked().id();
  answer(id + 1, "other");
  answer(id, "token");
  tried(1);
  EXPECT_EQ(report("HY-s1").time_stamp, bytes("token"));
}

TEST_F(StamperTest, AsksForNothingWhereTheReportDoesNotRead) {
  file("s1", "none");
  start();
  EXPECT_THAT(tried(1), testing::ElementsAre("HY-s1 0"));
  EXPECT_FALSE(is_asked());
}

TEST_F(StamperTest, IsLostWithItsOtherSide) {
  file("s1");
  start();
  static_cast<void>(asked());
  egress_->close();
  for (int i = 0; i < 1000 && !desk_->is_lost(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(desk_->is_lost());
  EXPECT_EQ(store_->stamps_pending().value(), 1u);
}

TEST_F(StamperTest, OneStampForAReport) {
  file("s1");
  EXPECT_TRUE(store_->stamped("HY-s1", bytes("first")).has_value());
  EXPECT_FALSE(store_->stamped("HY-s1", bytes("second")).has_value());
  EXPECT_FALSE(store_->not_stamped("HY-s1", 5).has_value());
  EXPECT_FALSE(store_->stamped("HY-other", bytes("x")).has_value());
  EXPECT_EQ(report("HY-s1").time_stamp, bytes("first"));
}

}  // namespace
}  // namespace heyan::service
