// Tokens of the vectors, judged as production does for an item whose file is known.
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::rfc3161 {

const Ledger& ledger();

namespace testing {

core::Bytes vector_bytes(const std::string& name);  // of timestamps/rfc3161

// An institution "tsa" with one anchor, and what is to stand in its tables beside that.
struct List {
  std::string anchor = "synthetic/root.pem";
  std::string institution = {};  // lines of [[institution]]
  std::string ca = {};           // lines of [[institution.ca]]
  std::string tsa = {};          // lines of [[tsa]]
  std::string tables = {};       // after them
};

class TokenTest : public ::testing::Test {
 protected:
  TokenTest();
  // The list counts; without, the court lists nobody.
  void trust(const List& list);
  void trust_nobody();
  // The file of the item.
  void file(core::ByteView bytes);
  // One proof, or several, of the item.
  std::vector<v1::Attestation> judge_all(const std::vector<core::Bytes>& proofs);
  v1::Attestation judge(const core::Bytes& proof);
  v1::Attestation judge(const std::string& name) { return judge(vector_bytes(name)); }

  v1::CaseRecord record_;
  std::map<std::string, core::Bytes> files_;
  std::string at_ = "2026-11-22T00:00:00Z";
  core::Limits limits_;

 private:
  trust::TrustList list_;
  v1::ItemRecord measured_;
};

using Codes = std::set<v1::ReasonCode>;
Codes codes(const v1::Attestation& attestation);
std::vector<std::string> reasons(const v1::Attestation& attestation);
bool shows_time(const v1::Attestation& attestation);

}  // namespace testing
}  // namespace heyan::ledgers::rfc3161
