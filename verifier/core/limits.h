// Every bound that a reader of hostile input applies, in one value that travels as an argument.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heyan::core {

struct Limits {
  std::size_t json_bytes = 16u << 20;  // one JSON document
  std::size_t json_depth = 32;
  std::size_t json_nodes = 2'000'000;    // values and names together
  std::size_t string_bytes = 64u << 10;  // one string of case.json
  std::size_t items = 10'000;            // evidence items of one submission
  std::size_t parties = 1'000;
  std::size_t proofs_per_item = 4'096;
  std::size_t proofs_total = 65'536;
  std::size_t proof_bytes = 64u << 20;         // one proof
  std::size_t proof_bytes_total = 512u << 20;  // all proofs of a submission
  std::uint64_t file_bytes = 64ull << 30;      // one evidence file
  std::size_t zip_entries = 80'000;            // a case of all items and proofs, and its folders
  std::uint64_t zip_inflated_bytes = 64ull << 30;
  std::uint64_t zip_ratio = 100;  // inflated bytes per stored byte, over the whole archive
  std::uint64_t explained_bytes = 4ull << 30;  // hashed to explain why one file differs
  std::size_t wire_depth = 32;                 // nested protobuf messages
  std::size_t block_transactions = 10'000;
  std::size_t signatures =
      1'000'000;  // verifications in one judgement; each distinct one counts once
  std::size_t chain_candidates = 16;  // certificate chains tried for one leaf
  std::size_t rsa_bits = 4096;
  std::uint64_t rsa_exponent = 1ull << 32;  // largest public exponent
};

}  // namespace heyan::core
