// Was a config lawfully changed? Fabric's own rule, applied again: each element that changes needs
// the signatures that its modification policy asked for *before* the change, and the update must
// lead to exactly the config supplied.
//
// Threat: a submission may bring config blocks; one orderer key must not be able to change the
// consortium. Source: fabric v2.5.4 common/configtx/update.go, validator.go. Pure; one thread.
#pragma once

#include "verifier/ledgers/fabric/channel_config.h"
#include "verifier/ledgers/fabric/config_block.h"
#include "verifier/ledgers/fabric/signers.h"

namespace heyan::ledgers::fabric {

// True where `update`, signed under `before`, leads from `before` to the tree `after`.
bool is_authorised(const ChannelConfig& before, const ConfigUpdate& update,
                   std::string_view channel, const ConfigTree& after, Identities& identities);

// Does the change touch what trust rests on: organisations, their CAs and revocation lists,
// policies, consenters, capabilities? Only batch sizes, addresses and the like may change without
// the court's approval.
bool changes_trust(const ConfigTree& before, const ConfigTree& after);

}  // namespace heyan::ledgers::fabric
