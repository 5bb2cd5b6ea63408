// Real networks of tests/vectors/fabric, and judgements of items under trust lists made for a test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::fabric::testing {

// Content of a file beneath tests/vectors/fabric; fails the test where it is missing.
Bytes read_vector(const std::string& path);
core::json::Value read_json(const std::string& path);
std::string text_at(const core::json::Value& value, const std::string& pointer);
Bytes hex_at(const core::json::Value& value, const std::string& pointer);

// Libraries, limits and a profile for calls beneath the level of an item.
struct Bench {
  explicit Bench(std::string_view profile_name = "mainline")
      : profile(*profile_by_name(profile_name)),
        verifier(checker, profile, limits),
        identities(verifier) {}

  // The config chain of a network from these of its blocks ("000", "015").
  ConfigChain configs(const std::string& run, const std::string& channel,
                      std::vector<std::string> numbers);

  core::Limits limits;
  Profile profile;
  crypto::SignatureChecker checker{crypto::production_engines(), limits};
  Verifier verifier;
  Identities identities;
};

// A trust list with one Fabric ledger "chain" of the network raft-a, and what a test changes of it.
struct TrustText {
  std::string run = "raft-a";
  std::string channel = "judicial-evidence";
  std::string pin = "88cbc68448ae9ded035788ed2d4a66b39191aa0a951134afd3b322f17c97839a";
  std::vector<std::string> config_blocks{"000", "015"};
  std::string policy =
      "OutOf(3,'CourtMSP.peer','NotaryMSP.peer','CopyrightMSP.peer','PlatformMSP.peer')";
  std::string profile = "mainline";
  int at_least = 3;
  int min_orderer_orgs = 1;
  std::map<std::string, std::string> msp{{"CourtMSP", "court"},
                                         {"NotaryMSP", "notary"},
                                         {"CopyrightMSP", "copyright"},
                                         {"PlatformMSP", "platform"},
                                         {"CourtOrdererMSP", "court"},
                                         {"NotaryOrdererMSP", "notary"},
                                         {"CopyrightOrdererMSP", "copyright"}};
  std::string platform_extra;  // more lines of the platform's [[institution]]
  std::string ledger_extra;    // more lines of [[ledger]]
  std::string fabric_extra;    // more lines of [ledger.fabric]

  std::string toml() const;
};

// Either the list, or its defects as text.
std::expected<trust::TrustList, std::string> parse_list(
    const TrustText& text, const std::map<std::string, Bytes>& files = {});

// One item with its proofs, judged by the ledger as production does.
class Case {
 public:
  explicit Case(TrustText text = {}, const std::map<std::string, Bytes>& files = {});

  Case& record(const std::string& id);
  Case& file(const std::string& path);  // measured with SHA-256
  Case& file_bytes(ByteView bytes);
  Case& proof(const std::string& path);
  Case& proof_bytes(Bytes bytes);
  Case& hint(const std::string& name, const std::string& value);  // of the latest proof
  Case& at(const std::string& rfc3339);
  Case& linked(const std::string& institution);
  Case& strict_expiry();
  Case& engines(crypto::Engines engines);

  core::Result<std::vector<v1::Attestation>> try_judge();
  std::vector<v1::Attestation> judge_all();
  v1::Attestation judge();  // where one record is named

 private:
  trust::TrustList list_;
  v1::Item item_;
  v1::ItemRecord measured_;
  v1::CaseRecord record_;
  std::vector<Bytes> proofs_;
  core::UtcTime as_of_ = *core::parse_rfc3339("2026-11-24T00:00:00Z");
  trust::Policy policy_ = trust::default_policy();
  crypto::Engines engines_ = crypto::production_engines();
};

// "REC-1 UNDETERMINED COMMIT_NOT_PROVEN NOTE" of every finding that is not a plain PASS, sorted.
std::vector<std::string> remarks(const v1::Attestation& attestation);
// Outcome of the first finding of a check.
bool passes(const v1::Attestation& attestation, v1::CheckId check);
bool has_code(const v1::Attestation& attestation, v1::ReasonCode code);
v1::Effect effect_of(const v1::Attestation& attestation, v1::ReasonCode code);
// Institutions that are counted in a role, sorted.
std::vector<std::string> counted(const v1::Attestation& attestation, const std::string& role);

}  // namespace heyan::ledgers::fabric::testing
