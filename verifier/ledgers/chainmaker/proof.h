// What a submitter may offer: header, votes, transaction and path, as JSON
// heyan.chainmaker-proof.v1, as the same in protobuf, or as a whole block as a node gives it out.
//
// Threat: known names only, nothing twice, nothing behind. docs/chainmaker.md has the grammar.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/core/limits.h"
#include "verifier/ledgers/chainmaker/message.h"

namespace heyan::ledgers::chainmaker {

inline constexpr std::string_view kProofSchema = "heyan.chainmaker-proof.v1";
inline constexpr std::string_view kVotesKey = "TBFTAddtionalDataKey";  // spelled so

struct Proof {
  Bytes header;
  Bytes vote_set;  // of extra_data; empty where there is none
  Bytes transaction;
  std::uint64_t index = 0;
  std::vector<Bytes> path;  // siblings, the leaf's first
  std::optional<Bytes> rw_set;
};

// JSON or protobuf, by the first byte.
Result<Proof> parse_proof(ByteView bytes, const core::Limits& limits);

// As JSON, schema first, with the votes and no other extra_data. `index` < 2^53.
std::string write_proof(const Proof& proof);

// Do these first bytes begin a proof or a whole block? False when in doubt.
bool looks_like_chainmaker(ByteView head);
bool looks_like_block_info(ByteView head);
// Of those: in the JSON of ChainMaker's tools?
bool begins_as_json(ByteView bytes);

}  // namespace heyan::ledgers::chainmaker
