// The egress process and the front, which may have been taken over. (Real receivers are in
// tests/functional/gateway/webhooks_test.)
#include "gateway/egress/webhooks.h"

#include <gmock/gmock.h>

#include <future>

#include "heyan/v1/webhook.pb.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::egress {
namespace {

using core::ErrorCode;
using ipc::MessageType;

const std::string kSecret = "whsec_" + core::to_base64(core::Bytes(32, 1));

class Keys : public testing::Test {
 protected:
  Keys() {
    webhook_.account = "a";
    webhook_.host = "127.0.0.1";
    webhook_.port = 1;
    webhook_.path = "/";
    webhook_.ca = folder_.write("ca.pem", "a CA");
    webhook_.secrets = {folder_.write_secret("secret", kSecret + "\n")};
    const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
    webhook_.signing_key = folder_.write_secret("key.pem", key->to_pem());
    webhook_.key_id = "k";
  }
  ErrorCode refused() const {
    const auto keys = read_webhook_keys(webhook_);
    return keys ? ErrorCode::kInternal : keys.error().code;
  }
  os::TemporaryFolder folder_;
  ops::Webhook webhook_;
};

TEST_F(Keys, AreReadFromTheirFiles) {
  const auto keys = read_webhook_keys(webhook_);
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->secrets, std::vector<core::Bytes>{core::Bytes(32, 1)});
  EXPECT_TRUE(keys->signing_key);
}

TEST_F(Keys, ThatOthersCanReadAreRefused) {
  const auto shown = [](const std::filesystem::path& file) {
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
  };
  shown(webhook_.signing_key);
  EXPECT_EQ(refused(), ErrorCode::kUnsupported);
  webhook_.signing_key.clear();
  EXPECT_TRUE(read_webhook_keys(webhook_));
  shown(webhook_.secrets.front());
  EXPECT_EQ(refused(), ErrorCode::kUnsupported);
}

TEST_F(Keys, AreRefusedWhereTheyAreNone) {
  webhook_.secrets = {folder_.write_secret("secret", "password")};
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
  webhook_.secrets = {folder_.write_secret("secret", kSecret + "\n\n")};
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
  webhook_.secrets = {folder_ / "missing"};
  EXPECT_EQ(refused(), ErrorCode::kNotFound);
  webhook_.secrets = {};
  const auto sm2 = crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2);
  webhook_.signing_key = folder_.write_secret("sm2.pem", sm2->to_pem());
  EXPECT_EQ(refused(), ErrorCode::kUnsupported);
  webhook_.signing_key = folder_.write_secret("none.pem", "no key");
  EXPECT_NE(refused(), ErrorCode::kInternal);
}

class ServingWebhooks : public Keys {
 protected:
  ServingWebhooks() {
    webhooks_ = {webhook_, webhook_};
    webhooks_[1].account = "without files";
    keys_.emplace("a", *read_webhook_keys(webhook_));
    auto pair = *ipc::make_pair();
    front_.emplace(std::move(pair.a), kFrameBytes);
    ended_ = std::async(std::launch::async, [this, end = std::move(pair.b)]() mutable {
      return serve_webhooks(webhooks_, keys_, ipc::Channel(std::move(end), kFrameBytes));
    });
  }
  ~ServingWebhooks() override { front_->close(); }
  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }
  static v1::WebhookAsk event(const std::string& account) {
    v1::WebhookAsk ask;
    ask.set_account(account);
    ask.set_id("evt_1");
    ask.set_content_type("application/json");
    ask.set_body("{}");
    return ask;
  }
  v1::WebhookGets ask(const v1::WebhookAsk& event) {
    EXPECT_TRUE(front_->send(MessageType::kWebhookAsk, event, -1, soon()).has_value());
    auto gets = front_->receive<v1::WebhookGets>(MessageType::kWebhookGets, soon());
    EXPECT_TRUE(gets.has_value());
    return gets ? *std::move(gets) : v1::WebhookGets();
  }

  static constexpr std::size_t kFrameBytes = 1u << 20;
  std::vector<ops::Webhook> webhooks_;
  AllWebhookKeys keys_;
  std::optional<ipc::Channel> front_;
  std::future<int> ended_;
};

TEST_F(ServingWebhooks, TellsNobodyWhomTheConfigurationDoesNotName) {
  for (const char* account : {"", "b", "A", "https://127.0.0.1/"})
    EXPECT_EQ(ask(event(account)).failure().fault(), v1::EGRESS_FAULT_UNKNOWN_LEDGER) << account;
  EXPECT_EQ(ask(event("without files")).failure().fault(), v1::EGRESS_FAULT_FILES);
}

TEST_F(ServingWebhooks, ConnectsToNoAddressThatIsNotPermitted) {
  const v1::WebhookGets gets = ask(event("a"));
  EXPECT_EQ(gets.id(), "evt_1");
  EXPECT_EQ(gets.failure().fault(), v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
}

// What becomes a header field must not be able to become two.
TEST_F(ServingWebhooks, EndsWhereTheFrontWouldWriteHeaders) {
  v1::WebhookAsk strange = event("a");
  strange.set_content_type("text/plain\r\nx: y");
  EXPECT_TRUE(front_->send(MessageType::kWebhookAsk, strange, -1, soon()).has_value());
  EXPECT_EQ(ended_.get(), 1);
}

TEST_F(ServingWebhooks, EndsWhereAnIdCouldMoveWhatIsSigned) {
  v1::WebhookAsk strange = event("a");
  strange.set_id("evt_1.1700000000");
  EXPECT_TRUE(front_->send(MessageType::kWebhookAsk, strange, -1, soon()).has_value());
  EXPECT_EQ(ended_.get(), 1);
}

TEST_F(ServingWebhooks, BelievesNoOtherMessage) {
  EXPECT_TRUE(front_->send(MessageType::kWebhookGets, v1::WebhookGets(), -1, soon()).has_value());
  EXPECT_EQ(ended_.get(), 1);
}

TEST_F(ServingWebhooks, EndsWithTheFront) {
  front_->close();
  EXPECT_EQ(ended_.get(), 0);
}

}  // namespace
}  // namespace heyan::egress
