#include "gateway/ops/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/ops/config.h"

namespace heyan::ops {
namespace {

// Every defect of a text, as people read them.
std::string defect_of(std::string_view text) {
  const auto parsed = parse_config("heyan.toml", text, "/etc/heyan");
  if (parsed) return "accepted";
  std::string all;
  for (const auto& error : parsed.error()) all += trust::to_string(error) + "\n";
  return all;
}

TEST(PeopleConfig, ACourtHoldsItsJudgesToAssignmentsWhereItSaysSo) {
  const std::string sample(sample_config());
  const auto with = [&](const std::string& code, const std::string& rule) {
    return sample + "[[people.court]]\ncode = \"" + code + "\"\nname = \"B\"\n" + rule;
  };
  const auto is_held = [](const std::string& text, const std::string& code) {
    const auto config = parse_config("heyan.toml", text, "/etc/heyan");
    EXPECT_TRUE(config.has_value()) << defect_of(text);
    for (const Court& court : courts_of(*config)) {
      if (court.code == code) return court.assignment;
    }
    return false;
  };
  EXPECT_FALSE(is_held(sample, "0491"));
  EXPECT_FALSE(is_held(with("0192", ""), "0192"));
  EXPECT_FALSE(is_held(with("0192", "assignment = false\n"), "0192"));
  EXPECT_FALSE(is_held(with("0192", "assignment = true\n"), "0491"));
  EXPECT_TRUE(is_held(with("0192", "assignment = true\n"), "0192"));
  EXPECT_TRUE(is_held(with("0491", "assignment = true\n"), "0491"));  // of a court system, too
  const auto config = parse_config("heyan.toml", with("0192", "assignment = true\n"), "/");
  EXPECT_TRUE(is_held(to_toml(*config), "0192"));
  EXPECT_THAT(defect_of(with("0192", "assignment = \"yes\"\n")),
              testing::HasSubstr("people.court[0].assignment"));
}

}  // namespace
}  // namespace heyan::ops
