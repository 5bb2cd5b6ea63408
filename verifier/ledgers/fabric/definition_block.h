// The endorsement policy of a record from the block that defined it, where such a block came with
// the record.
//
// The record's transaction names the version of the definition under which it ran; a definition
// counts only where it has exactly that version, stands in a block that the orderers signed, and
// satisfied LifecycleEndorsement itself.
#pragma once

#include <optional>
#include <string_view>

#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/endorsement_policy.h"
#include "verifier/ledgers/fabric/proofs.h"

namespace heyan::ledgers::fabric {

std::optional<EndorsementPolicy> find_definition(const OfferedProofs& proofs,
                                                 const ReadBlock& record_block,
                                                 std::string_view key, std::string_view chaincode,
                                                 const ConfigChain& configs,
                                                 Identities& identities);

}  // namespace heyan::ledgers::fabric
