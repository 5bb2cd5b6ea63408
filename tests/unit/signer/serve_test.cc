// The signer's loop over socket pairs: what it answers, and what closes a channel.
#include "gateway/signer/serve.h"

#include <sys/socket.h>

#include <thread>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using ipc::MessageType;

class ServeTest : public SignerTest {
 protected:
  ServeTest() {
    start();
    auto front = *ipc::make_pair();
    auto door = *ipc::make_pair();
    auto renderers = *ipc::make_pair();
    front_ = std::make_unique<ipc::Channel>(std::move(front.a), 64u << 20);
    door_ = std::make_unique<ipc::Channel>(std::move(door.a), 64);
    renderers_ = std::make_unique<ipc::Channel>(std::move(renderers.a), 64);
    thread_ = std::jthread([this, front = std::move(front.b), door = std::move(door.b),
                            renderers = std::move(renderers.b)]() mutable {
      ended_ = serve(*signer_, std::move(front),
                     {.judges = std::move(door), .renderers = std::move(renderers)});
    });
  }
  ~ServeTest() override { front_->close(); }

  Ended end() {
    front_->close();
    thread_.join();
    return ended_;
  }

  v1::FrontGets ask(const v1::FrontAsks& asks) {
    EXPECT_TRUE(front_->send(MessageType::kFrontAsks, asks).has_value());
    auto gets = front_->receive<v1::FrontGets>(MessageType::kFrontGets, soon());
    EXPECT_TRUE(gets.has_value());
    return gets ? *std::move(gets) : v1::FrontGets();
  }
  std::uint64_t intake(const std::string& submission) {
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id(submission);
    asks.mutable_intake()->set_court("0491");
    v1::StoredFile& file = *asks.mutable_intake()->add_files();
    file.set_path("case.json");
    file.set_sha256(std::string(32, 'c'));
    const v1::FrontGets gets = ask(asks);
    EXPECT_TRUE(gets.has_receipt());
    return gets.receipt().intake_index();
  }
  bool front_is_served() {
    v1::FrontAsks asks;
    asks.mutable_status()->set_payload_sha256(std::string(32, 'x'));
    return ask(asks).has_standing();
  }

  ipc::Channel new_judge() {
    auto pair = *ipc::make_pair();
    EXPECT_TRUE(door_->send_door(pair.b).has_value());
    return ipc::Channel(std::move(pair.a), ipc::kJudgeFrameBytes);
  }
  ipc::Channel new_renderer() {
    auto pair = *ipc::make_pair();
    EXPECT_TRUE(renderers_->send_door(pair.b).has_value());
    return ipc::Channel(std::move(pair.a), ipc::kSealFrameBytes);
  }
  static v1::SignerBegun begin(ipc::Channel& judge, const v1::SignerBegin& asks) {
    EXPECT_TRUE(judge.send(MessageType::kSignerBegin, asks).has_value());
    auto begun = judge.receive<v1::SignerBegun>(MessageType::kSignerBegun, soon());
    EXPECT_TRUE(begun.has_value());
    return begun ? *std::move(begun) : v1::SignerBegun();
  }
  v1::SignerSigned finish(ipc::Channel& judge, const v1::SignerBegun& begun) const {
    v1::SignerReport asks;
    asks.set_record_sha256(std::string(32, 'r'));
    *asks.mutable_report() = report_of(begun);
    EXPECT_TRUE(judge.send(MessageType::kSignerReport, asks).has_value());
    auto answer = judge.receive<v1::SignerSigned>(MessageType::kSignerSigned, soon());
    EXPECT_TRUE(answer.has_value());
    return answer ? *std::move(answer) : v1::SignerSigned();
  }
  static void expect_closed(ipc::Channel& judge) {
    const auto more = judge.receive(soon());
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().code, ErrorCode::kNotFound) << more.error().text;
  }
  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }

  std::unique_ptr<ipc::Channel> front_;
  std::unique_ptr<ipc::Channel> door_;
  std::unique_ptr<ipc::Channel> renderers_;
  Ended ended_ = Ended::kNoWaiting;
  std::jthread thread_;
};

