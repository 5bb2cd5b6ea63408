// The policy: the built-in default, documents in order, and every way to write a faulty one.
#include "verifier/trust/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/catalogue/catalogue.h"
#include "verifier/crypto/digest.h"

namespace heyan::trust {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

const std::string kPolicy = R"([policy]
id = "strict"
version = 2
max_view_age = "7d"
strict_expiry = true
[algorithms]
"md5" = { until = 2004-08-17 }
"sha-256" = { until = 2040-01-01T00:00:00Z }
[checks]
"TIM-1" = "warn"
"W4-4" = "ignore"
"QUO-1" = "fail"
)";

core::UtcTime at(const char* text) { return core::parse_rfc3339(text).value(); }

std::expected<Policy, std::vector<ConfigError>> parse(const std::string& text) {
  return parse_policy("p.toml", [&](std::string_view path) -> core::Result<core::Bytes> {
    if (path != "p.toml") return core::fail(core::ErrorCode::kNotFound, "no such file");
    return core::to_bytes(text);
  });
}

std::vector<std::string> defects(std::string_view from, std::string_view to) {
  std::string text = kPolicy;
  const std::size_t found = text.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  const auto result = parse(text.replace(found, from.size(), to));
  std::vector<std::string> all;
  if (!result) {
    for (const ConfigError& error : result.error()) all.push_back(to_string(error));
  }
  return all;
}

TEST(Policy, ReadsEveryKey) {
  const Policy policy = parse(kPolicy).value();
  EXPECT_EQ(policy.id, "strict");
  EXPECT_EQ(policy.version, 2);
  EXPECT_EQ(policy.max_view_age, std::chrono::hours(7 * 24));
  EXPECT_TRUE(policy.strict_expiry);
  EXPECT_THAT(policy.checks, ElementsAre(Pair(v1::CHECK_QUO_1, Weight::kFail),
                                         Pair(v1::CHECK_TIM_1, Weight::kWarn),
                                         Pair(v1::CHECK_W4_4, Weight::kIgnore)));
}

TEST(Policy, DefaultIsTheDocumentedOne) {
  const Policy& policy = default_policy();
  EXPECT_EQ(policy.id, "default");
  EXPECT_EQ(policy.version, 1);
  EXPECT_EQ(policy.max_view_age, std::chrono::hours(24));
  EXPECT_FALSE(policy.strict_expiry);
  EXPECT_TRUE(policy.checks.empty());
  EXPECT_THAT(policy.algorithm_until, ElementsAre(Pair("md5", at("2004-08-17T00:00:00Z")),
                                                  Pair("sha-1", at("2015-10-08T00:00:00Z"))));
  EXPECT_EQ(&default_policy(), &policy);
}

// The recipe of docs/policy.md.
TEST(Policy, DigestIsThatOfNameAndText) {
  const auto digest = [](std::string_view name, std::string_view text) {
    return crypto::sha256(core::as_bytes(core::to_string(crypto::sha256(core::as_bytes(name))) +
                                         core::to_string(crypto::sha256(core::as_bytes(text)))));
  };
  EXPECT_EQ(parse(kPolicy).value().digest, digest("p.toml", kPolicy));
  EXPECT_EQ(default_policy().digest, digest("default-policy.toml", default_policy_text()));
}

// Security decision 9: silence on a broken algorithm is no permission.
TEST(Policy, BrokenAlgorithmsKeepTheirDateUnlessADocumentGivesAnother) {
  const Policy policy = parse("[policy]\nid = \"p\"\nversion = 1\n").value();
  EXPECT_EQ(policy.algorithm_until, default_policy().algorithm_until);
  const Policy earlier = parse(
                             "[policy]\nid = \"p\"\nversion = 1\n[algorithms]\n"
                             "\"sha-1\" = { until = 2010-01-01 }\n")
                             .value();
  EXPECT_EQ(earlier.algorithm_until.at("sha-1"), at("2010-01-01T00:00:00Z"));
  EXPECT_EQ(earlier.algorithm_until.at("md5"), at("2004-08-17T00:00:00Z"));
}

TEST(Policy, ReadsDurationsWithAUnit) {
  const auto age = [](const std::string& text) {
    return parse("[policy]\nid = \"p\"\nversion = 1\nmax_view_age = \"" + text + "\"\n")
        .value()
        .max_view_age.count();
  };
  EXPECT_EQ(age("90s"), 90);
  EXPECT_EQ(age("30m"), 1800);
  EXPECT_EQ(age("24h"), 86400);
  EXPECT_EQ(age("7d"), 604800);
}

