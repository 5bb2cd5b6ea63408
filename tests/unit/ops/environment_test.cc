#include "gateway/ops/environment.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::ops {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EnvironmentTest : public testing::Test {
 protected:
  Config config_ = *parse_config("heyan.toml", sample_config(), "/etc/heyan");

  // The defects, as people read them; empty where there are none.
  std::string apply(const std::vector<std::string>& environment) {
    std::string all;
    for (const auto& error : apply_environment(config_, environment, "/etc/heyan")) {
      all += trust::to_string(error) + "\n";
    }
    return all;
  }
};

TEST_F(EnvironmentTest, GoesBeforeTheFile) {
  EXPECT_THAT(apply({"PATH=/bin", "HEYAN_PRODUCTION=true", "HEYAN_STATE_FOLDER=state/../other",
                     "HEYAN_LISTEN_PUBLIC=[::1]:443", "HEYAN_TLS_MIN_VERSION=1.2",
                     "HEYAN_TLS_KEY=/run/key.pem", "HEYAN_LIMITS_FULL_PERCENT=75",
                     "HEYAN_UPLOADS_PEOPLE=listed", "HEYAN_LIMITS_CONNECTIONS_PER_CLIENT=300"}),
              IsEmpty());
  EXPECT_TRUE(config_.uploads.people_listed);
  EXPECT_TRUE(config_.production);
  EXPECT_EQ(config_.state, "/etc/heyan/other");
  EXPECT_EQ(config_.listen.people, (Address{"::1", 443}));
  EXPECT_EQ(config_.listen.court, (Address{"127.0.0.1", 8444}));
  EXPECT_TRUE(config_.tls.tls12);
  EXPECT_EQ(config_.tls.key, "/run/key.pem");
  EXPECT_EQ(config_.limits.full_percent, 75u);
  EXPECT_EQ(config_.limits.connections_per_client, 300u);
}

TEST_F(EnvironmentTest, NamesAnUnknownVariableAndTheNearest) {
  EXPECT_THAT(apply({"HEYAN_LISTEN_PUBLICK=127.0.0.1:1"}),
              HasSubstr("HEYAN_LISTEN_PUBLICK: is not known. Did you mean HEYAN_LISTEN_PUBLIC?"));
  for (const char* unknown : {"HEYAN_", "HEYAN_X=1", "HEYAN_listen_public=127.0.0.1:1",
                              "HEYAN_TRUST_KEYS=a", "HEYAN_TRUST_AT_LEAST=1", "HEYAN_LOG_NAME=x"}) {
    EXPECT_THAT(apply({unknown}), HasSubstr("is not known")) << unknown;
  }
  for (const char* of_the_file : {"HEYAN_LOG_NAME=x", "HEYAN_COURT_SYSTEM=a"}) {
    EXPECT_THAT(apply({of_the_file}), HasSubstr("is not known. What has no variable stands in the "
                                                "file alone."));
  }
}

TEST_F(EnvironmentTest, RefusesWhatIsNoValue) {
  for (const char* bad : {"HEYAN_PRODUCTION=",
                          "HEYAN_PRODUCTION=1",
                          "HEYAN_PRODUCTION=True",
                          "HEYAN_STATE_FOLDER=",
                          "HEYAN_LISTEN_PUBLIC=localhost:1",
                          "HEYAN_LISTEN_PUBLIC=127.0.0.1",
                          "HEYAN_TLS_MIN_VERSION=1.1",
                          "HEYAN_UPLOADS_PEOPLE=",
                          "HEYAN_UPLOADS_PEOPLE=Any",
                          "HEYAN_LIMITS_JUDGES=-1",
                          "HEYAN_LIMITS_JUDGES=257",
                          "HEYAN_LIMITS_JUDGES=2 ",
                          "HEYAN_LIMITS_JUDGES=02",
                          "HEYAN_LIMITS_JUDGES=",
                          "HEYAN_LIMITS_FULL_PERCENT=0",
                          "HEYAN_LIMITS_FULL_PERCENT=101",
                          "HEYAN_LIMITS_CONNECTIONS_PER_CLIENT=0",
                          "HEYAN_LIMITS_CONNECTIONS_PER_CLIENT=1025",
                          "HEYAN_LIMITS_FILE_BYTES=99999999999999999999",
                          "HEYAN_PRODUCTION"}) {
    const std::string before = to_toml(config_);
    EXPECT_THAT(apply({bad}), HasSubstr("environment")) << bad;
    EXPECT_EQ(to_toml(config_), before) << bad;
  }
}

