#include "gateway/ops/serves.h"

#include <gmock/gmock.h>

#include <array>

#include "gateway/ops/environment.h"
#include "tests/unit/ops/sample_text.h"

namespace heyan::ops {
namespace {

using testing::HasSubstr;

void replace(std::string& text, std::string_view old, std::string_view with) {
  const std::size_t at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), with);
}

// The sample as a gateway of litigants alone has it, and more tables.
std::string of_litigants(std::string_view more = "") {
  std::string text(sample_config());
  replace(text, "serves = \"everybody\"", "serves = \"litigants\"");
  replace(text, "client_ca = ", "# client_ca = ");
  const std::size_t from = text.find("[[court_system]]");
  const std::size_t to = text.find("# [[webhook]]");
  EXPECT_LT(from, to);
  text.erase(from, to - from);
  replace(text, "encryption = \"none\"", "encryption = \"aes-256-gcm\"\nkey_file = \"vault.key\"");
  text +=
      "\n[vault.s3]\nendpoint = \"http://127.0.0.1:9000\"\nbucket = \"evidence\"\n"
      "region = \"court-1\"\naccess_key_file = \"s3.access-key\"\n"
      "\n[database]\nhost = \"/run/postgresql\"\nname = \"heyan\"\nfront_role = \"litigants\"\n"
      "signer_role = \"signer\"\n\n[[people.court]]\ncode = \"0192\"\nname = "
      "\"杭州互联网法院\"\n\n";
  return text.append(more);
}

TEST(Serves, EverybodyWhereNothingIsSaid) {
  EXPECT_EQ(parse_config("heyan.toml", sample_config(), "/etc/heyan")->listen.serves,
            Serves::kEverybody);
  const auto silent =
      parse_config("heyan.toml", sample_with("serves = \"everybody\"", "#"), "/etc/heyan");
  EXPECT_EQ(silent->listen.serves, Serves::kEverybody);
  EXPECT_THAT(defect_of(sample_with("\"everybody\"", "\"nobody\"")), HasSubstr("listen.serves"));
}

TEST(Serves, LitigantsAlone) {
  const auto config = parse_config("heyan.toml", of_litigants(), "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(of_litigants());
  EXPECT_EQ(config->listen.serves, Serves::kLitigants);
  // What is written is read as the same.
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(again->listen.serves, Serves::kLitigants);
  EXPECT_EQ(to_toml(*again), to_toml(*config));
}

// What documents that are read bear, and what proofs are made with, they need as everybody does.
TEST(Serves, LitigantsMayHaveTimeStamps) {
  EXPECT_EQ(defect_of(of_litigants("[tsa]\nurl = \"http://tsa.example/stamp\"\n"
                                   "authorities = [\"tls/tsa-root.pem\"]\n")),
            "accepted");
}

TEST(Serves, WhatIsTheCourtsToDoIsRefused) {
  const struct {
    std::string_view more, table, says;
  } cases[] = {
      {"[court.micro_court]\nallowed_hosts = [\"oss.court.example\"]\n",
       ": court: ", "messages of courts' systems"},
      {"[scanner]\nsocket = \"/run/clamav/clamd.ctl\"\nmax_bytes = 1000\n",
       ": scanner: ", "scans files"},
      {"[[court_system]]\nspki_sha256 = "
       "\"0000000000000000000000000000000000000000000000000000000000000000\"\n"
       "court_code = \"0491\"\ncourt_name = \"n\"\naccount = \"a\"\n",
       ": court_system: ", "name the court in [[people.court]]"},
      {"[[court_system]]\nspki_sha256 = "
       "\"0000000000000000000000000000000000000000000000000000000000000000\"\n"
       "court_code = \"0491\"\ncourt_name = \"n\"\naccount = \"a\"\n\n"
       "[[webhook]]\naccount = \"a\"\nurl = \"https://court.example/e\"\nca = \"c.pem\"\n"
       "secrets = [\"s\"]\n",
       ": webhook: ", "the court's gateways of the same database do it"},
  };
  for (const auto& [more, table, says] : cases) {
    const std::string defect = defect_of(of_litigants(more));
    EXPECT_THAT(defect, HasSubstr(table)) << more;
    EXPECT_THAT(defect, HasSubstr(says)) << more;
    EXPECT_THAT(defect, testing::StartsWith("heyan.toml:")) << more;
  }
  std::string text = of_litigants();
  replace(text, "# client_ca = ", "client_ca = ");
  EXPECT_THAT(defect_of(text), HasSubstr(": tls: names client_ca"));
  text = of_litigants();
  text.erase(text.find("\n[database]\n"));
  EXPECT_THAT(defect_of(text), HasSubstr("database: is missing"));
}

TEST(Serves, EverybodyMayHaveIt) {
  for (const ServingFault& fault :
       faults_of_serving(*parse_config("heyan.toml", sample_config(), "/etc/heyan"))) {
    ADD_FAILURE() << fault.table;
  }
}

TEST(Serves, TheEnvironmentGivesThemNoCourtSystems) {
  Config config = parse_config("heyan.toml", of_litigants(), "/etc/heyan").value();
  const std::array<std::string, 1> variable = {"HEYAN_TLS_CLIENT_CA=/run/ca.pem"};
  std::string all;
  for (const auto& error : apply_environment(config, variable, "/etc/heyan"))
    all += trust::to_string(error);
  EXPECT_THAT(all, HasSubstr("HEYAN_TLS_CLIENT_CA: names client_ca"));
  const std::array<std::string, 1> serves = {"HEYAN_LISTEN_SERVES=everybody"};
  all.clear();
  for (const auto& error : apply_environment(config, serves, "/etc/heyan"))
    all += trust::to_string(error);
  EXPECT_THAT(all, HasSubstr("HEYAN_LISTEN_SERVES: is not known"));
  EXPECT_EQ(config.listen.serves, Serves::kLitigants);
}

}  // namespace
}  // namespace heyan::ops
