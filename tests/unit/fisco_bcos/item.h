// One item with its proofs, judged by the ledger as production does.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::fisco_bcos::testing {

// Either the list, or its defects as text.
std::expected<trust::TrustList, std::string> parse_list(const std::string& toml);

class ItemCase {
 public:
  explicit ItemCase(const std::string& trust_list);

  ItemCase& record(const std::string& id);
  ItemCase& file(std::string_view content);  // measured with SHA-256 and SM3
  ItemCase& proof(core::Bytes bytes);
  ItemCase& hint(const std::string& name, const std::string& value);  // of the latest proof
  ItemCase& linked(const std::string& institution);
  ItemCase& engines(crypto::Engines engines);
  ItemCase& limits(core::Limits limits);

  core::Result<std::vector<v1::Attestation>> try_judge();
  std::vector<v1::Attestation> judge_all();
  v1::Attestation judge();  // where there is one attestation

 private:
  trust::TrustList list_;
  v1::Item item_;
  v1::ItemRecord measured_;
  v1::CaseRecord record_;
  std::vector<core::Bytes> proofs_;
  crypto::Engines engines_ = crypto::production_engines();
  core::Limits limits_;
};

// "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE" of every finding that is not a plain PASS, sorted.
std::vector<std::string> remarks(const v1::Attestation& attestation);
// Institutions counted in a role, sorted.
std::vector<std::string> counted(const v1::Attestation& attestation, std::string_view role);
std::vector<std::string> reasons(const v1::Attestation& attestation);

}  // namespace heyan::ledgers::fisco_bcos::testing
