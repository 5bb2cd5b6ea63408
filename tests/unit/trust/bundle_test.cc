#include "verifier/trust/bundle.h"

#include <gtest/gtest.h>

namespace heyan::trust {
namespace {

crypto::SigningKey new_key() {
  return *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
}

class TrustBundleTest : public ::testing::Test {
 protected:
  TrustBundleTest() {
    bundle_.id = "court";
    bundle_.version = 3;
    bundle_.issued = *core::parse_rfc3339("2026-11-01T00:00:00Z");
    bundle_.next_update = *core::parse_rfc3339("2027-05-01T00:00:00Z");
    bundle_.trust_list = core::Bytes(32, 1);
    bundle_.policy = core::Bytes(32, 2);
    for (int i = 0; i < 3; ++i) keys_.push_back(new_key());
    for (const auto& key : keys_) pinned_.push_back(key.public_key());
  }

  std::string signed_by(std::size_t count) const {
    return *sign_trust_bundle(bundle_, std::span(keys_).first(count));
  }
  core::Result<TrustBundle> verify(std::string_view document, std::size_t at_least) {
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return verify_trust_bundle(core::as_bytes(document), pinned_, at_least, checker);
  }

  TrustBundle bundle_;
  std::vector<crypto::SigningKey> keys_;
  std::vector<crypto::PublicKey> pinned_;
};

TEST_F(TrustBundleTest, SaysWhatEnoughPinnedKeysSigned) {
  for (const std::size_t count : {2u, 3u}) {
    const auto verified = verify(signed_by(count), 2);
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(*verified, bundle_);
  }
}

TEST_F(TrustBundleTest, NeedsEnoughOfThem) {
  EXPECT_FALSE(verify(signed_by(1), 2).has_value());
  EXPECT_FALSE(verify(signed_by(0), 1).has_value());
  EXPECT_FALSE(verify(signed_by(3), 0).has_value());  // a configuration that pins nothing
}

TEST_F(TrustBundleTest, CountsAKeyOnceAndPinnedOnesOnly) {
  const std::vector<crypto::SigningKey> twice = {keys_[0], keys_[0]};
  EXPECT_EQ(verify(*sign_trust_bundle(bundle_, twice), 1).error().code,
            core::ErrorCode::kDuplicate);
  const std::vector<crypto::SigningKey> stranger = {keys_[0], keys_[1], new_key()};
  EXPECT_FALSE(verify(*sign_trust_bundle(bundle_, stranger), 2).has_value());
}

TEST_F(TrustBundleTest, RefusesEveryChangedByte) {
  const std::string document = signed_by(2);
  for (std::size_t i = 0; i < document.size(); ++i) {
    std::string changed = document;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify(changed, 2).has_value()) << i;
  }
  EXPECT_FALSE(verify(document + "\n{}", 2).has_value());
  for (std::size_t size = 0; size < document.size(); size += 7) {
    EXPECT_FALSE(verify(document.substr(0, size), 2).has_value()) << size;
  }
}

TEST_F(TrustBundleTest, TakesNoOtherKindOfKey) {
  const std::vector<crypto::SigningKey> sm2 = {
      *crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2)};
  EXPECT_FALSE(sign_trust_bundle(bundle_, sm2).has_value());
}

}  // namespace
}  // namespace heyan::trust
