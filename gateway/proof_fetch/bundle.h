// A proof as it was fetched, and what is known of it before any trust list was asked.
//
// It holds together by the chain's own rules: the offline reader read it back, every hash and path
// recomputes, and it is the transaction that was asked for. Who signed is the chain's own word.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/proof_fetch/asking.h"

namespace heyan::proof_fetch {

struct Bundle {
  std::string bytes;   // what the ledger's reader takes
  std::string format;  // "fisco-bcos" "chainmaker"
  std::uint64_t block = 0;
  std::uint64_t position = 0;  // in the block
  std::size_t signatures = 0;  // of FISCO BCOS valid, of ChainMaker as they came
  std::size_t signers = 0;     // whom the block itself names; 0: it names none
  bool succeeded = true;       // the call; a failed one proves nothing
  bool is_cosigned = true;     // false: no votes (Raft, Solo)
};

// What is being asked for, for people who wait.
enum class Step : std::uint8_t { kTransaction, kReceipt, kHeader, kBlock, kCheck };
using Progress = std::function<void(Step)>;

// Answers that cannot be used: nothing of their text is repeated. `remedy` empty: ask another node.
Refusal unusable(std::string_view what, std::string_view remedy = {});

}  // namespace heyan::proof_fetch
