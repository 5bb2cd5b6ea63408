// Transactions of one block against one another: which earlier one of the same block spoils what a
// later one read.
//
// Threat: a block of ten thousand transactions that all touch one another. Only those predecessors
// are checked that a transaction depends on, each once, from the first to the last; nothing
// recurses. Not for two threads.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/read_block.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {

class BlockReplay {
 public:
  // All arguments must outlive the object. `number`: of the block.
  // `index`: of the transactions.
  BlockReplay(std::span<const ParsedTransaction> transactions, const BlockIndex& index,
              std::uint64_t number, std::string_view channel, PolicySource& policies,
              const ChannelConfig& config, Identities& identities);

  // The peer's code of that transaction as far as this block tells, with the check behind it.
  const TransactionCheck& check(std::size_t index);

 private:
  bool depends_on_others(std::size_t index) const;
  std::vector<bool> dependencies(std::size_t index) const;
  TransactionCheck check_one(std::size_t index);
  bool is_duplicate(std::size_t index) const;
  bool is_spoiled(std::size_t index) const;
  void remember(std::size_t index, std::uint8_t code);

  std::span<const ParsedTransaction> transactions_;
  const BlockIndex& index_;
  std::uint64_t number_;
  std::string_view channel_;
  PolicySource& policies_;
  const ChannelConfig& config_;
  Identities& identities_;
  std::map<StateKey, std::size_t> written_;  // first valid one that writes the key
  std::map<std::string_view, std::size_t>
      passed_;  // first one with the id that only versions could refuse
  std::vector<std::optional<TransactionCheck>> checks_;
};

}  // namespace heyan::ledgers::fabric
