#include "gateway/canary/canary.h"

#include <array>
#include <utility>

namespace heyan::canary {
namespace {

using enum v1::Verdict;

constexpr std::array<Answer, 9> kAsItIs = {{{"E1", VERDICT_CONSISTENT_WITH_NOTES},
                                            {"E2", VERDICT_INCONSISTENT},
                                            {"E3", VERDICT_INCONCLUSIVE},
                                            {"E4", VERDICT_CONSISTENT_WITH_NOTES},
                                            {"E5", VERDICT_NOT_FOUND},
                                            {"E6", VERDICT_INCONSISTENT},
                                            {"E7", VERDICT_CONSISTENT_WITH_NOTES},
                                            {"E8", VERDICT_CONSISTENT_WITH_NOTES},
                                            {"E9", VERDICT_CONSISTENT}}};

// E1's own case.json names the digest of its file; E5 has no record that could differ.
constexpr std::array<Change, 9> kFiles = {{{"files/chat_log.json", 489},
                                           {"files/statement_zh.txt", 155},
                                           {"files/webpage_capture.html", 103},
                                           {"files/photo_scene.png", 598},
                                           {"files/order_export.csv", 186},
                                           {"files/delivery_track.json", 486},
                                           {"files/e_contract.txt", 31},
                                           {"files/hearing_exhibit.txt", 19},
                                           {"files/lyrics.txt", 113}}};
constexpr std::array<Answer, 9> kFilesChanged = {{{"E1", VERDICT_NOT_COMPLETED},
                                                  {"E2", VERDICT_INCONSISTENT},
                                                  {"E3", VERDICT_INCONSISTENT},
                                                  {"E4", VERDICT_INCONSISTENT},
                                                  {"E5", VERDICT_NOT_FOUND},
                                                  {"E6", VERDICT_INCONSISTENT},
                                                  {"E7", VERDICT_INCONSISTENT},
                                                  {"E8", VERDICT_INCONSISTENT},
                                                  {"E9", VERDICT_INCONSISTENT}}};

// Of Fabric's blocks the orderer's signature; of the others as many of the nodes' as leave no
// quorum; the log's own; the authority's. E6 is inconsistent by itself.
constexpr std::array<Change, 10> kSignatures = {{{"proofs/block_006.pb", 26331},
                                                 {"proofs/block_007.pb", 17201},
                                                 {"proofs/block_008_changed.pb", 6363},
                                                 {"proofs/block_009.pb", 18952},
                                                 {"proofs/block_010.pb", 14715},
                                                 {"proofs/photo_scene.tsr", 1510},
                                                 {"proofs/chainmaker_block_1002.json", 4695},
                                                 {"proofs/chainmaker_block_1002.json", 7707},
                                                 {"proofs/fisco_block_43.json", 1968},
                                                 {"proofs/lyrics.tlog-proof", 449}}};
constexpr std::array<Answer, 9> kSignaturesChanged = {{{"E1", VERDICT_INCONCLUSIVE},
                                                       {"E2", VERDICT_INCONCLUSIVE},
                                                       {"E3", VERDICT_INCONCLUSIVE},
                                                       {"E4", VERDICT_INCONCLUSIVE},
                                                       {"E5", VERDICT_INCONCLUSIVE},
                                                       {"E6", VERDICT_INCONSISTENT},
                                                       {"E7", VERDICT_INCONCLUSIVE},
                                                       {"E8", VERDICT_INCONCLUSIVE},
                                                       {"E9", VERDICT_INCONCLUSIVE}}};

constexpr std::array<Canary, 3> kCanaries = {
    {{.id = "as-it-is", .changes = {}, .answers = kAsItIs},
     {.id = "files-changed", .changes = kFiles, .answers = kFilesChanged},
     {.id = "signatures-changed", .changes = kSignatures, .answers = kSignaturesChanged}}};

std::string place(const Canary& canary, std::string_view item) {
  return std::string(canary.id) + ", " + std::string(item);
}

std::optional<std::string> first_wrong(const Canary& canary, const v1::Report& report) {
  if (std::cmp_not_equal(report.evidence_size(), canary.answers.size())) {
    return std::string(canary.id) + ": another number of items";
  }
  for (int i = 0; i < report.evidence_size(); ++i) {
    const v1::ItemReport& item = report.evidence(i);
    const Answer& known = canary.answers[static_cast<std::size_t>(i)];
    if (item.id() != known.item) return place(canary, known.item) + ": another item";
    if (item.verdict() == known.verdict) continue;
    const std::string said = v1::Verdict_IsValid(item.verdict()) ? v1::Verdict_Name(item.verdict())
                                                                 : "no verdict at all";
    return place(canary, known.item) + ": " + said + " where it is " +
           v1::Verdict_Name(known.verdict);
  }
  return std::nullopt;
}

}  // namespace

std::span<const Canary> canaries() { return kCanaries; }

std::optional<std::string> first_wrong(const v1::CanaryRound& round) {
  if (std::cmp_not_equal(round.answers_size(), kCanaries.size())) return "not one answer each";
  for (int i = 0; i < round.answers_size(); ++i) {
    const Canary& canary = kCanaries[static_cast<std::size_t>(i)];
    if (round.answers(i).canary() != canary.id) return std::string(canary.id) + ": not answered";
    if (auto wrong = first_wrong(canary, round.answers(i).report())) return wrong;
  }
  return std::nullopt;
}

}  // namespace heyan::canary
