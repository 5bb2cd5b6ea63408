#include "gateway/worker/memory.h"

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

using Checkpoints = google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>;

using Place = std::pair<std::string, std::uint64_t>;  // ledger, height

// At places that were asked about, or at one more of their ledgers: the lowest contested one.
core::Result<void> expect_asked_for(const Checkpoints& checkpoints, const std::set<Place>& places) {
  std::set<std::string> ledgers;
  for (const auto& [ledger, height] : places) ledgers.insert(ledger);
  std::map<std::string, std::uint64_t> contested;
  std::map<Place, int> counts;
  for (const v1::KeptCheckpoint& one : checkpoints) {
    const std::size_t size = one.hash().size();
    const Place place(one.ledger(), one.height());
    const bool asked_for =
        places.contains(place) ||
        contested.emplace(one.ledger(), one.height()).first->second == one.height();
    if (!ledgers.contains(one.ledger()) || !asked_for || size == 0 || size > kMostHashBytes ||
        ++counts[place] > kMostAtOneHeight) {
      return core::fail(core::ErrorCode::kMalformed, "checkpoints that were not asked about");
    }
  }
  return {};
}

}  // namespace

core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerBlock>& blocks,
                          v1::Circumstances& circumstances) {
  if (blocks.empty()) return {};
  std::map<Place, std::set<std::string>> shown;  // hashes, of this case and before
  for (const LedgerBlock& block : blocks) shown[{block.ledger, block.height}].insert(block.hash);
  std::set<Place> places;
  v1::JudgeAsks ask;
  for (const auto& [place, hashes] : shown) {
    places.insert(place);
    v1::LedgerPosition& position = *ask.mutable_recall()->add_positions();
    position.set_ledger(place.first);
    position.set_height(place.second);
  }
  HEYAN_CHECK_OK(front.send(MessageType::kJudgeAsks, ask, -1, ipc::within(kPatience)));
  HEYAN_TRY(const auto gets,
            front.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kPatience)));
  HEYAN_CHECK_OK(expect_asked_for(gets.checkpoints(), places));
  // A contested height may have been asked about, too: each is told once.
  std::map<std::pair<Place, std::string>, const v1::KeptCheckpoint*> kept;
  for (const v1::KeptCheckpoint& one : gets.checkpoints()) {
    shown[{one.ledger(), one.height()}].insert(one.hash());
    kept.emplace(std::pair(Place(one.ledger(), one.height()), one.hash()), &one);
  }
  for (const auto& [view, one] : kept) {
    if (shown[view.first].size() > 1) *circumstances.add_checkpoints() = *one;
  }
  return {};
}

}  // namespace heyan::worker
