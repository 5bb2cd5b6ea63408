// Difficulty periods of the main chain: which target its blocks of a height had, and when.
//
// Work alone shows little, since anyone may choose an easy target; a header of the right period
// costs what a block of that time cost. Whether it stands in the chain, only the chain shows.
// Immutable once read; any thread.
#pragma once

#include <expected>
#include <map>
#include <string_view>

#include "verifier/ledgers/opentimestamps/header.h"
#include "verifier/ledgers/opentimestamps/reason.h"

namespace heyan::ledgers::opentimestamps {

// What is wrong in a table, for the person who keeps it.
struct TableDefect {
  std::size_t line = 0;  // from 1
  std::string_view what;
};

class Periods {
 public:
  Periods();  // knows the first one alone, which begins with the genesis block

  // Lines HEIGHT<TAB>CHAINWORK<TAB>HEADER, "#" begins a comment: the first header of every period
  // from 2016 on without a gap, and the work of the chain up to and with it, which is recomputed.
  static std::expected<Periods, TableDefect> read(core::ByteView text);

  // Why this header, whose hash is given, cannot stand at that height; nothing where its target,
  // work and period fit.
  std::optional<Reason> judge(std::uint64_t height, const BlockHeader& header,
                              core::ByteView hash) const;

  // Likewise target and work alone.
  static std::optional<Reason> judge_work(const BlockHeader& header, core::ByteView hash);
  // And the period alone; `kHeaderPeriod` where it is not known.
  std::optional<Reason> judge_period(std::uint64_t height, const BlockHeader& header) const;

  const BlockHeader* first_of(std::uint64_t period) const;  // null: not known
  void add(std::uint64_t period, const BlockHeader& first) { firsts_.emplace(period, first); }

 private:
  std::map<std::uint64_t, BlockHeader> firsts_;  // by period: height / kPeriodBlocks
};

}  // namespace heyan::ledgers::opentimestamps
