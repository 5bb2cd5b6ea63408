// Proofs of ChainMaker: one question to a node's gRPC, "the block of this transaction", and of the
// answer only what belongs to the transaction, as "heyan.chainmaker-proof.v1" (docs/chainmaker.md).
//
// Threat: the answer is the node's. The block is cut up and checked by the offline reader: graph,
// roots, read-write sets, path. Who signed is not known without a trust list, so no signature is
// counted here. Source: chainmaker pb-go (api, common), sdk-go (GetBlockByTxId).
#pragma once

#include "gateway/proof_fetch/bundle.h"
#include "verifier/core/time.h"
#include "verifier/crypto/signing.h"

namespace heyan::proof_fetch {

// In whose name a node is asked: a member of the chain.
struct Member {
  crypto::SigningKey key;
  crypto::Hash hash = crypto::Hash::kSm3;  // what its signatures hash with
  std::string info;                        // PEM: certificate, or public key
};
// kIo, kMalformed: a file cannot be used, others can read the key, or the two do not fit.
OrRefusal<Member> load_member(const ops::ChainmakerNode& node);

// TxRequest: GET_BLOCK_BY_TX_ID of the system contract CHAIN_QUERY. `request_id`: 64 characters,
// never used before.
OrRefusal<core::Bytes> encode_block_query(const ops::ChainmakerNode& node, const Member& member,
                                          std::string_view transaction, std::string_view request_id,
                                          core::UtcTime now);

// Pure. TxResponse -> the bundle.
OrRefusal<Bundle> bundle_of_block(const ops::ChainmakerNode& node, std::string_view transaction,
                                  core::ByteView response);

// `transaction`: its id.
OrRefusal<Bundle> fetch_chainmaker(const ops::ChainmakerNode& node, std::string_view transaction,
                                   core::UtcTime now, const Ask& ask, const Progress& progress);

}  // namespace heyan::proof_fetch
