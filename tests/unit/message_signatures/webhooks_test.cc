#include "gateway/message_signatures/webhooks.h"

#include <gmock/gmock.h>

namespace heyan::message_signatures {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kNow = 1'772'419'530;
const core::Bytes kSecret = core::Bytes(32, 1);
const core::Bytes kNext = core::Bytes(32, 2);

class Webhooks : public testing::Test {
 protected:
  Delivery delivery{"msg_1", std::to_string(kNow),
                    sign_webhook("msg_1", kNow, core::as_bytes("body"), {kSecret})};
  std::set<Fault> faults(std::int64_t now = kNow, std::string_view body = "body",
                         const std::vector<core::Bytes>& secrets = {kSecret}) const {
    return verify_webhook(delivery, core::as_bytes(body), secrets, now);
  }
};

// The example of the specification's own libraries.
TEST_F(Webhooks, AreSignedAsOthersSign) {
  const auto secret = parse_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(secret);
  EXPECT_EQ(sign_webhook("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                         core::as_bytes(R"({"test": 2432232314})"), {*secret}),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_F(Webhooks, HoldWithinFiveMinutes) {
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_THAT(faults(kNow + 300), IsEmpty());
  EXPECT_THAT(faults(kNow - 300), IsEmpty());
  EXPECT_THAT(faults(kNow + 301), ElementsAre(Fault::kStale));
  EXPECT_THAT(faults(kNow - 301), ElementsAre(Fault::kFuture));
}

TEST_F(Webhooks, CoverIdTimeAndBody) {
  EXPECT_THAT(faults(kNow, "bodY"), ElementsAre(Fault::kInvalid));
  delivery.id = "msg_2";
  EXPECT_THAT(faults(), ElementsAre(Fault::kInvalid));
  delivery.id = "msg_1";
  delivery.timestamp = std::to_string(kNow + 1);
  EXPECT_THAT(faults(), ElementsAre(Fault::kInvalid));
}

TEST_F(Webhooks, HaveSeveralSignaturesWhileASecretChanges) {
  delivery.signature = sign_webhook("msg_1", kNow, core::as_bytes("body"), {kSecret, kNext});
  EXPECT_THAT(faults(kNow, "body", {kSecret}), IsEmpty());
  EXPECT_THAT(faults(kNow, "body", {kNext}), IsEmpty());
  EXPECT_THAT(faults(kNow, "body", {core::Bytes(32, 3)}), ElementsAre(Fault::kInvalid));
  delivery.signature = "v1a,AAAA v1,!! " + delivery.signature;
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Webhooks, WithoutASignatureThatIsKnownAreNone) {
  const std::string signature = delivery.signature;
  delivery.signature = "v2" + signature.substr(2);
  EXPECT_THAT(faults(), ElementsAre(Fault::kVersionUnknown));
  delivery.signature = "";
  EXPECT_THAT(faults(), ElementsAre(Fault::kMissing));
  delivery.signature = signature;
  for (const char* bad :
       {"x", "1e3", "+1772419530", " 1772419530", "01772419530", "-1", "99999999999999999999"}) {
    delivery.timestamp = bad;
    EXPECT_THAT(faults(), ElementsAre(Fault::kMalformed)) << bad;
  }
  delivery.timestamp = std::to_string(kNow);
  for (int i = 0; i < 16; ++i) delivery.signature += " v1,AAAA";
  EXPECT_THAT(faults(), ElementsAre(Fault::kMalformed));
}

TEST_F(Webhooks, SecretsAreOfOneForm) {
  EXPECT_TRUE(parse_webhook_secret("whsec_" + core::to_base64(core::Bytes(24, 1))));
  EXPECT_TRUE(parse_webhook_secret("whsec_" + core::to_base64(core::Bytes(64, 1))));
  for (const std::string& bad :
       {core::to_base64(kSecret), "whsec_" + core::to_base64(core::Bytes(23, 1)),
        "whsec_" + core::to_base64(core::Bytes(65, 1)), std::string("whsec_"),
        "whsec_" + core::to_base64(kSecret) + "\n"}) {
    EXPECT_FALSE(parse_webhook_secret(bad)) << bad;
  }
}

}  // namespace
}  // namespace heyan::message_signatures
