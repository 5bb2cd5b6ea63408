// Transactions of one block against one another: which earlier one of the same block spoils what a
// later one read.
//
// Only the predecessors that touch the same keys are checked, each once. Not for two threads.
#pragma once

#include <map>
#include <span>

#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {

class BlockReplay {
 public:
  // All arguments must outlive the object. `number`: of the block.
  BlockReplay(std::span<const ParsedTransaction> transactions, std::uint64_t number,
              std::string_view channel, PolicySource& policies, const ChannelConfig& config,
              Identities& identities)
      : transactions_(transactions),
        number_(number),
        channel_(channel),
        policies_(policies),
        config_(config),
        identities_(identities) {}

  // The peer's code of that transaction as far as this block tells, with the check behind it.
  const TransactionCheck& check(std::size_t index);

 private:
  bool is_duplicate(std::size_t index);
  bool is_spoiled(std::size_t index);

  std::span<const ParsedTransaction> transactions_;
  std::uint64_t number_;
  std::string_view channel_;
  PolicySource& policies_;
  const ChannelConfig& config_;
  Identities& identities_;
  std::map<std::size_t, TransactionCheck> checks_;
};

}  // namespace heyan::ledgers::fabric
