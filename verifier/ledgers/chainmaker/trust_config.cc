#include "verifier/ledgers/chainmaker/trust_config.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/chainmaker/trust_reader.h"

namespace heyan::ledgers::chainmaker {
namespace {

struct ConsensusRow {
  Consensus consensus;
  std::string_view name;
  std::uint64_t number;
};
constexpr std::array kConsensus = {
    ConsensusRow{Consensus::kTbft, "TBFT", 1}, ConsensusRow{Consensus::kDpos, "DPoS", 5},
    ConsensusRow{Consensus::kRaft, "Raft", 4}, ConsensusRow{Consensus::kSolo, "Solo", 0},
    ConsensusRow{Consensus::kMaxBft, "MaxBFT", 3}};

const ConsensusRow& row(Consensus consensus) {
  return kConsensus.at(static_cast<std::size_t>(consensus));
}

}  // namespace

std::string_view name(Consensus consensus) { return row(consensus).name; }
std::uint64_t number_of(Consensus consensus) { return row(consensus).number; }

std::vector<const Validator*> ChainmakerConfig::validators_at(std::uint64_t height) const {
  std::vector<const Validator*> result;
  for (const Validator& one : validators) {
    if (one.is_in_force(height)) result.push_back(&one);
  }
  return result;
}

bool ChainmakerConfig::knows_config(std::uint64_t config_height, std::uint64_t height) const {
  if (height == 0 || config_height >= height) return height == 0 && config_height == 0;
  // The set in force right behind the config block is the one of this block.
  if (validators_at(config_height + 1) != validators_at(height)) return false;
  if (config_heights.empty()) return true;
  const auto after = std::ranges::lower_bound(config_heights, height);
  return after != config_heights.begin() && *std::prev(after) == config_height;
}

std::shared_ptr<const ChainmakerConfig> read_config(trust::Table& table,
                                                    const trust::LedgerEntry& entry,
                                                    const trust::TrustList& list) {
  return TrustReader(table, entry, list).read();
}

}  // namespace heyan::ledgers::chainmaker
