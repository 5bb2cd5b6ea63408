#include "gateway/api/withheld.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

using store::Scan;
using store::ScanState;

std::string code(const Scan& scan, bool scanned, std::string_view path = "files/a") {
  const auto refusal = withheld(path, scan, scanned);
  return refusal ? refusal->errors.at(0).code : "";
}

TEST(Withheld, WhatWasFoundAndWhatNobodyLookedAt) {
  EXPECT_EQ(code({.state = ScanState::kFound, .name = "A"}, true), "malware-found");
  EXPECT_EQ(code({.state = ScanState::kFound, .name = "A"}, false), "malware-found");
  EXPECT_EQ(code({.state = ScanState::kPending}, true), "not-scanned");
  EXPECT_EQ(code({.state = ScanState::kPending}, false), "");  // there is no scanner
  EXPECT_EQ(code({.state = ScanState::kClean}, true), "");
  // Larger than a scanner takes: that is no way past it.
  EXPECT_EQ(code({.state = ScanState::kTooLarge}, true), "too-large-to-scan");
  EXPECT_EQ(code({.state = ScanState::kTooLarge}, false), "");
  EXPECT_EQ(code({.state = ScanState::kTooLarge}, true, "case.json"), "");
  EXPECT_EQ(code({.state = ScanState::kPending}, true, "case.json"), "");
}

TEST(Withheld, OnlyStaffConfirmAndOnlyWhatIs) {
  const auto refusal = withheld("a", {.state = ScanState::kFound, .name = "A"}, true);
  ASSERT_TRUE(refusal);
  const std::string right = "malware-found";
  const std::string other = "not-scanned";
  const std::string empty;
  EXPECT_TRUE(is_confirmed(*refusal, Role::kClerk, &right));
  EXPECT_TRUE(is_confirmed(*refusal, Role::kJudge, &right));
  EXPECT_FALSE(is_confirmed(*refusal, Role::kLitigant, &right));
  EXPECT_FALSE(is_confirmed(*refusal, Role::kClerk, &other));
  EXPECT_FALSE(is_confirmed(*refusal, Role::kClerk, &empty));
  EXPECT_FALSE(is_confirmed(*refusal, Role::kClerk, nullptr));
}

}  // namespace
}  // namespace heyan::api
