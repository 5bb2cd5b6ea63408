#include "gateway/ops/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/ops/sample_text.h"

namespace heyan::ops {
namespace {

std::string scanner_defect(std::string_view table) {
  return defect_of(std::string(sample_config()) + "\n[scanner]\n" + std::string(table));
}

TEST(Config, AScannerIsOfThisMachine) {
  using testing::HasSubstr;
  const std::string text = std::string(sample_config()) +
                           "\n[scanner]\nsocket = \"clamd.ctl\"\nmax_bytes = 1000\nseconds = 7\n";
  const auto config = parse_config("heyan.toml", text, "/run/clamav");
  ASSERT_TRUE(config.has_value()) << defect_of(text);
  ASSERT_TRUE(config->scanner);
  EXPECT_EQ(config->scanner->socket, "/run/clamav/clamd.ctl");
  EXPECT_EQ(config->scanner->max_bytes, 1000u);
  EXPECT_EQ(config->scanner->seconds, 7u);
  EXPECT_TRUE(calls_somebody(*config));
  const auto again = parse_config("heyan.toml", to_toml(*config), "/elsewhere");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  for (const char* address : {"127.0.0.1:3310", "127.8.0.1:1", "[::1]:3310"}) {
    const std::string by_address = "address = \"" + std::string(address) + "\"\n";
    EXPECT_EQ(scanner_defect(by_address), "accepted") << address;
  }
  for (const char* address : {"10.0.0.1:3310", "0.0.0.0:3310", "localhost:3310", "127.0.0.1",
                              "127.0.0.1:0", "[::]:3310", "127.evil:3310", ""}) {
    const std::string by_address = "address = \"" + std::string(address) + "\"\n";
    EXPECT_THAT(scanner_defect(by_address), HasSubstr("of this machine alone")) << address;
  }
  EXPECT_THAT(scanner_defect(""), HasSubstr("one of them"));
  EXPECT_THAT(scanner_defect("socket = \"a\"\naddress = \"127.0.0.1:1\"\n"),
              HasSubstr("one of them"));
  EXPECT_THAT(scanner_defect("socket = \"\"\n"), HasSubstr("no path"));
  EXPECT_THAT(scanner_defect("socket = \"" + std::string(200, 'x') + "\"\n"), HasSubstr("no path"));
  EXPECT_THAT(scanner_defect("socket = \"a\"\nmax_bytes = 0\n"), HasSubstr("from 1 to"));
  EXPECT_THAT(scanner_defect("socket = \"a\"\nseconds = 3601\n"), HasSubstr("from 1 to 3600"));
  EXPECT_THAT(scanner_defect("socket = \"a\"\nport = 1\n"), HasSubstr("port"));
}

}  // namespace
}  // namespace heyan::ops
