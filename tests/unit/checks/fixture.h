// One item of a small case with one chain attestation in which everything is right; tests change
// what they are about and ask one check.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schemas/catalogue/catalogue.h"
#include "verifier/checks/check.h"
#include "verifier/core/time.h"

namespace heyan::checks::testing {

inline constexpr std::int64_t kDay = 86'400'000;
inline constexpr std::int64_t kAsOf = 1'795'000'000'000;
inline constexpr std::int64_t kRecorded = kAsOf - 100 * kDay;

class ChecksTest : public ::testing::Test {
 protected:
  ChecksTest();

  // The findings of one check on the first item.
  std::vector<v1::Finding> run(v1::CheckId check);
  // The only finding of that check; fails the test where there are several.
  v1::Finding only(v1::CheckId check);
  std::vector<v1::Finding> run_whole();

  static bool has(const std::vector<v1::Finding>& findings, v1::ReasonCode code);

  v1::Item& item() { return *record_.mutable_submission()->mutable_evidence(0); }
  v1::ItemRecord& measured() { return *record_.mutable_items(0); }
  v1::Attestation& attestation() { return attestations_[0][0]; }
  v1::LedgerRecord& ledger_record() { return *attestation().mutable_record(); }
  // Adds a copy of the good attestation to the first item.
  v1::Attestation& add_attestation(v1::Tier tier);
  void set_answer(v1::Attestation& attestation, v1::CheckId check, v1::Outcome outcome,
                  v1::ReasonCode code = v1::REASON_NONE);
  static v1::Digest digest(v1::DigestAlgorithm algorithm, char fill);
  static std::string digest_bytes(v1::DigestAlgorithm algorithm, char fill);

  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  trust::Policy policy_ = trust::default_policy();
  std::vector<std::vector<v1::Attestation>> attestations_;

 private:
  template <typename Use>
  auto with_view(Use use);
};

}  // namespace heyan::checks::testing