TEST_F(EnvironmentTest, LeavesEachListenerAnAddressOfItsOwn) {
  EXPECT_THAT(apply({"HEYAN_LISTEN_METRICS=0.0.0.0:9443"}),
              HasSubstr("environment: HEYAN_LISTEN_METRICS: is plain HTTP at an address"));
  config_.listen.metrics.host = "127.0.0.1";
  EXPECT_THAT(apply({"HEYAN_LISTEN_PREVIEW=127.0.0.1:8444"}),
              HasSubstr("is at the address of listen.preview, 127.0.0.1:8444"));
}

TEST_F(EnvironmentTest, ABucketIsTheFilesAndStaysEncrypted) {
  for (const char* lone : {"HEYAN_VAULT_S3_BUCKET=evidence", "HEYAN_VAULT_S3_REGION=court-1",
                           "HEYAN_VAULT_S3_ACCESS_KEY_FILE=/run/s3.access-key"}) {
    EXPECT_THAT(apply({lone}), HasSubstr("which the file does not have")) << lone;
  }
  config_.vault.s3.emplace();
  config_.vault.encryption = crypto::Aead::kAes256Gcm;
  EXPECT_THAT(apply({"HEYAN_VAULT_S3_BUCKET=evidence", "HEYAN_VAULT_S3_REGION=court-1",
                     "HEYAN_VAULT_S3_ACCESS_KEY_FILE=s3.access-key"}),
              IsEmpty());
  EXPECT_EQ(config_.vault.s3->bucket, "evidence");
  EXPECT_EQ(config_.vault.s3->region, "court-1");
  EXPECT_EQ(config_.vault.s3->access_key, "/etc/heyan/s3.access-key");
  EXPECT_THAT(apply({"HEYAN_VAULT_S3_BUCKET=Evidence/.."}), HasSubstr("no name of a bucket"));
  EXPECT_THAT(apply({"HEYAN_VAULT_S3_REGION=a:b"}), HasSubstr("no name of a region"));
  EXPECT_THAT(apply({"HEYAN_LIMITS_FILE_BYTES=5368709120"}), HasSubstr("HEYAN_LIMITS_FILE_BYTES"));
  config_.limits.file_bytes = 1 << 20;
  EXPECT_THAT(apply({"HEYAN_VAULT_ENCRYPTION=sm4-gcm"}), IsEmpty());
  EXPECT_EQ(config_.vault.encryption, crypto::Aead::kSm4Gcm);
  EXPECT_THAT(apply({"HEYAN_VAULT_ENCRYPTION=sm3"}), HasSubstr("is none of"));
  EXPECT_EQ(config_.vault.encryption, crypto::Aead::kSm4Gcm);
  EXPECT_THAT(apply({"HEYAN_VAULT_ENCRYPTION=none"}), HasSubstr("must be aes-256-gcm or sm4-gcm"));
}

