// What the render child takes from the front as a time stamp.
#include "gateway/worker/stamps.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "heyan/v1/gateway.pb.h"
#include "tests/unit/ers/authority.h"

namespace heyan::worker {
namespace {

const core::Bytes kDigest(32, 0x5a);

core::Bytes token_over(core::ByteView sha256) {
  static const ers::testing::TestAuthority kAuthority("TSA", "2020-01-01T00:00:00Z",
                                                      "2040-01-01T00:00:00Z");
  return kAuthority.stamp(crypto::Hash::kSha256, sha256, "2026-06-01T08:00:00Z");
}

// What the child gets where the front answers so.
std::optional<core::Bytes> answered(const std::function<void(v1::StampGets&)>& answer) {
  auto pair = *ipc::make_pair();
  ipc::Channel child(std::move(pair.a), 65'536);
  std::jthread front([&, end = std::move(pair.b)]() mutable {
    ipc::Channel channel(std::move(end), 65'536);
    const auto ask = channel.receive<v1::StampAsk>(ipc::MessageType::kStampAsk);
    ASSERT_TRUE(ask.has_value());
    EXPECT_EQ(ask->sha256(), core::to_string(kDigest));
    v1::StampGets gets;
    gets.set_id(ask->id());
    answer(gets);
    EXPECT_TRUE(channel.send(ipc::MessageType::kStampGets, gets).has_value());
  });
  Stamps stamps(&child);
  return stamps.over(kDigest);
}

TEST(StampsTest, AStampOverWhatWasAskedIsTaken) {
  const core::Bytes token = token_over(kDigest);
  EXPECT_EQ(answered([&](v1::StampGets& gets) { gets.set_token(core::to_string(token)); }), token);
}

TEST(StampsTest, NothingElseIs) {
  const std::string good = core::to_string(token_over(kDigest));
  EXPECT_FALSE(answered(
      [](v1::StampGets& gets) { gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME); }));
  EXPECT_FALSE(answered([](v1::StampGets&) {}));
  EXPECT_FALSE(answered([](v1::StampGets& gets) { gets.set_token("token"); }));
  EXPECT_FALSE(answered([](v1::StampGets& gets) {
    gets.set_token(core::to_string(token_over(core::Bytes(32, 1))));
  }));
  EXPECT_FALSE(answered([&](v1::StampGets& gets) {
    gets.set_id(gets.id() + 1);
    gets.set_token(good);
  }));
  EXPECT_FALSE(answered([&](v1::StampGets& gets) {
    std::string damaged = good;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    gets.set_token(damaged);
  }));
}

TEST(StampsTest, WithoutAnAuthorityNobodyIsAsked) {
  Stamps stamps(nullptr);
  EXPECT_FALSE(stamps.over(kDigest).has_value());
}

TEST(StampsTest, AFrontThatIsGoneIsNoStamp) {
  auto pair = *ipc::make_pair();
  ipc::Channel child(std::move(pair.a), 65'536);
  pair.b.reset();
  Stamps stamps(&child);
  EXPECT_FALSE(stamps.over(kDigest).has_value());
}

}  // namespace
}  // namespace heyan::worker
