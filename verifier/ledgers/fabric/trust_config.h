// [ledger.fabric] of a trust list: which network this is, and whose organisations take part.
//
// The config blocks that the court reviewed are parsed and authenticated here, once. Immutable; any
// thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/endorsement_policy.h"
#include "verifier/ledgers/fabric/profile.h"
#include "verifier/ledgers/fabric/record.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::fabric {

struct FabricConfig : trust::LedgerConfig {
  std::string channel;
  std::string chaincode;
  Profile profile;
  std::optional<Bytes> pin;                 // hash of the first block's header
  std::optional<ConfigChain> configs;       // reviewed; nothing: only pinned
  std::optional<EndorsementPolicy> policy;  // nothing: from the definition on the chain
  std::uint32_t min_orderer_orgs = 1;
  std::map<std::string, std::string> institutions;  // by MSP id
  RecordPlaces places;

  // Empty where the MSP is not mapped.
  std::string institution(std::string_view msp) const;
};

// Two organisations of different institutions that answer to one CA: whoever holds it can sign for
// both. Looked for in every config of the chain, by certificate and by key.
struct SharedCa {
  std::string msp;
  std::string other_msp;
};
std::optional<SharedCa> find_shared_ca(const ConfigChain& configs,
                                       const std::map<std::string, std::string>& institutions);

// Reads the table. Defects go to it; null after one.
std::shared_ptr<const FabricConfig> read_config(trust::Table& table,
                                                const trust::LedgerEntry& entry,
                                                const trust::TrustList& list);

}  // namespace heyan::ledgers::fabric