TEST(Policy, RefusesOtherDurations) {
  for (const auto* text : {"", "0h", "-1h", "+1h", "1", "h", "1.5h", "1 h", "24H", "1w", "01h",
                           "1hh", "99999999999999999999d", "9223372036854775807s", "4000d"}) {
    EXPECT_THAT(defects("\"7d\"", "\"" + std::string(text) + "\""),
                ElementsAre("p.toml:4: policy.max_view_age: is no duration of at most ten years. "
                            "Write a number and a unit: 90s 30m 24h 7d."))
        << text;
  }
}

// Security decision 6: nobody may configure a decisive check away.
TEST(Policy, DecisiveChecksAcceptOnlyFail) {
  int decisive = 0;
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    for (const auto* weight : {"fail", "warn", "inform", "ignore"}) {
      const auto result = parse("[policy]\nid = \"p\"\nversion = 1\n[checks]\n\"" +
                                std::string(check.code) + "\" = \"" + weight + "\"\n");
      const bool weakened =
          check.weight == catalogue::CheckWeight::kDecisive && weight != std::string_view("fail");
      EXPECT_EQ(result.has_value(), !weakened) << check.code << " " << weight;
      decisive += weakened ? 1 : 0;
    }
  }
  EXPECT_EQ(decisive, 11 * 3);
  EXPECT_THAT(defects("\"QUO-1\" = \"fail\"", "\"QUO-1\" = \"warn\""),
              ElementsAre("p.toml:12: checks.QUO-1: is decisive and cannot be weakened to 'warn'. "
                          "Write \"fail\" or leave it out."));
}

TEST(Policy, RefusesUnknownNames) {
  EXPECT_THAT(defects("TIM-1", "TIM-9"),
              ElementsAre("p.toml:10: checks.TIM-9: is no check. The nearest is 'TIM-1'."));
  EXPECT_THAT(defects("\"warn\"", "\"warning\""),
              ElementsAre("p.toml:10: checks.TIM-1: 'warning' is not known here; the nearest is "
                          "'warn'. Write one of: fail warn inform ignore."));
  EXPECT_THAT(defects("\"sha-256\"", "\"sha256\""),
              ElementsAre("p.toml:8: algorithms.sha256: is no digest algorithm. The nearest is "
                          "'sha-256'."));
  EXPECT_THAT(
      defects("strict_expiry", "strict_expire"),
      ElementsAre("p.toml:5: policy.strict_expire: is no key of this table. The nearest key "
                  "is 'strict_expiry'."));
  EXPECT_THAT(
      defects("[checks]", "[check]"),
      ElementsAre("p.toml:9: check: is no key of this table. The nearest key is 'checks'."));
  EXPECT_THAT(
      defects("until = 2004-08-17", "untill = 2004-08-17"),
      ElementsAre("p.toml:7: algorithms.md5.until: is missing.",
                  "p.toml:7: algorithms.md5.untill: is no key of this table. The nearest key "
                  "is 'until'."));
}

TEST(Policy, RefusesWrongTypesAndMissingKeys) {
  EXPECT_THAT(defects("2004-08-17", "\"2004-08-17\""),
              ElementsAre(HasSubstr("p.toml:7: algorithms.md5.until: must be a date")));
  EXPECT_THAT(defects("{ until = 2004-08-17 }", "2004-08-17"),
              ElementsAre("p.toml:7: algorithms.md5: must be a table."));
  EXPECT_THAT(defects("\"warn\"", "true"),
              ElementsAre("p.toml:10: checks.TIM-1: must be text in quotes."));
  EXPECT_THAT(defects("= true", "= 1"),
              ElementsAre("p.toml:5: policy.strict_expiry: must be true or false."));
  EXPECT_THAT(defects("version = 2", "version = 0"),
              ElementsAre("p.toml:3: policy.version: must be at least 1."));
  EXPECT_THAT(defects("version = 2\n", ""), ElementsAre("p.toml:1: policy.version: is missing."));
  EXPECT_THAT(defects("id = \"strict\"\n", ""), ElementsAre("p.toml:1: policy.id: is missing."));
  EXPECT_THAT(defects("[policy]\nid = \"strict\"\nversion = 2\nmax_view_age = \"7d\"\n"
                      "strict_expiry = true\n",
                      ""),
              ElementsAre(HasSubstr("policy: is missing. Begin with the table [policy].")));
}

}  // namespace
}  // namespace heyan::trust
