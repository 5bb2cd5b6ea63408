// An installation for development, and the bundles that a court signs.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "gateway/intake/trust_files.h"
#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/trust_bundle.h"
#include "gateway/ops/config.h"
#include "gateway/setup/bundle.h"
#include "gateway/setup/development.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::setup {
namespace {

using std::filesystem::path;

const path kSample = path(HEYAN_SOURCE) / "gateway/sample/trust";
const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");

class SetupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made = make(state_);
    ASSERT_TRUE(made.has_value()) << made.error().what;
    const auto config = ops::load_config(*made);
    ASSERT_TRUE(config.has_value()) << trust::to_string(config.error().front());
    config_ = *config;
  }
  static std::expected<path, intake::Refusal> make(const path& state,
                                                   const path& sample = kSample) {
    return make_development({.state = state, .sample = sample, .port = 9000, .now = kNow});
  }
  path court(int number, std::string_view what) const {
    return state_ / "court" / ("court-" + std::to_string(number) + "." + std::string(what));
  }
  BundleRequest request() const {
    return {.trust_list = state_ / "trust/trust.toml",
            .policy = {},
            .id = {},
            .version = std::nullopt,
            .issued = kNow,
            .next_update = std::nullopt};
  }
  // As the gateway would read a bundle that these keys signed.
  std::expected<trust::TrustBundle, intake::Refusal> load(const std::string& bundle) const {
    const path file = folder_.write("bundle.jws", bundle);
    return keys::load_trust_bundle(file, config_.trust.keys, config_.trust.at_least);
  }

  os::TemporaryFolder folder_;
  path state_ = folder_ / "state";
  ops::Config config_;
};

TEST_F(SetupTest, TheInstallationIsWhole) {
  EXPECT_EQ(config_.state, state_);
  EXPECT_EQ(config_.listen.court.port, 9001);
  const auto keys = keys::load_gateway_keys(config_.state / "keys");
  ASSERT_TRUE(keys.has_value()) << keys.error().what;
  EXPECT_EQ(keys->log_name, config_.log_name);
  const auto bundle =
      keys::load_trust_bundle(config_.trust.bundle, config_.trust.keys, config_.trust.at_least);
  ASSERT_TRUE(bundle.has_value()) << bundle.error().what;
  EXPECT_TRUE(bundle->sample);
  EXPECT_EQ(bundle->trust_list, intake::load_trust(config_.trust.trust_list)->list.digest);
  struct stat status{};
  ASSERT_EQ(::stat(state_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(SetupTest, AnInstallationIsNeverMadeOverAnother) {
  const std::string before = os::content_of(state_ / "heyan.toml");
  EXPECT_FALSE(make(state_).has_value());
  EXPECT_EQ(os::content_of(state_ / "heyan.toml"), before);
}

TEST_F(SetupTest, TwoInstallationsAreTwoLogs) {
  const auto other = make(folder_ / "other");
  ASSERT_TRUE(other.has_value());
  EXPECT_NE(ops::load_config(*other)->log_name, config_.log_name);
}

TEST_F(SetupTest, WithoutASampleThereIsNoConfiguration) {
  EXPECT_FALSE(make(folder_ / "other", folder_ / "nowhere").has_value());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "other/heyan.toml"));
}

TEST_F(SetupTest, ABundleThatEnoughKeysSignedIsBelieved) {
  const path keys[] = {court(2, "key.pem"), court(3, "key.pem")};
  auto wanted = request();
  wanted.version = 7;
  wanted.id = "another";
  const auto bundle = sign_bundle(wanted, keys);
  ASSERT_TRUE(bundle.has_value()) << bundle.error().what;
  const auto loaded = load(*bundle);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().what;
  EXPECT_EQ(loaded->version, 7);
  EXPECT_EQ(loaded->id, "another");
}

TEST_F(SetupTest, ABundleThatTooFewSignedIsNotBelieved) {
  const path keys[] = {court(1, "key.pem")};
  const auto bundle = sign_bundle(request(), keys);
  ASSERT_TRUE(bundle.has_value());
  const auto loaded = load(*bundle);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, core::ErrorCode::kUnsupported);
}

TEST_F(SetupTest, ABundleThatAStrangerSignedIsNotBelieved) {
  const path keys[] = {court(1, "key.pem"), state_ / "keys/report-es256.key.pem"};
  const auto bundle = sign_bundle(request(), keys);
  ASSERT_TRUE(bundle.has_value());
  EXPECT_FALSE(load(*bundle).has_value());
}

TEST_F(SetupTest, AChangedBundleIsNotBelieved) {
  std::string bundle = os::content_of(config_.trust.bundle);
  bundle[bundle.find("\"payload\":\"") + 20] ^= 1;
  EXPECT_FALSE(load(bundle).has_value());
  EXPECT_FALSE(load("").has_value());
  EXPECT_FALSE(load("{}").has_value());
}

TEST_F(SetupTest, ABundleLacksNoPinnedKey) {
  std::filesystem::remove(court(3, "pub.pem"));
  EXPECT_FALSE(keys::load_trust_bundle(config_.trust.bundle, config_.trust.keys, 2).has_value());
  folder_.write("state/court/court-3.pub.pem", "no key");
  EXPECT_FALSE(keys::load_trust_bundle(config_.trust.bundle, config_.trust.keys, 2).has_value());
}

TEST_F(SetupTest, WhatCannotBeSignedIsRefused) {
  const path keys[] = {court(1, "key.pem"), court(2, "key.pem")};
  EXPECT_FALSE(sign_bundle(request(), {}).has_value());
  const path twice[] = {keys[0], keys[0]};
  EXPECT_FALSE(sign_bundle(request(), twice).has_value());
  const path other_kind[] = {state_ / "keys/report-sm2.key.pem"};
  EXPECT_FALSE(sign_bundle(request(), other_kind).has_value());
  const path certificate[] = {court(1, "cert.pem")};
  EXPECT_FALSE(sign_bundle(request(), certificate).has_value());
  auto wanted = request();
  wanted.trust_list = folder_ / "nowhere.toml";
  EXPECT_FALSE(sign_bundle(wanted, keys).has_value());
  wanted = request();
  wanted.policy = wanted.trust_list;
  EXPECT_FALSE(sign_bundle(wanted, keys).has_value());
  wanted = request();
  wanted.next_update = kNow;
  EXPECT_FALSE(sign_bundle(wanted, keys).has_value());
  wanted.next_update = *core::parse_rfc3339("2099-01-01T00:00:00Z");  // beyond the list's own
  EXPECT_FALSE(sign_bundle(wanted, keys).has_value());
  wanted = request();
  wanted.version = -1;
  EXPECT_FALSE(sign_bundle(wanted, keys).has_value());
}

TEST_F(SetupTest, AKeyThatOthersCanReadSignsNothing) {
  const path keys[] = {court(1, "key.pem")};
  ::chmod(keys[0].c_str(), 0644);
  EXPECT_FALSE(sign_bundle(request(), keys).has_value());
}

}  // namespace
}  // namespace heyan::setup