TEST_F(EnvironmentTest, ADatabaseIsTheFilesAndItsRolesStayTwo) {
  for (const char* lone :
       {"HEYAN_DATABASE_NAME=heyan", "HEYAN_DATABASE_FRONT_ROLE=gateway",
        "HEYAN_DATABASE_SIGNER_ROLE=signer", "HEYAN_DATABASE_FRONT_PASSWORD_FILE=/run/a",
        "HEYAN_DATABASE_SIGNER_PASSWORD_FILE=/run/b", "HEYAN_DATABASE_PATIENCE_SECONDS=9"}) {
    EXPECT_THAT(apply({lone}), HasSubstr("which the file does not have")) << lone;
  }
  config_.database.emplace();
  EXPECT_THAT(
      apply({"HEYAN_DATABASE_NAME=heyan", "HEYAN_DATABASE_FRONT_ROLE=gateway",
             "HEYAN_DATABASE_SIGNER_ROLE=signer",
             "HEYAN_DATABASE_FRONT_PASSWORD_FILE=front.password",
             "HEYAN_DATABASE_SIGNER_PASSWORD_FILE=/run/b", "HEYAN_DATABASE_PATIENCE_SECONDS=9"}),
      IsEmpty());
  EXPECT_EQ(config_.database->name, "heyan");
  EXPECT_EQ(config_.database->front_role, "gateway");
  EXPECT_EQ(config_.database->signer_role, "signer");
  EXPECT_EQ(config_.database->front_password, "/etc/heyan/front.password");
  EXPECT_EQ(config_.database->signer_password, "/run/b");
  EXPECT_EQ(config_.database->patience_seconds, 9u);
  EXPECT_THAT(apply({"HEYAN_DATABASE_PATIENCE_SECONDS=61"}), HasSubstr("from 1 to 60"));
  EXPECT_THAT(apply({"HEYAN_DATABASE_NAME=" + std::string(64, 'x')}), HasSubstr("1 to 63 bytes"));
  EXPECT_THAT(apply({"HEYAN_DATABASE_HOST=/run"}), HasSubstr("is not known"));
  EXPECT_THAT(apply({"HEYAN_DATABASE_SIGNER_ROLE=gateway"}), HasSubstr("must not reach the log"));
}

TEST_F(EnvironmentTest, SaysEveryDefectAndThatOneIsSetTwice) {
  const std::string defects = apply(
      {"HEYAN_A=1", "HEYAN_LIMITS_JUDGES=x", "HEYAN_PRODUCTION=true", "HEYAN_PRODUCTION=false"});
  EXPECT_THAT(defects, HasSubstr("HEYAN_A"));
  EXPECT_THAT(defects, HasSubstr("HEYAN_LIMITS_JUDGES"));
  EXPECT_THAT(defects, HasSubstr("HEYAN_PRODUCTION: is set twice"));
}

TEST_F(EnvironmentTest, IsAppliedToAFileThatIsLoaded) {
  const os::TemporaryFolder folder;
  const auto file = folder.write("heyan.toml", sample_config());
  ASSERT_EQ(::setenv("HEYAN_LIMITS_JUDGES", "7", 1), 0);
  EXPECT_EQ(load_config(file)->limits.judges, 7u);
  ASSERT_EQ(::setenv("HEYAN_LIMIT_JUDGES", "7", 1), 0);
  const auto refused = load_config(file);
  ASSERT_EQ(::unsetenv("HEYAN_LIMIT_JUDGES"), 0);
  ASSERT_EQ(::unsetenv("HEYAN_LIMITS_JUDGES"), 0);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(trust::to_string(refused.error().front()),
              HasSubstr("Did you mean HEYAN_LIMITS_JUDGES?"));
}

// The names are those of the file: each variable's table and key stand in the sample.
TEST(EnvironmentNames, AreThoseOfTheFile) {
  for (const std::string_view name : variable_names()) {
    std::string key(name.substr(name.find('_') + 1));
    for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    constexpr std::string_view kBucket = "vault_s3_";  // of a table within a table
    if (key.starts_with(kBucket)) key.replace(0, kBucket.size(), "vault.s3_");
    const std::size_t dash = key == "production"            ? std::string::npos
                             : key.starts_with("vault.s3_") ? key.find("_", key.find('.'))
                                                            : key.find('_');
    const std::string in_file = dash == std::string::npos ? key : key.substr(dash + 1);
    EXPECT_THAT(std::string(sample_config()),
                AnyOf(HasSubstr("\n" + in_file + " = "), HasSubstr("\n# " + in_file + " = ")))
        << name;
    if (dash != std::string::npos) {
      EXPECT_THAT(std::string(sample_config()), HasSubstr("[" + key.substr(0, dash) + "]")) << name;
    }
  }
}

}  // namespace
}  // namespace heyan::ops