TEST_F(ServeTest, AJudgeGetsOneReportSigned) {
  ipc::Channel judge = new_judge();
  const v1::SignerBegun begun = begin(judge, begin_of("s1", 1, intake("s1")));
  EXPECT_FALSE(finish(judge, begun).envelope().empty());
  expect_closed(judge);
  EXPECT_EQ(end(), Ended::kFrontGone);
}

// Everything is begun afresh then, also the token's session: no question is left hanging.
TEST_F(ServeTest, WhereATokenDoesNotSignItEndsWhenAllAreAnswered) {
  token_is_lost_ = true;
  EXPECT_TRUE(front_is_served());
  thread_.join();
  EXPECT_EQ(ended_, Ended::kTokenLost);
}

// The front need not wait for one answer before it asks again.
TEST_F(ServeTest, TheFrontsQuestionsAreAnsweredInTheirOrder) {
  constexpr int kCount = 100;  // more than one round takes
  for (int i = 0; i < kCount; ++i) {
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id("s" + std::to_string(i));
    asks.mutable_intake()->set_court("0491");
    v1::StoredFile& file = *asks.mutable_intake()->add_files();
    file.set_path("case.json");
    file.set_sha256(std::string(32, 'c'));
    ASSERT_TRUE(front_->send(MessageType::kFrontAsks, asks).has_value());
  }
  for (int i = 0; i < kCount; ++i) {
    const auto gets = front_->receive<v1::FrontGets>(MessageType::kFrontGets, soon());
    ASSERT_TRUE(gets.has_value() && gets->has_receipt());
    EXPECT_EQ(gets->receipt().intake_index(), i + 1);
  }
}

TEST_F(ServeTest, WhatWasSignedBeforeIsAnsweredAtOnce) {
  const v1::SignerBegin asks = begin_of("s1", 1, intake("s1"));
  ipc::Channel first = new_judge();
  const v1::SignerSigned signed_first = finish(first, begin(first, asks));
  ipc::Channel second = new_judge();
  EXPECT_EQ(begin(second, asks).envelope(), signed_first.envelope());
  expect_closed(second);
}

TEST_F(ServeTest, AReportBeforeItsBeginningClosesTheChannel) {
  ipc::Channel judge = new_judge();
  EXPECT_TRUE(judge.send(MessageType::kSignerReport, v1::SignerReport()).has_value());
  expect_closed(judge);
  EXPECT_TRUE(front_is_served());
}

TEST_F(ServeTest, ASecondBeginningClosesTheChannel) {
  const v1::SignerBegin asks = begin_of("s1", 1, intake("s1"));
  ipc::Channel judge = new_judge();
  begin(judge, asks);
  EXPECT_TRUE(judge.send(MessageType::kSignerBegin, asks).has_value());
  expect_closed(judge);
  EXPECT_TRUE(front_is_served());
}

TEST_F(ServeTest, ARefusedBeginningIsTheEnd) {
  ipc::Channel judge = new_judge();
  EXPECT_TRUE(begin(judge, begin_of("s1", 1, intake("s1") + 1)).has_refusal());
  expect_closed(judge);
}

TEST_F(ServeTest, ARefusedReportIsNotTriedAgain) {
  ipc::Channel judge = new_judge();
  v1::SignerBegun begun = begin(judge, begin_of("s1", 1, intake("s1")));
  begun.set_report_number("HY-AAAA-AAAA-AAAA-AAAA");
  EXPECT_TRUE(finish(judge, begun).has_refusal());
  expect_closed(judge);
}

// Then nothing else is heard of that judge; and wrong ones are the end of all reports.
TEST_F(ServeTest, CanariesAreTheEndAndWrongOnesThatOfReports) {
  const std::uint64_t place = intake("s1");
  v1::SignerBegin canaries;
  canaries.mutable_canaries();
  ipc::Channel judge = new_judge();
  EXPECT_TRUE(begin(judge, canaries).has_canaries());
  expect_closed(judge);
  ipc::Channel other = new_judge();
  EXPECT_TRUE(begin(other, begin_of("s1", 1, place)).has_refusal());
  EXPECT_TRUE(front_is_served());
  EXPECT_GT(intake("s2"), place);
}

