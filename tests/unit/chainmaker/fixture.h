// Bundles of tests/vectors/chains-cn, and judgements of items under trust lists made for a test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/vectors/chainmaker_bundle.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::chainmaker::testing {

using core::json::Value;

// A bundle beneath tests/vectors/chains-cn/chainmaker; fails the test where it is missing.
Value read_bundle(const std::string& name);
Bytes read_vector(const std::string& path);

// An item, its proofs and the trust list; what a test changes of them.
struct Scene {
  // The bundle's proof under the bundle's trust list; the record as CMEVI has it.
  static Scene of_bundle(const std::string& name);

  // Replaces text in trust.toml; fails the test where it is not there.
  Scene& with(const std::string& from, const std::string& to);
  // Adds to [ledger.chainmaker], before its tables; or at the end of the list.
  Scene& with_setting(const std::string& line);
  Scene& with_table(const std::string& text);

  // All defects as one text; empty where the list is sound.
  std::string defects() const;
  // Fails the test where the list is not sound or nothing was judged.
  std::vector<v1::Attestation> judge_all() const;
  v1::Attestation judge() const;  // the only one

  std::map<std::string, Bytes> files;  // "trust.toml" and what it names
  v1::Item item;
  std::vector<Bytes> proofs;
  std::vector<std::string> hints;  // "transaction" of each proof; may be shorter
  v1::CaseRecord record;
  std::string as_of = "2026-11-26T00:00:00Z";
  trust::Policy policy = trust::default_policy();
  core::Limits limits;
  crypto::Engines engines = crypto::production_engines();

 private:
  std::expected<trust::TrustList, std::vector<trust::ConfigError>> list() const;
};

// The answers of one check, as "OUTCOME CODE EFFECT".
std::vector<std::string> answers(const v1::Attestation& attestation, v1::CheckId check);
bool establishes(const v1::Attestation& attestation);  // record, inclusion and quorum pass
std::vector<std::string> reasons(const v1::Attestation& attestation);
// "INSTITUTION ROLE" of each counted signature, sorted.
std::vector<std::string> counted(const v1::Attestation& attestation);

}  // namespace heyan::ledgers::chainmaker::testing
