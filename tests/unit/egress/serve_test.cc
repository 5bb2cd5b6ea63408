// The egress process and whoever asks it, who may have been taken over.
#include "gateway/egress/serve.h"

#include <gtest/gtest.h>

#include <future>

namespace heyan::egress {
namespace {

using ipc::MessageType;

class Serving : public ::testing::Test {
 protected:
  Serving() {
    // Nobody listens on port 1, and no address of this machine is permitted.
    for (const char* ledger : {"chain", "without files"}) {
      ops::Node& node = nodes_.nodes.emplace_back();
      node.ledger = ledger;
      node.host = "127.0.0.1";
      node.port = 1;
      node.path = "/";
    }
    files_["chain"] = {};
    auto pair = *ipc::make_pair();
    asker_.emplace(std::move(pair.a), kFrameBytes);
    ended_ = std::async(std::launch::async, [this, end = std::move(pair.b)]() mutable {
      return serve(nodes_, files_, ipc::Channel(std::move(end), kFrameBytes));
    });
  }
  ~Serving() override { asker_->close(); }

  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }
  v1::EgressGets ask(const std::string& ledger) {
    v1::EgressAsk ask;
    ask.set_ledger(ledger);
    ask.set_body("{}");
    EXPECT_TRUE(asker_->send(MessageType::kEgressAsk, ask, -1, soon()).has_value());
    auto gets = asker_->receive<v1::EgressGets>(MessageType::kEgressGets, soon());
    EXPECT_TRUE(gets.has_value());
    return gets ? *std::move(gets) : v1::EgressGets();
  }

  static constexpr std::size_t kFrameBytes = 1u << 20;
  ops::Nodes nodes_;
  Files files_;
  std::optional<ipc::Channel> asker_;
  std::future<int> ended_;
};

TEST_F(Serving, NoLedgerThatItsFileDoesNotName) {
  for (const char* ledger : {"", "other", "https://127.0.0.1/", "Chain"})
    EXPECT_EQ(ask(ledger).failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER) << ledger;
  EXPECT_EQ(ask("without files").failure().fault(), v1::EGRESS_FAULT_FILES);
}

TEST_F(Serving, NoAddressThatIsNotPermitted) {
  for (int i = 0; i < 2; ++i) {
    const v1::EgressGets gets = ask("chain");
    EXPECT_EQ(gets.failure().fault(), v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
    EXPECT_EQ(gets.failure().address(), "127.0.0.1");
  }
}

TEST_F(Serving, EndsWithItsAsker) {
  asker_->close();
  EXPECT_EQ(ended_.get(), 0);
}

TEST_F(Serving, BelievesNoOtherMessage) {
  EXPECT_TRUE(asker_->send(MessageType::kEgressGets, v1::EgressGets(), -1, soon()).has_value());
  EXPECT_EQ(ended_.get(), 1);
}

TEST_F(Serving, TakesNoDescriptor) {
  v1::EgressAsk ask;
  ask.set_ledger("chain");
  const auto other = *ipc::make_pair();
  EXPECT_TRUE(asker_->send(MessageType::kEgressAsk, ask, other.a.get(), soon()).has_value());
  EXPECT_EQ(ended_.get(), 1);
}

}  // namespace
}  // namespace heyan::egress
