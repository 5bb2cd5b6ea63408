#include "gateway/intake/differences.h"

#include <algorithm>
#include <set>
#include <string>

namespace heyan::intake {
namespace {

constexpr int kMostCandidates = 256;
constexpr int kMostChanges = 8;
constexpr int kMostDigests = 8;
constexpr std::size_t kMostDigestBytes = 64;
constexpr std::size_t kMostNameBytes = 16;

// The algorithms of the records from which the file differs.
v1::LookInto request_for(const v1::ItemReport& item) {
  std::set<std::string> algorithms;
  for (const v1::Finding& finding : item.findings()) {
    if (finding.code() != v1::REASON_CONTENT_HASH_DIFFERS) continue;
    for (const v1::Param& param : finding.params()) {
      if (param.name() == "algorithm") algorithms.insert(param.value());
    }
  }
  v1::LookInto request;
  for (const std::string& algorithm : algorithms) request.add_algorithms(algorithm);
  return request;
}

bool is_within_bounds(const v1::Candidate& candidate) {
  return candidate.changes_size() <= kMostChanges && candidate.digests_size() <= kMostDigests &&
         std::ranges::all_of(candidate.changes(), v1::Change_IsValid) &&
         std::ranges::all_of(candidate.digests(), [](const v1::NamedDigest& digest) {
           return digest.algorithm().size() <= kMostNameBytes &&
                  digest.value().size() <= kMostDigestBytes;
         });
}

// What the box may say, and nothing else: type and extension are taken while measuring.
void take(const v1::ContentFacts& answer, v1::ContentFacts& facts) {
  const bool sound = !answer.terminated() && answer.performed() &&
                     answer.candidates_size() <= kMostCandidates &&
                     std::ranges::all_of(answer.candidates(), is_within_bounds) &&
                     v1::JpegTables_IsValid(answer.jpeg().tables());
  if (!sound) {
    facts.set_terminated(true);
    return;
  }
  facts.set_performed(true);
  facts.set_exhausted(answer.exhausted());
  *facts.mutable_candidates() = answer.candidates();
  if (answer.has_jpeg()) *facts.mutable_jpeg() = answer.jpeg();
  facts.DiscardUnknownFields();  // with which the record could not be read again
}

}  // namespace

bool explain_differences(const v1::Report& report, const AskBox& ask, v1::CaseRecord& record) {
  int asked = 0;
  bool changed = false;
  for (int i = 0; i < report.evidence_size() && asked < kMostLookedInto; ++i) {
    const v1::LookInto request = request_for(report.evidence(i));
    if (request.algorithms().empty()) continue;
    ++asked;
    const auto answer = ask(i, request);
    if (!answer) break;
    v1::ContentFacts& facts = *record.mutable_items(i)->mutable_contents();
    take(*answer, facts);
    changed = true;
    if (facts.terminated()) break;
  }
  return changed;
}

}  // namespace heyan::intake
