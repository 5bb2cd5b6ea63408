#include "verifier/transparency/policy.h"

#include <gtest/gtest.h>

#include "tests/unit/transparency/vectors.h"

namespace heyan::transparency {
namespace {

using test::read_file;

constexpr std::string_view kSigsumKeys = R"(
witness a 1c25f8a44c635457e2e391d1efbca7d4c2951a0aef06225a881e46b98962ac6c
witness b 28c92a5a3a054d317c86fc2eeb6a7ab2054d6217100d0be67ded5b74323c5806
witness c f4855a0f46e8a3e23bb40faf260ee57ab8a18249fa402f2ca2d28a60e1a3130e
witness d ebcdeb78e7fdb2ef9227b2c1ef11e94600b55b4d6d9a57877e31ee89e59adc36
)";

std::expected<LogPolicy, LogPolicy::Fault> parse(std::string_view rest) {
  return LogPolicy::parse(std::string(kSigsumKeys) + std::string(rest), PolicyForm::kSigsum);
}

// Line and words of what is refused.
void expect_fault(std::string_view rest, std::uint32_t line, std::string_view words) {
  const auto policy = parse(rest);
  ASSERT_FALSE(policy.has_value()) << rest;
  EXPECT_EQ(policy.error().line, line) << rest;
  EXPECT_TRUE(policy.error().what.contains(words)) << policy.error().what;
  EXPECT_FALSE(policy.error().unsupported);
}

bool holds(std::string_view rest, std::vector<bool> cosigned) {
  const auto policy = parse(rest);
  EXPECT_TRUE(policy.has_value()) << rest;
  return policy && policy->count(cosigned).reached();
}

TEST(Policy, NestedGroupsCountMembersNotWitnesses) {
  constexpr std::string_view kNested =
      "group courts any a b\ngroup both all courts c\nquorum both\n";
  EXPECT_TRUE(holds(kNested, {true, false, true, false}));
  EXPECT_TRUE(holds(kNested, {false, true, true, false}));
  EXPECT_FALSE(holds(kNested, {true, true, false, true}));
  EXPECT_FALSE(holds(kNested, {false, false, true, true}));
  EXPECT_FALSE(holds(kNested, {}));
  const PolicyCount count = parse(kNested)->count({true, true, false, true});
  EXPECT_EQ(count.required, 2U);
  EXPECT_EQ(count.valid, 1U);
}

TEST(Policy, QuorumOfOneWitnessAndOfNone) {
  EXPECT_TRUE(holds("quorum b\n", {false, true, false, false}));
  EXPECT_FALSE(holds("quorum b\n", {true, false, true, true}));
  EXPECT_TRUE(holds("quorum none", {}));
  EXPECT_TRUE(holds("group g 3 a b c d\nquorum g\n", {true, false, true, true}));
  EXPECT_FALSE(holds("group g 3 a b c d\nquorum g\n", {true, false, false, true}));
}

TEST(Policy, NamesTheLineOfEveryMistake) {
  expect_fault("", 0, "no line \"quorum\"");
  expect_fault("quorum a\nquorum a\n", 7, "second");
  expect_fault("quorum e\n", 6, "line above");
  expect_fault("group g 2 a b extra\nquorum g\n", 6, "\"extra\"");
  expect_fault("group g any h\ngroup h any a\nquorum g\n", 6, "\"h\"");
  expect_fault("group g any g\nquorum g\n", 6, "\"g\"");
  expect_fault("group g any a a\nquorum g\n", 6, "member already");
  expect_fault("group g any a\ngroup h any a\nquorum g\n", 7, "member already");
  expect_fault("group g any none\nquorum g\n", 6, "\"none\"");
  expect_fault("group g 0 a\nquorum g\n", 6, "threshold");
  expect_fault("group g 2 a\nquorum g\n", 6, "threshold");
  expect_fault("group g -1 a\nquorum g\n", 6, "threshold");
  expect_fault("group g 01 a\nquorum g\n", 6, "threshold");
  expect_fault("group g +1 a\nquorum g\n", 6, "threshold");
  expect_fault("group g 4294967297 a\nquorum g\n", 6, "threshold");
  expect_fault("group g any\nquorum g\n", 6, "write: group");
  expect_fault("group a any b\nquorum a\n", 6, "named already");
  expect_fault("group none any b\nquorum none\n", 6, "no name");
  expect_fault("quorum\n", 6, "write: quorum");
  expect_fault("quorum a b\n", 6, "write: quorum");
  expect_fault("Quorum a\n", 6, "\"Quorum\"");
  expect_fault("quorum a\r\n", 6, "control");
  expect_fault(std::string_view("quorum a\0\n", 10), 6, "control");
  expect_fault("quorum a\x7f\n", 6, "control");
  expect_fault("log\n", 6, "write: log");
  expect_fault("witness e\n", 6, "write: witness");
}

TEST(Policy, OneKeyIsOneWitnessOrLogWhateverItsName) {
  constexpr std::string_view kKey =
      "1c25f8a44c635457e2e391d1efbca7d4c2951a0aef06225a881e46b98962ac6c";
  const std::string upper = "1C25F8A44C635457E2E391D1EFBCA7D4C2951A0AEF06225A881E46B98962AC6C";
  expect_fault("witness e " + std::string(kKey) + "\nquorum a\n", 6, "another witness");
  expect_fault("witness e " + upper + "\nquorum a\n", 6, "another witness");
  expect_fault("log " + std::string(kKey) + "\nlog " + upper + "\nquorum a\n", 7, "another log");
}

TEST(Policy, RefusesKeysThatAreNone) {
  expect_fault("witness e 1c25\nquorum a\n", 6, "Ed25519");
  expect_fault("witness e zz\nquorum a\n", 6, "hexadecimal");
  // Of small order: any signature is good for it.
  expect_fault("log 0100000000000000000000000000000000000000000000000000000000000000\nquorum a\n",
               6, "anybody");
  const auto vkey = LogPolicy::parse(read_file("court-log/policy-3of5.txt"), PolicyForm::kSigsum);
  EXPECT_FALSE(vkey.has_value());
}

TEST(Policy, SaysOfAnUnknownSignatureTypeThatItIsNotSupported) {
  const auto policy =
      LogPolicy::parse(read_file("court-log/policy-mldsa-2of3.txt"), PolicyForm::kC2sp);
  ASSERT_FALSE(policy.has_value());
  EXPECT_TRUE(policy.error().unsupported);
}

TEST(Policy, BoundsWhatItReads) {
  EXPECT_EQ(LogPolicy::parse(std::string(kPolicyBytes + 1, '\n'), PolicyForm::kC2sp).error().line,
            0U);
  std::string groups(kSigsumKeys);
  for (std::size_t i = 4; i <= kPolicyNames; ++i) {
    const std::string member = i == 4 ? "a" : "g" + std::to_string(i - 1);
    groups += "group g" + std::to_string(i) + " any " + member + "\n";
  }
  const auto policy = LogPolicy::parse(groups + "quorum a\n", PolicyForm::kSigsum);
  ASSERT_FALSE(policy.has_value());
  EXPECT_TRUE(policy.error().what.contains("too many"));
}

TEST(Policy, ReadsTheVectorsAsTheySay) {
  for (const auto& one : test::cases("policy-parse")) {
    const bool sigsum = test::text(one, "/inputs/format") == "sigsum";
    const auto policy = LogPolicy::parse(read_file(test::text(one, "/inputs/policy")),
                                         sigsum ? PolicyForm::kSigsum : PolicyForm::kC2sp);
    if (!policy && policy.error().unsupported) continue;
    EXPECT_EQ(policy.has_value(), test::text(one, "/expect") == "accept") << test::text(one, "/id");
  }
}

}  // namespace
}  // namespace heyan::transparency
