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
                     "HEYAN_TLS_KEY=/run/key.pem", "HEYAN_LIMITS_FULL_PERCENT=75"}),
              IsEmpty());
  EXPECT_TRUE(config_.production);
  EXPECT_EQ(config_.state, "/etc/heyan/other");
  EXPECT_EQ(config_.listen.people, (Address{"::1", 443}));
  EXPECT_EQ(config_.listen.court, (Address{"127.0.0.1", 8444}));
  EXPECT_TRUE(config_.tls.tls12);
  EXPECT_EQ(config_.tls.key, "/run/key.pem");
  EXPECT_EQ(config_.limits.full_percent, 75u);
}

TEST_F(EnvironmentTest, NamesAnUnknownVariableAndTheNearest) {
  EXPECT_THAT(apply({"HEYAN_LISTEN_PUBLICK=127.0.0.1:1"}),
              HasSubstr("HEYAN_LISTEN_PUBLICK: is not known. Did you mean HEYAN_LISTEN_PUBLIC?"));
  for (const char* unknown : {"HEYAN_", "HEYAN_X=1", "HEYAN_listen_public=127.0.0.1:1",
                              "HEYAN_TRUST_KEYS=a", "HEYAN_TRUST_AT_LEAST=1", "HEYAN_LOG_NAME=x"}) {
    EXPECT_THAT(apply({unknown}), HasSubstr("is not known")) << unknown;
  }
}

TEST_F(EnvironmentTest, RefusesWhatIsNoValue) {
  for (const char* bad :
       {"HEYAN_PRODUCTION=", "HEYAN_PRODUCTION=1", "HEYAN_PRODUCTION=True",
        "HEYAN_STATE_FOLDER=", "HEYAN_LISTEN_PUBLIC=localhost:1", "HEYAN_LISTEN_PUBLIC=127.0.0.1",
        "HEYAN_TLS_MIN_VERSION=1.1", "HEYAN_LIMITS_JUDGES=-1", "HEYAN_LIMITS_JUDGES=257",
        "HEYAN_LIMITS_JUDGES=2 ", "HEYAN_LIMITS_JUDGES=02",
        "HEYAN_LIMITS_JUDGES=", "HEYAN_LIMITS_FULL_PERCENT=0", "HEYAN_LIMITS_FULL_PERCENT=101",
        "HEYAN_LIMITS_FILE_BYTES=99999999999999999999", "HEYAN_PRODUCTION"}) {
    const std::string before = to_toml(config_);
    EXPECT_THAT(apply({bad}), HasSubstr("environment")) << bad;
    EXPECT_EQ(to_toml(config_), before) << bad;
  }
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
    const std::size_t dash = key == "production" ? std::string::npos : key.find('_');
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
