#include "verifier/checks/ledger_memory.h"

#include <algorithm>

namespace heyan::checks {

LedgerMemory::LedgerMemory(const v1::Circumstances& circumstances, const trust::TrustList& trust)
    : trust_(&trust) {
  for (const trust::LedgerEntry& entry : trust.ledgers) {
    if (!entry.rulings.empty()) harmed_.insert(entry.id);
  }
  for (const v1::KeptCheckpoint& one : circumstances.checkpoints()) {
    const LedgerBlock block{{one.ledger(), one.origin(), one.height()}, one.hash()};
    kept_[block.place].insert(block.hash);
    add(block);
  }
  for (const v1::WatchedLedger& one : circumstances.watched()) {
    watched_.emplace(one.ledger(), one.since_ms());
  }
}

void LedgerMemory::add(const LedgerBlock& block) {
  if (block.hash.empty()) return;
  auto& hashes = signed_[block.place];
  hashes.insert(block.hash);
  if (hashes.size() < 2) return;
  harmed_.insert(block.place.ledger);
  if (ruling_over(block.place) != nullptr) return;
  const auto [lowest, fresh] =
      conflicts_.try_emplace({block.place.ledger, block.place.origin}, block.place.height);
  if (!fresh) lowest->second = std::min(lowest->second, block.place.height);
}

LedgerMemory::Kept LedgerMemory::kept(const LedgerBlock& block) const {
  const auto found = kept_.find(block.place);
  if (found == kept_.end() || block.hash.empty()) return Kept::kNothing;
  const bool same = found->second.size() == 1 && found->second.contains(block.hash);
  return same ? Kept::kSame : Kept::kOther;
}

std::optional<std::uint64_t> LedgerMemory::conflict_below(const LedgerPlace& place) const {
  const auto lowest = conflicts_.find({place.ledger, place.origin});
  if (lowest == conflicts_.end() || place.height < lowest->second) return std::nullopt;
  return lowest->second;
}

const trust::Ruling* LedgerMemory::ruling_over(const LedgerPlace& place) const {
  const trust::LedgerEntry* entry = trust_ == nullptr ? nullptr : trust_->ledger(place.ledger);
  if (entry == nullptr) return nullptr;
  const auto found = std::ranges::find_if(entry->rulings, [&](const trust::Ruling& ruling) {
    return ruling.covers(place.origin, place.height);
  });
  return found == entry->rulings.end() ? nullptr : &*found;
}

const trust::Ruling* LedgerMemory::ruling_before(const LedgerPlace& place) const {
  const trust::LedgerEntry* entry = trust_ == nullptr ? nullptr : trust_->ledger(place.ledger);
  const trust::Ruling* last = nullptr;
  if (entry == nullptr) return last;
  for (const trust::Ruling& ruling : entry->rulings) {
    if (!ruling.ended(place.origin, place.height)) continue;
    if (last == nullptr || last->resumes < ruling.resumes) last = &ruling;
  }
  return last;
}

std::optional<std::int64_t> LedgerMemory::unharmed_since(const std::string& ledger) const {
  const auto since = watched_.find(ledger);
  if (since == watched_.end() || harmed_.contains(ledger)) return std::nullopt;
  return since->second;
}

}  // namespace heyan::checks
