#include "gateway/worker/memory.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {
namespace {

using ipc::MessageType;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kMostHashBytes = 64;
constexpr int kMostAtOneHeight = 64;
constexpr std::int64_t kDayMs = 86'400'000;

LedgerPlace place_of(const v1::KeptCheckpoint& one) {
  return {one.ledger(), one.origin(), one.height()};
}

void ask_about(const LedgerPlace& place, v1::LedgerPosition& position) {
  position.set_ledger(place.ledger);
  position.set_origin(place.origin);
  position.set_height(place.height);
}

// Of every tree of the case: its beginning, and where a ruling ends.
std::set<LedgerPlace> beginnings(const std::vector<LedgerBlock>& blocks,
                                 const trust::TrustList& trust) {
  std::set<LedgerPlace> all;
  for (const LedgerBlock& block : blocks) {
    if (!all.insert({block.place.ledger, block.place.origin, 0}).second) continue;
    const trust::LedgerEntry* entry = trust.ledger(block.place.ledger);
    if (entry == nullptr) continue;
    for (const trust::Ruling& ruling : entry->rulings) {
      if (ruling.origin == block.place.origin)
        all.insert({block.place.ledger, block.place.origin, ruling.resumes});
    }
  }
  return all;
}

// At places that were asked about, or at one more for each beginning, not below it.
core::Result<void> expect_asked_for(const v1::JudgeGets& gets, const std::set<LedgerPlace>& places,
                                    const std::set<LedgerPlace>& beginnings) {
  const auto fail = [] {
    return core::fail(core::ErrorCode::kMalformed, "checkpoints that were not asked about");
  };
  std::set<LedgerPlace> contested;
  std::map<LedgerPlace, int> counts;
  for (const v1::KeptCheckpoint& one : gets.checkpoints()) {
    const std::size_t size = one.hash().size();
    const LedgerPlace place = place_of(one);
    if (size == 0 || size > kMostHashBytes || ++counts[place] > kMostAtOneHeight) return fail();
    if (!places.contains(place)) contested.insert(place);
  }
  for (const LedgerPlace& place : contested) {
    const auto of_tree = [&place](const LedgerPlace& other) {
      return other.ledger == place.ledger && other.origin == place.origin &&
             other.height <= place.height;
    };
    if (std::ranges::count_if(contested, of_tree) > std::ranges::count_if(beginnings, of_tree))
      return fail();
  }
  return {};
}

}  // namespace

core::Result<void> watch(ipc::Channel& front, const trust::TrustList& trust,
                         v1::Circumstances& circumstances) {
  std::set<std::string> ledgers;
  for (const trust::LedgerEntry& entry : trust.ledgers) ledgers.insert(entry.id);
  v1::JudgeAsks ask;
  for (const std::string& ledger : ledgers) ask.mutable_watch()->add_ledgers(ledger);
  if (ledgers.empty()) return {};
  HEYAN_CHECK_OK(front.send(MessageType::kJudgeAsks, ask, -1, ipc::within(kPatience)));
  HEYAN_TRY(const auto gets,
            front.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kPatience)));
  auto next = ledgers.begin();
  for (const v1::WatchedLedger& one : gets.watched()) {
    next = std::find(next, ledgers.end(), one.ledger());
    if (next == ledgers.end() || one.since_ms() < 0) {
      return core::fail(core::ErrorCode::kMalformed, "ledgers that were not asked about");
    }
    ++next;
    v1::WatchedLedger& out = *circumstances.add_watched();
    out.set_ledger(one.ledger());
    out.set_since_ms(one.since_ms() - one.since_ms() % kDayMs);
  }
  return {};
}

core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerBlock>& blocks,
                          const trust::TrustList& trust, v1::Circumstances& circumstances) {
  if (blocks.empty()) return {};
  std::map<LedgerPlace, std::set<std::string>> shown;  // hashes, of this case and before
  for (const LedgerBlock& block : blocks) shown[block.place].insert(block.hash);
  std::set<LedgerPlace> places;
  v1::JudgeAsks ask;
  v1::LedgerRecall& recall = *ask.mutable_recall();
  for (const auto& [place, hashes] : shown) {
    places.insert(place);
    ask_about(place, *recall.add_positions());
  }
  const auto from = beginnings(blocks, trust);
  for (const LedgerPlace& place : from) ask_about(place, *recall.add_contested_from());
  HEYAN_CHECK_OK(front.send(MessageType::kJudgeAsks, ask, -1, ipc::within(kPatience)));
  HEYAN_TRY(const auto gets,
            front.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kPatience)));
  HEYAN_CHECK_OK(expect_asked_for(gets, places, from));
  // A contested height may have been asked about, too: each is told once.
  std::map<std::pair<LedgerPlace, std::string>, const v1::KeptCheckpoint*> kept;
  for (const v1::KeptCheckpoint& one : gets.checkpoints()) {
    shown[place_of(one)].insert(one.hash());
    kept.emplace(std::pair(place_of(one), one.hash()), &one);
  }
  for (const auto& [view, one] : kept) {
    if (shown[view.first].size() > 1) *circumstances.add_checkpoints() = *one;
  }
  return {};
}

}  // namespace heyan::worker
