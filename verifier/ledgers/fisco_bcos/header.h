// A block header with the signatures that travel beside it.
//
// The hash is never taken from the JSON: `preimage` is what the sealers' hash is computed from.
// Sources: FISCO-BCOS 2.9.1 libethcore/BlockHeader.cpp; 3.x impl/TarsHashable.h. Pure, any thread.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

struct SealerSignature {
  std::uint64_t index = 0;  // in the header's list of sealers
  Bytes bytes;
};

struct Header {
  std::uint64_t number = 0;
  std::uint64_t timestamp_ms = 0;
  Bytes transactions_root;
  Bytes receipts_root;
  std::vector<Bytes> sealers;          // node ids
  std::vector<std::uint64_t> weights;  // one a sealer; 1 throughout in 2.x
  std::vector<SealerSignature> signatures;
  Bytes preimage;
  Bytes stated_hash;
};

// kUnsupported: a release candidate of 3.0, or a generation after 3.x.
Result<Header> parse_header(const Fields& json, Generation generation);

}  // namespace heyan::ledgers::fisco_bcos
