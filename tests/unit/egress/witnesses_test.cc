#include "gateway/egress/witnesses.h"

#include <gtest/gtest.h>

#include <future>

namespace heyan::egress {
namespace {

using ipc::MessageType;

class WitnessesTest : public testing::Test {
 protected:
  WitnessesTest() {
    ops::LogWitness witness;
    witness.vkey = "court.example/witness+00000000+AA==";
    witness.plain = true;
    witness.host = "127.0.0.1";
    witness.port = 1;  // nobody is there
    witness.path = "/";
    witness.addresses = {"127.0.0.1"};
    witness.seconds = 2;
    witnesses_.push_back(witness);
    witness.vkey = "notary.example/witness+00000000+AA==";
    witness.addresses.clear();
    witnesses_.push_back(witness);
    witness.vkey = "bureau.example/witness+00000000+AA==";
    witness.plain = false;
    witness.ca = "/nowhere/ca.pem";
    witnesses_.push_back(witness);
    files_ = read_witness_files(witnesses_);
    auto pair = std::move(ipc::make_pair()).value();
    front_.emplace(std::move(pair.a), 1u << 20);
    status_ = std::async(std::launch::async, [this, end = std::move(pair.b)]() mutable {
      return serve_witnesses(witnesses_, "log.example/a", files_,
                             ipc::Channel(std::move(end), 1u << 20));
    });
  }
  v1::WitnessGets ask(const std::string& name, const std::string& body = "body") {
    v1::WitnessAsk ask;
    ask.set_id(7);
    ask.set_witness(name);
    ask.set_body(body);
    EXPECT_TRUE(front_->send(MessageType::kWitnessAsk, ask));
    auto gets = front_->receive<v1::WitnessGets>(MessageType::kWitnessGets,
                                                 ipc::within(std::chrono::seconds(20)));
    return gets ? *gets : v1::WitnessGets();
  }

  std::vector<ops::LogWitness> witnesses_;
  WitnessFiles files_;
  std::optional<ipc::Channel> front_;
  std::future<int> status_;
};

TEST_F(WitnessesTest, OnlyConfiguredOnesAreCalled) {
  ASSERT_TRUE(start_library());
  EXPECT_EQ(ask("court.example/witness").id(), 7u);
  EXPECT_EQ(ask("court.example/witness").failure().fault(), v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(ask("notary.example/witness").failure().fault(), v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
  EXPECT_EQ(ask("bureau.example/witness").failure().fault(), v1::EGRESS_FAULT_FILES);
  EXPECT_EQ(ask("stranger.example/witness").failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  EXPECT_EQ(ask("").failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  front_.reset();
  EXPECT_EQ(status_.get(), 0);
}

TEST_F(WitnessesTest, ABodyThatIsNoRequestsEndsIt) {
  v1::WitnessAsk ask;
  ask.set_witness("court.example/witness");
  ask.set_body(std::string(81u << 10, 'x'));
  ASSERT_TRUE(front_->send(MessageType::kWitnessAsk, ask));
  EXPECT_EQ(status_.get(), 1);
}

TEST_F(WitnessesTest, SoDoesOneWithAQuestionThatHasNone) {
  v1::WitnessAsk ask;
  ask.set_witness("court.example/witness");
  ask.set_kept(true);
  ask.set_body("x");
  ASSERT_TRUE(front_->send(MessageType::kWitnessAsk, ask));
  EXPECT_EQ(status_.get(), 1);
}

TEST_F(WitnessesTest, SoDoesAnotherMessage) {
  ASSERT_TRUE(front_->send(MessageType::kStampAsk, v1::StampAsk()));
  EXPECT_EQ(status_.get(), 1);
}

}  // namespace
}  // namespace heyan::egress
