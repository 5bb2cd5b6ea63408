// What the ledgers of a case are known to have shown: before, and in this case. Source: security
// decision 22.
//
// Threat: one signer must not stop a ledger. Only blocks that a quorum signed make a conflict;
// others are held against what was kept, and concern their own item.
//
// Holds pointers into the trust list, which must outlive it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "heyan/v1/circumstances.pb.h"
#include "verifier/checks/ledger_block.h"
#include "verifier/trust/trust_list.h"

namespace heyan::checks {

class LedgerMemory {
 public:
  LedgerMemory() = default;
  LedgerMemory(const v1::Circumstances& circumstances, const trust::TrustList& trust);

  // A block that this case shows, and that a quorum signed.
  void add(const LedgerBlock& block);

  enum class Kept : std::uint8_t { kNothing, kSame, kOther };
  // At the very place, before this case.
  Kept kept(const LedgerBlock& block) const;
  // The lowest height, at or below this one, at which two blocks are known and no ruling says which
  // of them stands.
  std::optional<std::uint64_t> conflict_below(const LedgerPlace& place) const;
  // The ruling about the place; and the last one that has ended before it. Null: none.
  const trust::Ruling* ruling_over(const LedgerPlace& place) const;
  const trust::Ruling* ruling_before(const LedgerPlace& place) const;
  // Since when the gateway has compared what that ledger shows, where no conflict is known in it.
  std::optional<std::int64_t> unharmed_since(const std::string& ledger) const;

 private:
  using Tree = std::pair<std::string, std::string>;  // ledger, origin

  const trust::TrustList* trust_ = nullptr;
  std::map<LedgerPlace, std::set<std::string>> kept_;
  std::map<LedgerPlace, std::set<std::string>> signed_;  // also of this case
  std::map<Tree, std::uint64_t> conflicts_;              // the lowest that no ruling is about
  std::set<std::string> harmed_;                         // ledgers with any conflict or ruling
  std::map<std::string, std::int64_t> watched_;
};

}  // namespace heyan::checks
