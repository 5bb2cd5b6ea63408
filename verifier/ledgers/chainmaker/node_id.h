// Node ids of ChainMaker: libp2p peer ids of the node's public key.
//
// Source: libp2p specs, peer-ids: base58(multihash(SHA-256, PublicKey{type, data})); types 3 ECDSA
// and, in ChainMaker's fork, 4 SM2. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/crypto/key.h"

namespace heyan::ledgers::chainmaker {

// Bitcoin's alphabet, as multiformats use it.
std::string base58(core::ByteView bytes);
bool is_base58(std::string_view text);

// Nothing for algorithms that no node has.
std::optional<std::string> node_id_of(const crypto::PublicKey& key);

}  // namespace heyan::ledgers::chainmaker
