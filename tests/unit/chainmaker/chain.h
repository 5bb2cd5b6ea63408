// A chain of four for each test.
#pragma once

#include "tests/unit/chainmaker/network.h"

namespace heyan::ledgers::chainmaker::testing {

class Chain : public ::testing::Test {
 protected:
  // The first `count` nodes under their own ids.
  BlockSpec votes_of(std::size_t count) const {
    BlockSpec spec;
    for (std::size_t i = 0; i < count; ++i)
      spec.votes.push_back({network_.institutions[i].node_id, &network_.institutions[i].node});
    return spec;
  }

  const Institution& at(std::size_t i) const { return network_.institutions[i]; }

  Network network_;
};

}  // namespace heyan::ledgers::chainmaker::testing
