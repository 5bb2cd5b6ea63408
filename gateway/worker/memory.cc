#include "gateway/worker/memory.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "verifier/checks/findings.h"

namespace heyan::worker {
namespace {

using ipc::MessageType;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kMostHashBytes = 64;
constexpr int kMostAtOneHeight = 64;

using Place = std::pair<std::string, std::uint64_t>;               // ledger, height
using View = std::tuple<std::string, std::uint64_t, std::string>;  // and hash

bool has_place(const v1::Attestation& attestation) {
  return attestation.tier() == v1::TIER_CHAIN_PROOF && attestation.position().has_block() &&
         !attestation.position().block_hash().empty();
}

// At each height what was asked about, or the ledger's lowest contested one.
core::Result<void> expect_asked_for(
    const google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>& checkpoints,
    const v1::LedgerRecall& asked) {
  std::set<Place> places;
  std::set<std::string> ledgers;
  for (const v1::LedgerPosition& position : asked.positions()) {
    places.emplace(position.ledger(), position.height());
    ledgers.insert(position.ledger());
  }
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

void set_sorted(const std::map<View, std::int64_t>& views,
                google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>& out) {
  for (const auto& [view, seen_at_ms] : views) {
    v1::KeptCheckpoint& one = *out.Add();
    one.set_ledger(std::get<0>(view));
    one.set_height(std::get<1>(view));
    one.set_hash(std::get<2>(view));
    one.set_seen_at_ms(seen_at_ms);
  }
}

}  // namespace

v1::LedgerRecall positions_in(const v1::Report& report) {
  std::set<Place> places;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (has_place(attestation))
        places.emplace(attestation.ledger(), attestation.position().block());
    }
  }
  v1::LedgerRecall recall;
  for (const auto& [ledger, height] : places) {
    v1::LedgerPosition& position = *recall.add_positions();
    position.set_ledger(ledger);
    position.set_height(height);
  }
  return recall;
}

core::Result<void> recall(ipc::Channel& front, const v1::LedgerRecall& positions,
                          v1::Circumstances& circumstances) {
  if (positions.positions().empty()) return {};
  v1::JudgeAsks ask;
  *ask.mutable_recall() = positions;
  HEYAN_CHECK_OK(front.send(MessageType::kJudgeAsks, ask, -1, ipc::within(kPatience)));
  HEYAN_TRY(const auto gets,
            front.receive<v1::JudgeGets>(MessageType::kJudgeGets, ipc::within(kPatience)));
  HEYAN_CHECK_OK(expect_asked_for(gets.checkpoints(), positions));
  std::map<View, std::int64_t> views;
  for (const v1::KeptCheckpoint& one : gets.checkpoints())
    views.emplace(View(one.ledger(), one.height(), one.hash()), one.seen_at_ms());
  set_sorted(views, *circumstances.mutable_checkpoints());
  return {};
}

google::protobuf::RepeatedPtrField<v1::KeptCheckpoint> checkpoints_in(const v1::Report& report) {
  std::map<View, std::int64_t> views;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (!has_place(attestation) || !attestation.quorum().reached() ||
          !checks::is_included(attestation))
        continue;
      const v1::Position& position = attestation.position();
      views.emplace(View(attestation.ledger(), position.block(), position.block_hash()), 0);
    }
  }
  google::protobuf::RepeatedPtrField<v1::KeptCheckpoint> seen;
  set_sorted(views, seen);
  return seen;
}

}  // namespace heyan::worker
