// Bundles "heyan-test/fisco2-…" and "heyan-test/fisco3-…" taken apart: the trust part becomes a
// trust list as a court would write it, the rest a proof as it would be submitted.
#pragma once

#include <map>
#include <set>
#include <string>

#include "verifier/core/json.h"

namespace heyan::vectors {

// What a bundle does not say and a trust list must: where the record stands.
struct FiscoPlaces {
  std::string contract;  // "0x…"; empty: a contract that nobody calls
  std::string method = "record(string)";
  std::string argument = "0";
  std::string extra = {};  // further lines of [ledger.fisco-bcos], before its sealers
};

inline std::string member_text(const core::json::Value& object, std::string_view member) {
  const core::json::Value* value = object.find(member);
  if (value == nullptr) return {};
  if (value->as_string() != nullptr) return *value->as_string();
  return value->as_integer() != nullptr ? std::to_string(*value->as_integer()) : std::string();
}

inline bool is_second_generation(const core::json::Value& bundle) {
  return member_text(bundle, "schema").starts_with("heyan-test/fisco2");
}

// Any one institution is the quorum: what remains is the chain's own rule.
inline std::string fisco_trust_list(const core::json::Value& bundle, const FiscoPlaces& places) {
  std::string institutions;
  std::string members;
  std::string sealers;
  std::set<std::string> known;
  const core::json::Value* trusted = bundle.at("/trust/sealers");
  for (const core::json::Value& sealer : *trusted->as_array()) {
    const std::string institution = member_text(sealer, "institution");
    if (known.insert(institution).second) {
      institutions += "[[institution]]\nid = \"" + institution + "\"\nkind = \"other\"\n";
      members += (members.empty() ? "\"" : ", \"") + institution + "\"";
    }
    sealers += "[[ledger.fisco-bcos.sealer]]\nnode_id = \"" + member_text(sealer, "node_id") +
               "\"\ninstitution = \"" + institution + "\"\n";
    if (sealer.find("weight") != nullptr)
      sealers += "weight = " + member_text(sealer, "weight") + "\n";
  }
  const std::string contract =
      places.contract.empty() ? "0x" + std::string(40, 'f') : places.contract;
  std::string text =
      "[list]\nid = \"vectors\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n" +
      institutions + "[[quorum]]\nid = \"any\"\nat_least = 1\nof = [" + members +
      "]\n[[ledger]]\nid = \"chain\"\nformat = \"fisco-bcos\"\nquorum = \"any\"\n"
      "[ledger.record]\nmethod = \"" +
      places.method + "\"\ndigest = { \"" +
      (member_text(bundle, "crypto") == "sm" ? "sm3" : "sha-256") + "\" = \"" + places.argument +
      "\" }\n[ledger.fisco-bcos]\nversion = " + (is_second_generation(bundle) ? "2" : "3") +
      "\ncrypto = \"" + member_text(bundle, "crypto") + "\"\ncontracts = [\"" + contract + "\"]\n";
  for (const char* name : {"chain_id", "group_id"}) {
    if (bundle.find(name) != nullptr)
      text += std::string(name) + " = \"" + member_text(bundle, name) + "\"\n";
  }
  return text + places.extra + sealers;
}

// The RPC answers of a bundle as a submitter would hand them in.
inline std::string fisco_proof(const core::json::Value& bundle) {
  core::json::Value proof;
  proof.set("schema", "heyan.fisco-proof.v1");
  for (const auto& [name, value] : *bundle.as_object()) {
    if (name != "schema" && name != "trust" && name != "evidence") proof.set(name, value);
  }
  return core::json::write_canonical(proof);
}

}  // namespace heyan::vectors
