#include "gateway/ops/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/ops/config.h"

namespace heyan::ops {
namespace {

using testing::HasSubstr;

// Every defect of a text, as people read them.
std::string defect_of(std::string_view text) {
  const auto parsed = parse_config("heyan.toml", text, "/etc/heyan");
  if (parsed) return "accepted";
  std::string all;
  for (const auto& error : parsed.error()) all += trust::to_string(error) + "\n";
  return all;
}

std::string replaced(std::string text, std::string_view old, std::string_view now) {
  const std::size_t at = text.rfind(old);
  EXPECT_NE(at, std::string::npos) << old;
  if (at != std::string::npos) text.replace(at, old.size(), now);
  return text;
}

const std::string kSealed = replaced(std::string(sample_config()), "encryption = \"none\"",
                                     "encryption = \"aes-256-gcm\"\nkey_file = \"vault.key\"");
const std::string kText = kSealed + R"(
[vault.s3]
endpoint = "https://s3.court.example:9000/store"
ca = "s3-ca.pem"
addresses = ["10.20.0.9"]
seconds = 20
bucket = "heyan-evidence"
region = "court-1"
access_key_file = "s3.access-key"
)";

TEST(VaultConfig, ItIsEncryptedWithAKeyOrNotAtAll) {
  const auto with = [](std::string_view now) {
    return replaced(std::string(sample_config()), "encryption = \"none\"", now);
  };
  EXPECT_FALSE(parse_config("heyan.toml", sample_config(), "/etc/heyan")->vault.encryption);
  const auto config = parse_config("heyan.toml", kSealed, "/etc/heyan");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->vault.encryption, crypto::Aead::kAes256Gcm);
  EXPECT_EQ(config->vault.key_file, "/etc/heyan/vault.key");
  EXPECT_FALSE(config->vault.s3.has_value());
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  const auto with_sm4 = parse_config(
      "heyan.toml", with("encryption = \"sm4-gcm\"\nkey_file = \"vault.key\""), "/etc/heyan");
  ASSERT_TRUE(with_sm4.has_value());
  EXPECT_EQ(with_sm4->vault.encryption, crypto::Aead::kSm4Gcm);
  EXPECT_THAT(to_toml(*with_sm4), HasSubstr("encryption = \"sm4-gcm\""));
  EXPECT_EQ(defect_of(with("key_file = \"vault.key\"")), "accepted");
  const auto defect = [&](std::string_view now) { return defect_of(with(now)); };
  EXPECT_THAT(defect("encryption = \"aes-256-gcm\""), HasSubstr("vault.key_file"));
  EXPECT_THAT(defect("encryption = \"sm4-gcm\""), HasSubstr("vault.key_file"));
  for (const std::string other : {"AES-256-GCM", "SM4-GCM", "sm4", "sm4-gcm ", ""}) {
    EXPECT_THAT(defect("encryption = \"" + other + "\"\nkey_file = \"k\""), HasSubstr("is none of"))
        << other;
  }
  EXPECT_THAT(defect("encryption = true"), HasSubstr("encryption"));
  EXPECT_THAT(defect("key_file = \"\""), HasSubstr("is empty"));
  EXPECT_THAT(defect("key = \"k\""), HasSubstr("key"));
}

TEST(VaultConfig, ABucketIsNamedWhole) {
  const auto config = parse_config("heyan.toml", kText, "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(kText);
  ASSERT_TRUE(config->vault.s3.has_value());
  const Bucket& s3 = *config->vault.s3;
  EXPECT_EQ(url_of(address_of(s3)), "https://s3.court.example:9000/store/heyan-evidence/");
  EXPECT_EQ(s3.region, "court-1");
  EXPECT_EQ(s3.seconds, 20u);
  EXPECT_EQ(s3.access_key, "/etc/heyan/s3.access-key");
  EXPECT_EQ(s3.ca, "/etc/heyan/s3-ca.pem");
  EXPECT_TRUE(calls_somebody(*config));
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(to_toml(*again), to_toml(*config));
}

TEST(VaultConfig, ItsNameMayStandInTheHosts) {
  const auto config = parse_config("heyan.toml", kText + "path_style = false\n", "/etc/heyan");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(url_of(address_of(*config->vault.s3)),
            "https://heyan-evidence.s3.court.example:9000/store/");
  EXPECT_THAT(to_toml(*config), HasSubstr("path_style = false"));
  EXPECT_THAT(defect_of(kText + "path_style = false\ntls_name = \"s3.example\"\n"),
              HasSubstr("tls_name"));
  EXPECT_THAT(
      defect_of(replaced(kText, "s3.court.example:9000", "10.20.0.9") + "path_style = false\n"),
      HasSubstr("needs a host with a name"));
}

TEST(VaultConfig, PlainHttpIsOfThisMachineAlone) {
  const auto with = [](std::string_view endpoint) {
    return defect_of(replaced(replaced(kText, "https://s3.court.example:9000/store", endpoint),
                              "ca = \"s3-ca.pem\"", "path_style = true"));
  };
  EXPECT_EQ(with("http://127.0.0.1:9000"), "accepted");
  EXPECT_EQ(with("http://[::1]:9000"), "accepted");
  for (const std::string_view other : {"http://10.20.0.9:9000", "http://localhost:9000",
                                       "http://127.example:9000", "http://s3.court.example"}) {
    EXPECT_THAT(with(other), HasSubstr("not of this machine")) << other;
  }
  EXPECT_THAT(with("https://s3.court.example"), HasSubstr("ca"));
}

TEST(VaultConfig, WhatIsWrongIsSaid) {
  const auto with = [](std::string_view old, std::string_view now) {
    return defect_of(replaced(kText, old, now));
  };
  EXPECT_THAT(with("encryption = \"aes-256-gcm\"\nkey_file", "encryption = \"none\"\nkey_file"),
              HasSubstr("needs a vault that is encrypted"));
  EXPECT_EQ(with("aes-256-gcm", "sm4-gcm"), "accepted");
  EXPECT_THAT(with("bucket = \"heyan-evidence\"\n", ""), HasSubstr("bucket"));
  EXPECT_THAT(with("region = \"court-1\"\n", ""), HasSubstr("region"));
  EXPECT_THAT(with("access_key_file = \"s3.access-key\"\n", ""), HasSubstr("access_key_file"));
  EXPECT_THAT(with("endpoint = \"https://s3.court.example:9000/store\"\n", ""),
              HasSubstr("endpoint"));
  for (const std::string_view name :
       {"ab", "Evidence", "a/b", "a..b", "-ab", "ab-", "a_b", "a b"}) {
    EXPECT_THAT(with("heyan-evidence", name), HasSubstr("no name of a bucket")) << name;
  }
  for (const std::string_view name : {"a:b", "a/b", "a b", "é"}) {
    EXPECT_THAT(with("court-1", name), HasSubstr("no name of a region")) << name;
  }
  EXPECT_THAT(with("seconds = 20", "seconds = 0"), HasSubstr("seconds"));
  EXPECT_THAT(with("region = ", "endpiont = \"x\"\nregion = "), HasSubstr("endpiont"));
  EXPECT_THAT(with("file_bytes = 4294967296", "file_bytes = 5368709120"),
              HasSubstr("where the vault is a bucket"));
  EXPECT_EQ(defect_of(replaced(kSealed, "file_bytes = 4294967296", "file_bytes = 5368709120")),
            "accepted");
}

}  // namespace
}  // namespace heyan::ops
