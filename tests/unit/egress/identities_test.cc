#include "gateway/egress/identities.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::egress {
namespace {

using ipc::MessageType;

class IdentitiesTest : public testing::Test {
 protected:
  IdentitiesTest() {
    folder_.write_secret("secret", "a secret\n");
    folder_.write("ca.pem", "nobody's");
    ops::Oidc oidc;
    oidc.id = "court";
    oidc.host = "127.0.0.1";
    oidc.port = 1;  // nobody is there
    oidc.path = "/token";
    oidc.ca = folder_ / "ca.pem";
    oidc.addresses = {"127.0.0.1"};
    oidc.seconds = 2;
    oidc.keys = oidc;
    oidc.issuer = "https://127.0.0.1:1";
    oidc.client_id = "heyan";
    oidc.client_secret = folder_ / "secret";
    oidc.algorithm = "ES256";
    providers_.push_back(oidc);
    oidc.id = "notary";
    oidc.addresses.clear();
    providers_.push_back(oidc);
    oidc.id = "bureau";
    oidc.client_secret = folder_ / "nowhere";
    providers_.push_back(oidc);
    files_ = read_identity_files(providers_);
    auto pair = std::move(ipc::make_pair()).value();
    front_.emplace(std::move(pair.a), 1u << 20);
    status_ = std::async(std::launch::async, [this, end = std::move(pair.b)]() mutable {
      return serve_identities(providers_, files_, ipc::Channel(std::move(end), 1u << 20));
    });
  }
  static v1::IdentityAsk question(const std::string& provider = "court") {
    v1::IdentityAsk ask;
    ask.set_id(7);
    ask.set_provider(provider);
    ask.set_code("code");
    ask.set_verifier(std::string(43, 'v'));
    ask.set_nonce("n-1");
    return ask;
  }
  v1::IdentityGets ask(const std::string& provider) {
    EXPECT_TRUE(front_->send(MessageType::kIdentityAsk, question(provider)));
    auto gets = front_->receive<v1::IdentityGets>(MessageType::kIdentityGets,
                                                  ipc::within(std::chrono::seconds(60)));
    return gets ? *gets : v1::IdentityGets();
  }
  void expect_the_end(const v1::IdentityAsk& ask) {
    ASSERT_TRUE(front_->send(MessageType::kIdentityAsk, ask));
    EXPECT_EQ(status_.get(), 1);
  }

  os::TemporaryFolder folder_;
  std::vector<ops::Oidc> providers_;
  AllIdentityFiles files_;
  std::optional<ipc::Channel> front_;
  std::future<int> status_;
};

TEST_F(IdentitiesTest, OnlyConfiguredProvidersAreCalled) {
  ASSERT_TRUE(start_library());
  EXPECT_EQ(files_.find("court")->second.secret, "a secret");
  const v1::IdentityGets gets = ask("court");
  EXPECT_EQ(gets.id(), 7u);
  EXPECT_TRUE(gets.has_failure());
  EXPECT_EQ(ask("notary").failure().fault(), v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
  EXPECT_EQ(ask("bureau").failure().fault(), v1::EGRESS_FAULT_FILES);
  EXPECT_EQ(ask("stranger").failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  EXPECT_EQ(ask("").failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER);
  front_.reset();
  EXPECT_EQ(status_.get(), 0);
}

TEST_F(IdentitiesTest, ACodeIsPrintable) {
  v1::IdentityAsk ask = question();
  ask.set_code("a\nb");
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, ACodeIsThere) {
  v1::IdentityAsk ask = question();
  ask.clear_code();
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, ACodeIsShort) {
  v1::IdentityAsk ask = question();
  ask.set_code(std::string(2049, 'x'));
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, AVerifierIsOne) {
  v1::IdentityAsk ask = question();
  ask.set_verifier(std::string(42, 'v'));
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, AVerifierNeedsNoEncoding) {
  v1::IdentityAsk ask = question();
  ask.set_verifier(std::string(43, 'v') + "&client_id=other");
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, ASignInHasANonce) {
  v1::IdentityAsk ask = question();
  ask.clear_nonce();
  expect_the_end(ask);
}

TEST_F(IdentitiesTest, AnotherMessageEndsIt) {
  ASSERT_TRUE(front_->send(MessageType::kStampAsk, v1::StampAsk()));
  EXPECT_EQ(status_.get(), 1);
}

}  // namespace
}  // namespace heyan::egress
