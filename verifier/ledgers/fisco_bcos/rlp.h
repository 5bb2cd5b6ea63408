// RLP, the encoding that FISCO BCOS 2.x hashes: canonical in both directions.
//
// Threat: a raw transaction comes from the submitter. One encoding a value only: minimal lengths,
// no wrapped single byte, everything consumed. Source: Ethereum Yellow Paper, appendix B. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ledgers::fisco_bcos {

core::Bytes encode_rlp_bytes(core::ByteView bytes);
// Big-endian of any length; leading zeros are left out, zero is the empty string.
core::Bytes encode_rlp_number(core::ByteView big_endian);
core::Bytes encode_rlp_number(std::uint64_t number);
// `items` are encoded already.
core::Bytes encode_rlp_list(std::span<const core::Bytes> items);

struct RlpItem {
  bool is_list = false;
  core::ByteView payload;
};

// The items of `bytes` in order, all of them, nothing after the last. kNotCanonical, kTruncated;
// kLimit beyond `most`.
core::Result<std::vector<RlpItem>> parse_rlp_items(core::ByteView bytes, std::size_t most);
// The items of the one list that `bytes` consists of.
core::Result<std::vector<RlpItem>> parse_rlp_list(core::ByteView bytes, std::size_t most);

}  // namespace heyan::ledgers::fisco_bcos
