// The messages of ChainMaker 2.x that a proof consists of, read strictly.
//
// Threat: all of it is the submitter's. Messages that are hashed are refused unless they are the
// canonical encoding; vote sets, which nothing hashes, are read loosely and their votes encoded
// anew. Source: chainmaker pb-go (common, consensus/tbft, accesscontrol, syscontract), confirmed on
// real blocks. Values that view their input; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::ledgers::chainmaker {

enum class MemberType : std::uint8_t { kCert, kCertHash, kPublicKey, kDid, kAlias, kAddress };

struct Member {
  std::string_view org_id;
  std::int64_t type = 0;  // of MemberType, or unknown
  ByteView info;          // PEM text, or a bare hash
  ByteView encoded;
};

struct Endorsement {
  std::optional<Member> signer;
  ByteView signature;
};

struct Header {
  std::uint32_t version = 0;
  std::string_view chain_id;
  std::uint64_t height = 0;
  ByteView hash;
  ByteView previous_hash;
  std::uint64_t config_height = 0;  // of the last config block before this one
  std::uint32_t tx_count = 0;
  ByteView tx_root;
  ByteView dag_hash;
  ByteView rw_set_root;
  std::int64_t time_seconds = 0;
  std::uint64_t consensus = 0;  // consensus_type of its arguments; 0 where it has none
  std::optional<Member> proposer;
  ByteView signature;
  ByteView encoded;

  // What the block hash is the hash of: everything but the hash itself and the signature.
  Bytes hashed() const { return without(encoded, {5, 15}); }
};
Result<Header> parse_header(ByteView bytes);

struct Parameter {
  std::string_view key;
  ByteView value;
};

struct Payload {
  std::string_view chain_id;
  std::int64_t type = 0;  // 0: invoke
  std::string_view tx_id;
  std::int64_t time_seconds = 0;
  std::string_view contract;
  std::string_view method;
  std::vector<Parameter> parameters;
  ByteView encoded;  // what sender and endorsers sign

  // The value of the only parameter of that name; nothing where there is none, or more.
  std::optional<ByteView> parameter(std::string_view key) const;
};
Result<Payload> parse_payload(ByteView bytes);

struct Transaction {
  Payload payload;
  std::optional<Endorsement> sender;
  std::vector<Endorsement> endorsers;
  bool succeeded = false;  // both codes are there and zero
  ByteView rw_set_hash;
  ByteView encoded;

  // What the transaction hash is the hash of in a block of that version.
  Bytes hashed(std::uint32_t block_version) const;
};
Result<Transaction> parse_transaction(ByteView bytes);

struct StateEntry {
  ByteView key;
  ByteView value;
  std::string_view contract;
};

struct RwSet {
  std::string_view tx_id;
  std::vector<StateEntry> reads;
  std::vector<StateEntry> writes;
  ByteView encoded;
};
Result<RwSet> parse_rw_set(ByteView bytes);

inline constexpr std::int64_t kPrecommit = 1;
inline constexpr std::string_view kNilHash = "NilHash";  // hash of a vote for no block

struct Vote {
  std::string_view key;  // under which the set holds it
  std::int64_t type = 0;
  std::string_view voter;
  std::uint64_t height = 0;
  std::int64_t round = 0;
  ByteView hash;
  std::optional<Endorsement> endorsement;
  Bytes signed_bytes;  // the vote without its endorsement, as its voter encoded it
};

struct VoteSet {
  std::int64_t type = 0;
  std::uint64_t height = 0;
  std::int64_t round = 0;
  std::vector<Vote> votes;  // every entry on the wire, keys that stand twice too
};
Result<VoteSet> parse_vote_set(ByteView bytes);

struct MultiSign {
  Payload payload;
  std::int64_t status = 0;
  std::vector<Endorsement> agreeing;
  std::vector<Endorsement> refusing;
};
inline constexpr std::int64_t kMultiSignAdopted = 1;
Result<MultiSign> parse_multi_sign(ByteView bytes);

// A whole block as a node gives it out, cut into its parts; these are read apart.
struct WholeBlock {
  ByteView header;
  ByteView dag;
  std::vector<ByteView> transactions;
  std::vector<std::pair<std::string_view, ByteView>> extra;  // extra_data; keys may stand twice
  std::vector<ByteView> rw_sets;
};
Result<WholeBlock> parse_block_info(ByteView bytes);
// The same in the JSON of ChainMaker's own tools, as protobuf.
Result<Bytes> block_info_of_json(ByteView json, const core::Limits& limits);

}  // namespace heyan::ledgers::chainmaker
