#include "gateway/service/signer_client.h"

#include <gmock/gmock.h>

#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

v1::FrontAsks question() {
  v1::FrontAsks asks;
  asks.mutable_backlog();
  return asks;
}

TEST(SignerClientTest, IsThereWhileItAnswersAlsoWithARefusal) {
  SignerSide side([](const v1::FrontAsks&) {
    v1::FrontGets gets;
    gets.mutable_refusal()->set_code("io");
    return gets;
  });
  SignerClient signer(side.front());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(signer.ask(question()).value().has_refusal());
  EXPECT_FALSE(signer.is_lost());
  EXPECT_TRUE(signer.answers());
  EXPECT_FALSE(signer.has_time());
}

TEST(SignerClientTest, IsLostOnceItIsGone) {
  ipc::Pair pair = pair_or_die();
  SignerClient signer(std::move(pair.a));
  EXPECT_FALSE(signer.is_lost());
  pair.b.reset();
  EXPECT_FALSE(signer.answers());
  EXPECT_FALSE(signer.ask(question()).has_value());
  EXPECT_TRUE(signer.is_lost());
  EXPECT_FALSE(signer.ask(question()).has_value());
}

TEST(SignerClientTest, IsLostWhereItSaysWhatNobodyAsked) {
  ipc::Pair pair = pair_or_die();
  ipc::Channel other(std::move(pair.b), 1u << 20);
  SignerClient signer(std::move(pair.a));
  ASSERT_TRUE(other.send(ipc::MessageType::kFrontAsks, question()).has_value());
  EXPECT_FALSE(signer.ask(question()).has_value());
  EXPECT_TRUE(signer.is_lost());
}

}  // namespace
}  // namespace heyan::service
