// Keys that a token holds, as a configuration names them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/ops/config.h"
#include "tests/unit/ops/sample_text.h"

namespace heyan::ops {
namespace {

// The table of the example, without the marks that make it a comment.
std::string sample_with_token() {
  std::string text(sample_config());
  std::size_t at = text.find("# [token]");
  while (text.substr(at, 2) == "# ") {
    text.erase(at, 2);
    at = text.find('\n', at) + 1;
  }
  return text;
}

TEST(Config, ATokenHoldsAKeyForEachUse) {
  const auto config = parse_config("heyan.toml", sample_with_token(), "/etc/heyan");
  ASSERT_TRUE(config.has_value()) << defect_of(sample_with_token());
  ASSERT_TRUE(config->token.has_value());
  EXPECT_EQ(config->token->pin_file, "/etc/heyan/token.pin");
  EXPECT_EQ(config->token->folders, std::vector<std::filesystem::path>{"/var/lib/softhsm/tokens"});
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value()) << defect_of(to_toml(*config));
  EXPECT_EQ(to_toml(*again), to_toml(*config));

  std::string shared = sample_with_token();
  shared.replace(shared.find("heyan-receipt"), 13, "heyan-report");
  EXPECT_THAT(defect_of(shared), ::testing::HasSubstr("token.receipt_key: is the key of reports"));
  for (const char* key : {"module", "name", "pin_file", "report_key", "receipt_key"}) {
    std::string lacking = sample_with_token();
    const std::size_t at = lacking.find("\n" + std::string(key) + " = ", lacking.find("[token]"));
    lacking.erase(at, lacking.find('\n', at + 1) - at);
    EXPECT_THAT(defect_of(lacking), ::testing::HasSubstr("token." + std::string(key))) << key;
  }
  std::string with_pin = sample_with_token();
  with_pin.insert(with_pin.find("\nreport_key"), "\npin = \"1234\"");
  EXPECT_THAT(defect_of(with_pin), ::testing::HasSubstr("token.pin"))
      << "a PIN stands in no configuration";
}

}  // namespace
}  // namespace heyan::ops
