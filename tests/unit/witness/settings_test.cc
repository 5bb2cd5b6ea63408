#include "gateway/witness/settings.h"

#include <gmock/gmock.h>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/witness/log.h"

namespace heyan::witness {
namespace {

using core::ErrorCode;
using testing::HasSubstr;

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    settings_.name = "court.example/witness";
    settings_.logs.push_back(log_of(log_.verifier().encode()).value());
  }
  // The first defect of that text.
  static std::string defect(const std::string& text) {
    const auto settings = parse_settings(text);
    return settings ? std::string() : trust::to_string(settings.error().front());
  }
  std::string keys() const { return "keys = [\"" + log_.verifier().encode() + "\"]\n"; }

  os::TemporaryFolder folder_;
  const std::filesystem::path home_ = folder_ / "witness";
  OwnLog log_{"court.example/log"};
  Settings settings_;
};

TEST_F(SettingsTest, WhatIsMadeCanBeRun) {
  const auto vkey = make_witness(home_, settings_);
  ASSERT_TRUE(vkey) << vkey.error().what;
  const auto read = load_settings(home_);
  ASSERT_TRUE(read) << trust::to_string(read.error().front());
  EXPECT_EQ(read->name, settings_.name);
  EXPECT_EQ(read->listen, settings_.listen);
  ASSERT_EQ(read->logs.size(), 1u);
  EXPECT_EQ(read->logs[0].origin, log_.name());
  EXPECT_EQ(read->logs[0].keys, std::vector{log_.verifier()});
  const auto holdings = open_witness(home_, read->name);
  ASSERT_TRUE(holdings) << holdings.error().what;
  EXPECT_EQ(transparency::NoteVerifier::make(
                settings_.name, transparency::NoteKeyType::kCosignature, holdings->key.public_key())
                ->encode(),
            *vkey);
}

TEST_F(SettingsTest, WithoutALogItIsMadeAndWaitsForOne) {
  settings_.logs.clear();
  ASSERT_TRUE(make_witness(home_, settings_));
  EXPECT_THAT(trust::to_string(load_settings(home_).error().front()),
              HasSubstr("Add a table [[log]]"));
}

TEST_F(SettingsTest, NothingIsMadeOverSomething) {
  ASSERT_TRUE(make_witness(home_, settings_));
  EXPECT_EQ(make_witness(home_, settings_).error().code, ErrorCode::kDuplicate);
  settings_.name = "no name";
  EXPECT_EQ(make_witness(folder_ / "other", settings_).error().code, ErrorCode::kMalformed);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "other"));
}

TEST_F(SettingsTest, AKeyWithoutItsMemoryIsNotStarted) {
  ASSERT_TRUE(make_witness(home_, settings_));
  std::filesystem::remove(home_ / "witness.db");
  EXPECT_EQ(open_witness(home_, settings_.name).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(home_ / "witness.db"));
}

TEST_F(SettingsTest, AKeyHasOneName) {
  ASSERT_TRUE(make_witness(home_, settings_));
  EXPECT_EQ(open_witness(home_, "notary.example/witness").error().code, ErrorCode::kMalformed);
  ASSERT_TRUE(make_witness(folder_ / "other", settings_));
  std::filesystem::copy_file(folder_ / "other" / "witness.vkey", home_ / "witness.vkey",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(open_witness(home_, settings_.name).error().code, ErrorCode::kMalformed);
}

TEST_F(SettingsTest, AKeyThatOthersCanReadIsRefused) {
  ASSERT_TRUE(make_witness(home_, settings_));
  std::filesystem::permissions(home_ / "witness-ed25519.key.pem",
                               std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(open_witness(home_, settings_.name).error().code, ErrorCode::kIo);
}

TEST_F(SettingsTest, DefectsAreNamed) {
  const std::string start = "name = \"w\"\n";
  const std::string log = "[[log]]\n" + keys();
  EXPECT_EQ(defect(start + log), "");
  EXPECT_EQ(defect(start + "listen = \"[::1]:1\"\n" + log), "");
  EXPECT_THAT(defect(log), HasSubstr("name"));
  EXPECT_THAT(defect("name = \"a b\"\n" + log), HasSubstr("no name of a key"));
  EXPECT_THAT(defect(start), HasSubstr("[[log]]"));
  EXPECT_THAT(defect(start + "listen = \"localhost:1\"\n" + log), HasSubstr("no numeric address"));
  EXPECT_THAT(defect(start + "lisen = \"127.0.0.1:1\"\n" + log), HasSubstr("lisen"));
  EXPECT_THAT(defect(start + "[[log]]\n"), HasSubstr("keys"));
  EXPECT_THAT(defect(start + "[[log]]\nkeys = []\n"), HasSubstr("hold no key"));
  EXPECT_THAT(defect(start + "[[log]]\nkeys = [\"x\"]\n"), HasSubstr("no key of a log"));
  EXPECT_THAT(defect(start + log + log), HasSubstr("another log here"));
  EXPECT_THAT(defect(start + log + "orign = \"x\"\n"), HasSubstr("orign"));
  EXPECT_EQ(defect(start + log + "[[log]]\n" + keys() + "origin = \"other\"\n"), "");
  // A witness is no log.
  const auto witness = transparency::NoteVerifier::make(
      "w", transparency::NoteKeyType::kCosignature, log_.key().public_key());
  EXPECT_THAT(defect(start + "[[log]]\nkeys = [\"" + witness->encode() + "\"]\n"),
              HasSubstr("no key of a log"));
  EXPECT_EQ(log_of(witness->encode()).error().code, ErrorCode::kMalformed);
  EXPECT_EQ(log_of("").error().code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace heyan::witness
