#include "gateway/ops/database.h"

#include <gmock/gmock.h>

#include "tests/unit/ops/sample_text.h"

namespace heyan::ops {
namespace {

using testing::HasSubstr;

// The sample, with a bucket, and these lines of [database].
std::string with_database(std::string_view lines) {
  std::string text = sample_with("encryption = \"none\"",
                                 "encryption = \"aes-256-gcm\"\nkey_file = \"vault.key\"");
  text +=
      "\n[vault.s3]\nendpoint = \"http://127.0.0.1:9000\"\nbucket = \"evidence\"\n"
      "region = \"court-1\"\naccess_key_file = \"s3.access-key\"\n\n[database]\n";
  return text.append(lines);
}

std::string of(std::string_view where, std::string_view more = "") {
  return std::string(where) + "\nname = \"heyan\"\nfront_role = \"gateway\"\n" +
         "signer_role = \"signer\"\n" + std::string(more);
}

Database read(std::string_view lines) {
  const auto config = parse_config("heyan.toml", with_database(lines), "/etc/heyan");
  EXPECT_TRUE(config.has_value()) << defect_of(with_database(lines));
  if (!config || !config->database) return {};
  // What is written is read as the same.
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  EXPECT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  if (again) {
    EXPECT_EQ(to_toml(*again), to_toml(*config));
  }
  return *config->database;
}

std::string refused(std::string_view lines) { return defect_of(with_database(lines)); }

TEST(DatabaseConfig, WithoutItThereAreFiles) {
  EXPECT_FALSE(parse_config("heyan.toml", sample_config(), "/etc/heyan")->database.has_value());
}

TEST(DatabaseConfig, IsASocketOfThisMachine) {
  const Database database = read(of("host = \"/run/postgresql\""));
  EXPECT_TRUE(database.is_by_file());
  EXPECT_EQ(database.host, "/run/postgresql");
  EXPECT_EQ(database.port, 5432);
  EXPECT_EQ(database.name, "heyan");
  EXPECT_EQ(database.front_role, "gateway");
  EXPECT_EQ(database.signer_role, "signer");
  EXPECT_TRUE(database.front_password.empty());
  EXPECT_EQ(database.patience_seconds, 5u);
}

TEST(DatabaseConfig, IsAServerElsewhereWithWhoVouchesForIt) {
  const Database database =
      read(of("host = \"db.court.example\"\naddress = \"10.20.0.9\"\nport = 5433",
              "ca = \"db-ca.pem\"\nfront_password_file = \"front.password\"\n"
              "signer_password_file = \"/run/signer.password\"\npatience_seconds = 20\n"));
  EXPECT_FALSE(database.is_by_file());
  EXPECT_EQ(database.host, "db.court.example");
  EXPECT_EQ(database.address, "10.20.0.9");
  EXPECT_EQ(database.port, 5433);
  EXPECT_EQ(database.ca, "/etc/heyan/db-ca.pem");
  EXPECT_EQ(database.front_password, "/etc/heyan/front.password");
  EXPECT_EQ(database.signer_password, "/run/signer.password");
  EXPECT_EQ(database.patience_seconds, 20u);
  EXPECT_EQ(read(of("host = \"10.20.0.9\"", "ca = \"db-ca.pem\"\n")).host, "10.20.0.9");
  EXPECT_EQ(read(of("host = \"127.0.0.1\"")).host, "127.0.0.1");
}

TEST(DatabaseConfig, NeedsEvidenceThatAllReach) {
  const std::string text =
      std::string(sample_config()) + "\n[database]\n" + of("host = \"/run/postgresql\"");
  EXPECT_THAT(defect_of(text), HasSubstr("needs evidence in a bucket"));
  EXPECT_THAT(defect_of(text), HasSubstr("[vault.s3]"));
}

TEST(DatabaseConfig, NothingIsResolvedAndNothingAskedInTheClear) {
  EXPECT_THAT(refused(of("host = \"db.court.example\"", "ca = \"c\"\n")),
              HasSubstr("database.address: is missing"));
  EXPECT_THAT(refused(of("host = \"localhost\"", "ca = \"c\"\n")), HasSubstr("is missing"));
  EXPECT_THAT(refused(of("host = \"db\"\naddress = \"db2\"", "ca = \"c\"\n")),
              HasSubstr("is no numeric address"));
  EXPECT_THAT(refused(of("host = \"10.20.0.9\"\naddress = \"10.20.0.9\"", "ca = \"c\"\n")),
              HasSubstr("is of a host with a name"));
  EXPECT_THAT(refused(of("host = \"10.20.0.9\"")), HasSubstr("database.ca: is missing"));
  EXPECT_THAT(refused(of("host = \"db\"\naddress = \"10.20.0.9\"")), HasSubstr("ca: is missing"));
  EXPECT_THAT(refused(of("host = \"/run/postgresql\"", "ca = \"c\"\n")),
              HasSubstr("is of a server on another machine"));
  EXPECT_THAT(refused(of("host = \"run/postgresql\"")), HasSubstr("neither a folder"));
  EXPECT_THAT(refused(of("host = \"db.court.example;options=x\"")), HasSubstr("neither a folder"));
  EXPECT_THAT(refused(of("host = \"/" + std::string(92, 'x') + "\"")), HasSubstr("too long"));
}

TEST(DatabaseConfig, EveryDefectIsNamed) {
  const auto all = refused("port = 0\n");
  for (const char* key : {"database.host", "database.name", "database.front_role",
                          "database.signer_role", "database.port"}) {
    EXPECT_THAT(all, HasSubstr(key));
  }
  const std::string at = "host = \"/run/postgresql\"\n";
  EXPECT_THAT(refused(of(at + "port = 65536")), HasSubstr("from 1 to 65535"));
  EXPECT_THAT(refused(of(at, "patience_seconds = 0\n")), HasSubstr("from 1 to 60"));
  EXPECT_THAT(refused(of(at, "user = \"x\"\n")), HasSubstr("user"));
  EXPECT_THAT(refused(of(at, "front_password_file = \"\"\n")), HasSubstr("is empty"));
  EXPECT_THAT(refused(at + "name = \"n\"\nfront_role = \"a\"\nsigner_role = \"a\"\n"),
              HasSubstr("must not reach the log"));
  EXPECT_THAT(refused(at + "name = \"" + std::string(64, 'n') +
                      "\"\nfront_role = \"a\"\nsigner_role = \"b\"\n"),
              HasSubstr("1 to 63 bytes"));
}

}  // namespace
}  // namespace heyan::ops