TEST_F(ServeTest, CanariesAfterABeginningCloseTheChannelAndSayNothing) {
  const v1::SignerBegin asks = begin_of("s1", 1, intake("s1"));
  v1::SignerBegin canaries;
  canaries.mutable_canaries();
  ipc::Channel judge = new_judge();
  begin(judge, asks);
  EXPECT_TRUE(judge.send(MessageType::kSignerBegin, canaries).has_value());
  expect_closed(judge);
  ipc::Channel other = new_judge();
  EXPECT_FALSE(begin(other, asks).has_refusal());
}

// What only the front may ask is nothing to a judge.
TEST_F(ServeTest, AJudgeCannotAskWhatTheFrontAsks) {
  ipc::Channel judge = new_judge();
  v1::FrontAsks asks;
  asks.mutable_withdraw()->set_report_number("HY-AAAA-AAAA-AAAA-AAAA");
  EXPECT_TRUE(judge.send(MessageType::kFrontAsks, asks).has_value());
  expect_closed(judge);
  EXPECT_TRUE(front_is_served());
}

TEST_F(ServeTest, ADescriptorFromAJudgeClosesTheChannel) {
  ipc::Channel judge = new_judge();
  EXPECT_TRUE(judge.send(MessageType::kSignerBegin, v1::SignerBegin(), 1).has_value());
  expect_closed(judge);
}

// Well before kPatience is over: nobody waits for it. Then it is parted from.
TEST_F(ServeTest, AJudgeThatStopsInAFrameHoldsUpNobody) {
  const auto began = std::chrono::steady_clock::now();
  ipc::Channel stuck = new_judge();
  EXPECT_EQ(::send(stuck.fd(), "\x10\0\0", 3, 0), 3);
  ipc::Channel within_body = new_judge();
  EXPECT_EQ(::send(within_body.fd(), "\x10\0\0\0\x06\0\x0a", 7, 0), 7);
  EXPECT_TRUE(front_is_served());
  ipc::Channel other = new_judge();
  EXPECT_FALSE(finish(other, begin(other, begin_of("s1", 1, intake("s1")))).envelope().empty());
  EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience - std::chrono::seconds(1));
  expect_closed(stuck);
  expect_closed(within_body);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3 * kPatience);
  EXPECT_TRUE(front_is_served());
}

// Nor for one that does not take its answer, which is larger than its socket holds.
TEST_F(ServeTest, AJudgeThatDoesNotReadHoldsUpNobody) {
  ipc::Channel deaf = new_judge();
  const v1::SignerBegun begun = begin(deaf, begin_of("s1", 1, intake("s1")));
  v1::SignerReport asks;
  asks.set_record_sha256(std::string(32, 'r'));
  *asks.mutable_report() = report_of(begun);
  asks.mutable_report()->set_case_number(std::string(2u << 20, 'x'));
  EXPECT_TRUE(deaf.send(MessageType::kSignerReport, asks, -1, soon()).has_value());
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(front_is_served());
  EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience - std::chrono::seconds(1));
}

TEST_F(ServeTest, AFrontThatStopsInAFrameHoldsUpNoJudgeAndEndsTheSigner) {
  const v1::SignerBegin asks = begin_of("s1", 1, intake("s1"));
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(::send(front_->fd(), "\x10\0\0", 3, 0), 3);
  ipc::Channel judge = new_judge();
  EXPECT_FALSE(finish(judge, begin(judge, asks)).envelope().empty());
  EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience - std::chrono::seconds(1));
  thread_.join();
  EXPECT_EQ(ended_, Ended::kFrontStrange);
}

TEST_F(ServeTest, TheFrontCannotBeginAReport) {
  EXPECT_TRUE(front_->send(MessageType::kSignerBegin, begin_of("s1", 1, 1)).has_value());
  const auto answer = front_->receive(soon());
  EXPECT_FALSE(answer.has_value());
  thread_.join();
  EXPECT_EQ(ended_, Ended::kFrontStrange);
}

TEST_F(ServeTest, ADoorThatSaysSomethingElseEndsTheSigner) {
  EXPECT_TRUE(door_->send(MessageType::kSignerBegin, v1::SignerBegin()).has_value());
  thread_.join();
  EXPECT_EQ(ended_, Ended::kDoorStrange);
}

