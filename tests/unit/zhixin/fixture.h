// Deposits and certificates made for a test, and how they are judged.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "verifier/crypto/signing.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::zhixin::testing {

// A deposit, its members still to be changed; sign() again after a change that is to hold.
struct Kept {
  explicit Kept(std::string_view file = "a file");
  void sign(std::string_view user_id = "1234567812345678");
  std::string json() const;

  crypto::SigningKey key;
  std::string public_key;
  std::string hash;  // SM3 of the file
  std::string extend_info = "第一批照片";
  std::string signature;
  std::string answer = R"({"retCode":0,"txId":"7f3a","blockHeight":1201,"txTime":"2026-01-02"})";
};

// A certificate with one member replaced by `text` as JSON, or left out where that is empty.
std::string certificate(std::string_view name = "", std::string_view text = "");

// One document under a trust list made for the test.
struct Scene {
  explicit Scene(std::string document, std::string_view file = "a file");

  std::string defects() const;
  v1::Attestation judge() const;  // the only one; fails the test where there is none or an Error
  core::Result<std::vector<v1::Attestation>> judge_all(std::vector<std::string> documents) const;
  // Adds an institution that holds the key, with lines of its [[institution.key]].
  Scene& with_depositor(const crypto::PublicKey& key, std::string_view lines);

  std::string document;
  v1::ItemRecord measured;
  std::string institutions;
  std::string entry;     // more lines of [[ledger]]
  std::string settings;  // of [ledger.operator-attestation]
  std::string as_of = "2026-11-26T00:00:00Z";
  core::Limits limits;
  crypto::Engines engines = crypto::production_engines();

 private:
  std::string list() const;
};

void measure(v1::ItemRecord& measured, v1::DigestAlgorithm algorithm, crypto::Hash hash,
             std::string_view file);
// Each finding, as "CHECK OUTCOME CODE EFFECT".
std::vector<std::string> answers(const v1::Attestation& attestation);
// Each statement, as "name=value".
std::vector<std::string> declared(const v1::Attestation& attestation);

}  // namespace heyan::ledgers::zhixin::testing
