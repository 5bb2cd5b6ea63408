// A report goes out with the log proof of today.
#include <gtest/gtest.h>

#include "gateway/service/standing.h"
#include "tests/unit/service/other_side.h"
#include "verifier/core/json.h"

namespace heyan::service {
namespace {

class HandedOutTest : public testing::Test {
 protected:
  HandedOutTest() {
    report_.number = "HY-1";
    report_.envelope =
        core::to_bytes(R"({"heyan-log-proof":"old\nproof\n","payload":"e30","signatures":[]})");
  }
  std::string handed_out() { return as_handed_out(signer_, report_).value(); }

  store::Report report_;
  std::string proof_ = "new\n\u2014 log AAAA\n\u2014 witness BBBB\n";
  std::string refusal_{core::name(core::ErrorCode::kNotFound)};
  std::string asked_;
  SignerSide side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    asked_ = asks.log_proof().report_number();
    if (proof_.empty()) {
      gets.mutable_refusal()->set_code(refusal_);
    } else {
      gets.set_log_proof(proof_);
    }
    return gets;
  }};
  SignerClient signer_{side_.front()};
};

TEST_F(HandedOutTest, WithTheProofThatTheSignerGives) {
  const auto value = core::json::parse(core::as_bytes(handed_out()), {});
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(*value->find("heyan-log-proof")->as_string(), proof_);
  EXPECT_EQ(*value->find("payload")->as_string(), "e30");
  EXPECT_EQ(value->as_object()->size(), 3u);
  EXPECT_EQ(asked_, "HY-1");
}

TEST_F(HandedOutTest, AndItsTimeStamp) {
  report_.time_stamp = core::to_bytes("token");
  const auto value = core::json::parse(core::as_bytes(handed_out()), {});
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(*value->find("heyan-log-proof")->as_string(), proof_);
  EXPECT_EQ(*value->find("heyan-time-stamp")->as_string(),
            core::to_base64(core::as_bytes("token")));
}

TEST_F(HandedOutTest, OfAnEarlierLogWithItsOwn) {
  proof_.clear();
  EXPECT_EQ(handed_out(), core::to_string(report_.envelope));
}

TEST_F(HandedOutTest, NothingIsAddedWhereThereWasNone) {
  report_.envelope = core::to_bytes(R"({"payload":"e30","signatures":[]})");
  EXPECT_EQ(handed_out(), core::to_string(report_.envelope));
}

// A proof says of which log it is: an index is a place in that one alone.
constexpr std::string_view kOldProof =
    R"(c2sp.org/tlog-proof@v1\nindex 3\n\nheyan.test/log\n9\nAAAA\n\n\u2014 heyan.test/log AAAA\n)";

TEST_F(HandedOutTest, AProofIsTheSignersWithItsLog) {
  proof_ = "c2sp.org/tlog-proof@v1\nindex 5\n\nheyan.test/log-2\n9\nAAAA\n\n\u2014 x AAAA\n";
  const auto proof = log_proof_of(signer_, report_);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->text, proof_);
  EXPECT_EQ(proof->log, "heyan.test/log-2");
}

TEST_F(HandedOutTest, AProofOfAReportInAnEarlierLogIsItsOwnWithThatLog) {
  proof_.clear();
  report_.envelope = core::to_bytes(R"({"heyan-log-proof":")" + std::string(kOldProof) +
                                    R"(","payload":"e30","signatures":[]})");
  const auto proof = log_proof_of(signer_, report_);
  ASSERT_TRUE(proof.has_value());
  EXPECT_TRUE(proof->text.starts_with("c2sp.org/tlog-proof@v1\nindex 3\n")) << proof->text;
  EXPECT_EQ(proof->log, "heyan.test/log");
}

TEST_F(HandedOutTest, ASignerThatIsAwayHasNoOtherProofGiven) {
  proof_.clear();
  refusal_ = core::name(core::ErrorCode::kIo);
  const auto proof = log_proof_of(signer_, report_);
  ASSERT_FALSE(proof.has_value());
  EXPECT_EQ(proof.error().code, core::ErrorCode::kIo);
}

TEST_F(HandedOutTest, WhereThereIsNoProofThereIsNone) {
  proof_.clear();
  report_.envelope = core::to_bytes(R"({"payload":"e30","signatures":[]})");
  const auto proof = log_proof_of(signer_, report_);
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->text, "");
  EXPECT_EQ(proof->log, "");
}

}  // namespace
}  // namespace heyan::service
