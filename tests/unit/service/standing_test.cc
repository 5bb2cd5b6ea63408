// How a report stands: the box and the signer as a test has them answer.
#include "gateway/service/standing.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

constexpr std::string_view kPayload = R"({"verdict":"ALL_CONSISTENT"})";
const std::string kNumber = "HY-AAAA-BBBB-CCCC-DDDD";

std::string digest_of(std::string_view payload) {
  return core::to_string(crypto::sha256(core::as_bytes(payload)));
}
std::string envelope_of(std::string_view payload) {
  return R"({"payload":")" + core::to_base64url(core::as_bytes(payload)) + R"("})";
}

class StandingTest : public testing::Test {
 protected:
  StandingTest() {
    EXPECT_TRUE(store_->accept({.id = "id",
                                .court = "0491",
                                .account = "a",
                                .received_at_ms = 1000,
                                .intake_index = 7,
                                .receipt = core::to_bytes("receipt"),
                                .session = core::to_bytes("session"),
                                .files = {{"case.json", 10, core::Bytes(32, 1)}}},
                               nullptr));
    EXPECT_TRUE(store_->claim_job(1000).value());
    EXPECT_TRUE(store_->finish_job({.submission = "id",
                                    .version = 1,
                                    .report_number = kNumber,
                                    .issued_at_ms = 2000,
                                    .envelope = core::to_bytes(envelope_of(kPayload)),
                                    .record_sha256 = core::Bytes(32, 2),
                                    .verdict = "ALL_CONSISTENT"}));
  }

  core::Result<Standing> ask_about(const std::string& document) {
    Staged staged(store::StagingFiles::create(folder_.path(), "check").value());
    EXPECT_TRUE(staged.begin("report").has_value());
    EXPECT_TRUE(staged.append(core::as_bytes(document)).has_value());
    EXPECT_TRUE(staged.finish().has_value());
    return find_standing({*store_, *vault_, signer_, boxes_, keys_}, *staged.find("report"));
  }
  core::Result<bool> withdraw_it(const std::string& court = "0491") {
    return withdraw({*store_, *vault_, signer_, boxes_, keys_}, store::Scope::of_court(court),
                    kNumber, "court-order", 3000);
  }
  bool is_withdrawn() {
    return store_->find_report(kNumber, {}).value()->withdrawn_at_ms.has_value();
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  std::atomic<bool> refuses_ = false;  // the signer, a withdrawal
  std::atomic<bool> deleted_ = false;
  std::atomic<core::ErrorCode> refuses_with_ = core::ErrorCode::kIo;
  SignerSide signer_side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    if (asks.has_withdraw() && refuses_) {
      gets.mutable_refusal()->set_code(std::string(core::name(refuses_with_)));
      return gets;
    }
    const bool known = asks.has_withdraw() || asks.status().payload_sha256() == digest_of(kPayload);
    gets.mutable_standing()->set_report_number(known ? kNumber : "");
    gets.mutable_standing()->set_withdrawn(asks.has_withdraw());
    gets.mutable_standing()->set_record_deleted(deleted_);
    return gets;
  }};
  OtherSide box_side_{[](ipc::Channel channel) {
    const auto asked = channel.receive(ipc::kNever, ipc::Descriptors::kOne);
    v1::BoxAnswer answer;
    answer.mutable_report()->set_doubt(v1::REPORT_DOUBT_NONE);
    answer.mutable_report()->set_payload_sha256(digest_of(kPayload));
    if (asked) static_cast<void>(channel.send(ipc::MessageType::kBoxAnswer, answer));
  }};
  SignerClient signer_{signer_side_.front()};
  ipc::Doors boxes_{box_side_.front(), ipc::kBoxFrameBytes};
  KeysInUse keys_;
};

TEST_F(StandingTest, WhoHoldsTheReportIsToldOfIt) {
  const auto standing = ask_about(envelope_of(kPayload));
  ASSERT_TRUE(standing.has_value()) << standing.error().text;
  EXPECT_EQ(standing->doubt, Doubt::kNone);
  EXPECT_EQ(standing->number, kNumber);
}

TEST_F(StandingTest, WhoHoldsTheReportIsToldThatItsRecordIsGone) {
  EXPECT_FALSE(ask_about(envelope_of(kPayload))->record_deleted);
  deleted_ = true;
  const auto standing = ask_about(envelope_of(kPayload));
  ASSERT_TRUE(standing.has_value()) << standing.error().text;
  EXPECT_EQ(standing->doubt, Doubt::kNone);
  EXPECT_TRUE(standing->record_deleted);
}

// The digests of reports stand in the public log: a box that was taken over could name any.
TEST_F(StandingTest, ABoxCannotHaveAReportToldToWhoDoesNotHoldIt) {
  EXPECT_EQ(ask_about("a document that takes the box over").error().code, core::ErrorCode::kIo);
  EXPECT_EQ(ask_about(envelope_of(R"({"verdict":"ALL_CONSISTENT" })")).error().code,
            core::ErrorCode::kIo);
}

TEST_F(StandingTest, AWithdrawalIsTakenDown) {
  EXPECT_TRUE(withdraw_it().value());
  EXPECT_TRUE(is_withdrawn());
  EXPECT_TRUE(withdraw_it().value()) << "once more";
}

TEST_F(StandingTest, AnotherCourtsReportIsNotThere) {
  EXPECT_FALSE(withdraw_it("0492").value());
  EXPECT_FALSE(is_withdrawn());
}

TEST_F(StandingTest, WhatTheSignerCannotDoIsNotTheReasonsFault) {
  refuses_ = true;
  for (const core::ErrorCode code : {core::ErrorCode::kIo, core::ErrorCode::kChanged,
                                     core::ErrorCode::kInternal, core::ErrorCode::kNotFound}) {
    refuses_with_ = code;
    EXPECT_EQ(withdraw_it().error().code, core::ErrorCode::kIo) << core::name(code);
  }
  for (const core::ErrorCode code : {core::ErrorCode::kMalformed, core::ErrorCode::kDuplicate}) {
    refuses_with_ = code;
    EXPECT_EQ(withdraw_it().error().code, code);
  }
  EXPECT_FALSE(is_withdrawn());
}

}  // namespace
}  // namespace heyan::service
