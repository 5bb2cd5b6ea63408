#include "gateway/worker/memory.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {
namespace {

using ipc::MessageType;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kMostHashBytes = 64;
constexpr int kMostAtOneHeight = 64;

using Checkpoints = google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>;

// At places that were asked about, or at one more of their ledgers: the lowest contested one.
core::Result<void> expect_asked_for(const Checkpoints& checkpoints,
                                    const std::vector<LedgerPlace>& asked) {
  const std::set<LedgerPlace> places(asked.begin(), asked.end());
  std::set<std::string> ledgers;
  for (const LedgerPlace& place : asked) ledgers.insert(place.ledger);
  std::map<std::string, std::uint64_t> contested;
  std::map<LedgerPlace, int> counts;
  for (const v1::KeptCheckpoint& one : checkpoints) {
    const std::size_t size = one.hash().size();
    const LedgerPlace place{one.ledger(), one.height()};
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

core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerPlace>& places,
                          v1::Circumstances& circumstances) {
  if (places.empty()) return {};
  v1::JudgeAsks ask;
  for (const LedgerPlace& place : places) {
    v1::LedgerPosition& position = *ask.mutable_recall()->add_positions();
    position.set_ledger(place.ledger);
    position.set_height(place.height);
  }
  HEYAN_CHECK_OK(front.send(MessageType::kJudgeAsks, ask, -1, ipc::within(kPatience)));
  HEYAN_TRY(const auto gets,
            front.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kPatience)));
  HEYAN_CHECK_OK(expect_asked_for(gets.checkpoints(), places));
  // A contested height may have been asked about, too.
  std::map<std::tuple<std::string, std::uint64_t, std::string>, const v1::KeptCheckpoint*> sorted;
  for (const v1::KeptCheckpoint& one : gets.checkpoints())
    sorted.emplace(std::tuple(one.ledger(), one.height(), one.hash()), &one);
  for (const auto& [view, one] : sorted) *circumstances.add_checkpoints() = *one;
  return {};
}

}  // namespace heyan::worker