TEST_F(ServeTest, ADoorThatClosedKeepsNobodyFromTheFront) {
  door_->close();
  EXPECT_TRUE(front_is_served());
  EXPECT_EQ(end(), Ended::kFrontGone);
}

TEST_F(ServeTest, MoreJudgesThanThereIsRoomForWait) {
  std::vector<ipc::Channel> judges;
  for (std::size_t i = 0; i < kMostGuests + 1; ++i) judges.push_back(new_judge());
  const v1::SignerBegin asks = begin_of("s1", 1, intake("s1"));
  EXPECT_TRUE(judges.back().send(MessageType::kSignerBegin, asks).has_value());
  const auto early = judges.back().receive(ipc::within(std::chrono::milliseconds(300)));
  ASSERT_FALSE(early.has_value());
  EXPECT_EQ(early.error().code, ErrorCode::kIo);
  judges.front().close();
  EXPECT_TRUE(
      judges.back().receive<v1::SignerBegun>(MessageType::kSignerBegun, soon()).has_value());
}

TEST_F(ServeTest, ARendererHasTwoFilesOfAnIssuedReportSealedAndNoThird) {
  ipc::Channel judge = new_judge();
  const v1::SignerBegun begun = begin(judge, begin_of("s1", 1, intake("s1")));
  ASSERT_FALSE(finish(judge, begun).envelope().empty());
  ipc::Channel renderer = new_renderer();
  v1::SealBegin asks;
  asks.set_payload_sha256(
      core::to_string(crypto::sha256(core::as_bytes(report::encode_payload(report_of(begun))))));
  ASSERT_TRUE(renderer.send(MessageType::kSealBegin, asks).has_value());
  const auto told = renderer.receive<v1::SealBegun>(MessageType::kSealBegun, soon());
  ASSERT_TRUE(told.has_value());
  EXPECT_FALSE(told->statement().empty());
  for (const v1::SealForm form : {v1::SEAL_FORM_CMS, v1::SEAL_FORM_XADES}) {
    v1::SealFile file;
    file.set_file_sha256(std::string(32, 'f'));
    file.set_form(form);
    ASSERT_TRUE(renderer.send(MessageType::kSealFile, file).has_value());
    const auto sealed = renderer.receive<v1::Sealed>(MessageType::kSealed, soon());
    ASSERT_TRUE(sealed.has_value());
    EXPECT_FALSE(sealed->seal().empty());
  }
  expect_closed(renderer);
}

TEST_F(ServeTest, OfAReportThatWasNotIssuedARendererIsToldNothing) {
  ipc::Channel renderer = new_renderer();
  v1::SealBegin begin;
  begin.set_payload_sha256(std::string(32, 'x'));
  ASSERT_TRUE(renderer.send(MessageType::kSealBegin, begin).has_value());
  const auto begun = renderer.receive<v1::SealBegun>(MessageType::kSealBegun, soon());
  ASSERT_TRUE(begun.has_value());
  EXPECT_TRUE(begun->has_refusal());
  EXPECT_TRUE(begun->statement().empty());
  expect_closed(renderer);
  EXPECT_TRUE(front_is_served());
}

TEST_F(ServeTest, ARendererCannotAskWhatAJudgeMay) {
  ipc::Channel renderer = new_renderer();
  ASSERT_TRUE(renderer.send(MessageType::kSignerBegin, v1::SignerBegin()).has_value());
  expect_closed(renderer);
  ipc::Channel early = new_renderer();
  ASSERT_TRUE(early.send(MessageType::kSealFile, v1::SealFile()).has_value());
  expect_closed(early);
  EXPECT_TRUE(front_is_served());
}

TEST_F(ServeTest, AJudgeCannotHaveAFileSealed) {
  ipc::Channel judge = new_judge();
  ASSERT_TRUE(judge.send(MessageType::kSealBegin, v1::SealBegin()).has_value());
  expect_closed(judge);
  EXPECT_TRUE(front_is_served());
}

}  // namespace
}  // namespace heyan::signer
