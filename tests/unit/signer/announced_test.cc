// Keys in the place of those that a log announced.
#include "gateway/signer/announced.h"

#include <gmock/gmock.h>

#include "tests/unit/signer/fixture.h"

namespace heyan::signer {
namespace {

using ::testing::StartsWith;

TEST_F(SignerTest, OtherKeysThanTheLogAnnouncedStartNoSigner) {
  start();
  take_in("s1");
  const Keys own = keys_;
  const Keys others = new_test_keys();
  const auto why_not = [&](auto Keys::* which) {
    keys_ = own;
    keys_.*which = others.*which;
    signer_.reset();
    const auto opened = open();
    if (opened) return std::string("it starts");
    EXPECT_EQ(opened.error().code, core::ErrorCode::kUnsupported);
    return std::string(opened.error().text);
  };
  EXPECT_THAT(why_not(&Keys::report), StartsWith("report-es256 is another key"));
  EXPECT_THAT(why_not(&Keys::seal), StartsWith("seal-es256 is another key"));
  EXPECT_THAT(why_not(&Keys::xml_seal), StartsWith("xml-es256 is another key"));
  EXPECT_THAT(why_not(&Keys::statement), StartsWith("statement-es256 is another key"));
  EXPECT_EQ(why_not(&Keys::log), "the log is signed with another key");
  EXPECT_EQ(why_not(&Keys::receipt), "it starts") << "front and log know the one before";
  keys_ = own;
  keys_.report[1] = others.report[1];
  EXPECT_THAT(open().error().text, StartsWith("report-sm2 is another key"));
  keys_ = own;
  start();
}

class AnnouncedTest : public ::testing::Test {
 protected:
  Keys keys_ = new_test_keys();
  report::LogBeginning first_{
      .at = {}, .origin = keys_.log_name, .keys = announced_keys(keys_), .follows = {}};
};

TEST_F(AnnouncedTest, ALogOfAnOlderVersionKnowsNotAllUses) {
  std::erase_if(first_.keys, [](const report::LogKey& one) { return one.use == "xml-seal"; });
  EXPECT_TRUE(expect_announced(first_, keys_).has_value());
  keys_.seal = new_test_keys().seal;
  EXPECT_FALSE(expect_announced(first_, keys_).has_value()) << "of the others it tells as ever";
}

TEST_F(AnnouncedTest, AnotherCertificateOfTheSameKeyIsNoOtherKey) {
  const core::UtcTime from = *core::parse_rfc3339("2026-11-24T09:00:00Z");
  keys_.statement.chain = {
      *keys_.statement.key.self_signed("Test court", from, from + std::chrono::days(395))};
  EXPECT_TRUE(expect_announced(first_, keys_).has_value());
}

TEST_F(AnnouncedTest, AKeyOfOneUseIsNoneOfAnother) {
  std::swap(keys_.seal, keys_.xml_seal);
  EXPECT_FALSE(expect_announced(first_, keys_).has_value());
}

}  // namespace
}  // namespace heyan::signer
