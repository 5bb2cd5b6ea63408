#include "gateway/keys/signer_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/report_issuer.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::keys {
namespace {

using ::testing::HasSubstr;
using transparency::NoteKeyType;
using transparency::NoteVerifier;

const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");

std::string witness_line(std::string_view name, NoteKeyType type, const crypto::SigningKey& key) {
  return NoteVerifier::make(name, type, key.public_key())->encode();
}

class SignerSettingsTest : public ::testing::Test {
 protected:
  SignerSettingsTest() {
    config_.state = folder_.path();
    config_.log_name = "court.example/first";
    const auto made = make_gateway_keys(folder_ / "keys", "Test court", config_.log_name, kNow);
    EXPECT_TRUE(made.has_value()) << made.error().what;
    config_.log_follows = folder_ / "followed";
  }
  core::ErrorCode code_of_own_log() const {
    const auto own = expect_own_log(config_);
    EXPECT_FALSE(own.has_value());
    return own ? core::ErrorCode::kInternal : own.error().code;
  }
  std::string note_of(const std::string& origin) const {
    const auto key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
    return *transparency::sign_note(
        *transparency::encode_checkpoint(
            {.origin = origin, .size = 3, .root = {}, .extensions = {}}),
        origin, key);
  }
  void add_witness(const std::string& vkey) {
    ops::LogWitness witness;
    witness.vkey = vkey;
    config_.witnesses.push_back(std::move(witness));
  }

  os::TemporaryFolder folder_;
  ops::Config config_;
  crypto::SigningKey key_ = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
};

TEST_F(SignerSettingsTest, TheLogIsTheOneThatTheKeysName) {
  EXPECT_TRUE(expect_own_log(config_).has_value());
  config_.log_name = "court.example/second";
  const auto other = expect_own_log(config_);
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code, core::ErrorCode::kMalformed);
  EXPECT_THAT(other.error().what, HasSubstr((folder_ / "keys/log.vkey").string()));
  EXPECT_THAT(other.error().remedy, HasSubstr("heyan log renew"));
}

// As somebody who puts an old log.vkey back would have it.
TEST_F(SignerSettingsTest, NoEarlierLogOfTheKeysHadItsName) {
  const std::string first = os::content_of(folder_ / "keys/log.vkey");
  ASSERT_TRUE(follow_log(folder_ / "keys", "court.example/second").has_value());
  folder_.write("keys/log.vkey", first);
  EXPECT_EQ(code_of_own_log(), core::ErrorCode::kDuplicate);
}

TEST_F(SignerSettingsTest, WhatIsFollowedIsACheckpointOfAnotherLog) {
  const auto missing = load_followed(config_);
  ASSERT_TRUE(missing.has_value()) << missing.error().what;
  EXPECT_FALSE(missing->has_value());
  const std::string good = note_of("court.example/before");
  folder_.write("followed", good);
  EXPECT_EQ(load_followed(config_).value(), good);
  for (const std::string& bad : {std::string(), std::string("x"), note_of(config_.log_name)}) {
    folder_.write("followed", bad);
    const auto refused = load_followed(config_);
    ASSERT_FALSE(refused.has_value()) << bad;
    EXPECT_THAT(refused.error().what, HasSubstr(config_.log_follows.string()));
    EXPECT_FALSE(refused.error().remedy.empty());
  }
  std::filesystem::remove(config_.log_follows);
  std::filesystem::create_directory(config_.log_follows);
  EXPECT_FALSE(load_followed(config_).has_value()) << "it is there, and no file";
}

TEST_F(SignerSettingsTest, EveryWitnessHasAKeyOfItsOwn) {
  add_witness(witness_line("a.example/witness", NoteKeyType::kCosignature, key_));
  ASSERT_EQ(load_witnesses(config_).value().size(), 1u);
  add_witness(witness_line("b.example/witness", NoteKeyType::kCosignature, key_));
  add_witness(witness_line("c.example/witness", NoteKeyType::kEd25519, key_));
  add_witness("d.example/witness+1f2e3d4c+!");
  const auto faults = load_witnesses(config_);
  ASSERT_FALSE(faults.has_value());
  ASSERT_EQ(faults.error().size(), 3u) << "all of them";
  EXPECT_EQ(faults.error()[0].code, core::ErrorCode::kDuplicate);
  EXPECT_EQ(faults.error()[1].code, core::ErrorCode::kUnsupported);
  EXPECT_EQ(faults.error()[2].code, core::ErrorCode::kMalformed);
  EXPECT_THAT(faults.error()[2].what, HasSubstr("d.example/witness"));
}

TEST_F(SignerSettingsTest, EveryFileOfAnAuthorityIsRead) {
  ops::Tsa tsa;
  tsa.authorities = {folder_ / "keys/seal-es256.cert.pem", folder_ / "keys/xml-es256.cert.pem"};
  EXPECT_EQ(load_clock_authorities(tsa).value().size(), 2u);
  tsa.authorities = {folder_ / "none.pem", folder_ / "keys/seal-es256.cert.pem",
                     folder_ / "keys/log.vkey"};
  const auto faults = load_clock_authorities(tsa);
  ASSERT_FALSE(faults.has_value());
  ASSERT_EQ(faults.error().size(), 2u);
  EXPECT_THAT(faults.error()[0].what, HasSubstr((folder_ / "none.pem").string()));
  EXPECT_THAT(faults.error()[1].what, HasSubstr("log.vkey"));
}

}  // namespace
}  // namespace heyan::keys
