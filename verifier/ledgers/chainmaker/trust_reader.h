// How [ledger.chainmaker] is read. Reading goes on after a defect, so that the court sees all of
// them at once. For trust_config.cc only.
#pragma once

#include "verifier/ledgers/chainmaker/trust_config.h"

namespace heyan::ledgers::chainmaker {

class TrustReader {
 public:
  TrustReader(trust::Table& table, const trust::LedgerEntry& entry, const trust::TrustList& list)
      : table_(table), entry_(entry), list_(list), config_(std::make_shared<ChainmakerConfig>()) {}

  // Null after a defect.
  std::shared_ptr<const ChainmakerConfig> read();

 private:
  void defect(trust::Table& table, std::string_view key, std::string what, std::string remedy = "");
  void read_chain();
  void read_record();
  std::optional<std::string> read_institution(trust::Table& table);
  std::optional<std::uint64_t> read_height(trust::Table& table, std::string_view key);
  void read_organisation(trust::Table table);
  void read_validator(trust::Table table);
  void read_member(trust::Table& table, Validator& validator);
  void check_overlap(trust::Table& table, const Validator& validator);
  void read_certificates();
  void read_pinned(trust::Table table);
  void read_frozen(trust::Table table);
  void read_config_heights();
  void check_whole();

  trust::Table& table_;
  const trust::LedgerEntry& entry_;
  const trust::TrustList& list_;
  std::shared_ptr<ChainmakerConfig> config_;
  bool sound_ = true;
};

}  // namespace heyan::ledgers::chainmaker
