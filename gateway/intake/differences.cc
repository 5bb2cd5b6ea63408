#include "gateway/intake/differences.h"

#include <algorithm>
#include <set>
#include <string>

#include "verifier/core/bytes.h"

namespace heyan::intake {
namespace {

constexpr int kMostCandidates = 256;
constexpr int kMostChanges = 8;
constexpr int kMostDigests = 8;
constexpr std::size_t kMostDigestBytes = 64;
constexpr std::size_t kMostNameBytes = 16;

// The records from which a file differs.
struct Recorded {
  std::set<std::string> algorithms;
  std::set<std::string> values;  // hex
};

Recorded recorded_of(const v1::ItemReport& item) {
  Recorded recorded;
  for (const v1::Finding& finding : item.findings()) {
    if (finding.code() != v1::REASON_CONTENT_HASH_DIFFERS) continue;
    for (const v1::Param& param : finding.params()) {
      if (param.name() == "algorithm") recorded.algorithms.insert(param.value());
      if (param.name() == "recorded") recorded.values.insert(param.value());
    }
  }
  return recorded;
}

// Only what a record holds is kept: the other fingerprints explain nothing, and whoever is given
// the record could try guesses at the content with them (security decision 30).
void keep_what_explains(const v1::ContentFacts& answer, const Recorded& recorded,
                        v1::ContentFacts& facts) {
  for (const v1::Candidate& candidate : answer.candidates()) {
    v1::Candidate kept = candidate;
    kept.clear_digests();
    for (const v1::NamedDigest& digest : candidate.digests()) {
      if (recorded.values.contains(core::to_hex(core::as_bytes(digest.value())))) {
        *kept.add_digests() = digest;
      }
    }
    if (!kept.digests().empty()) *facts.add_candidates() = std::move(kept);
  }
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
void take(const v1::ContentFacts& answer, const Recorded& recorded, v1::ContentFacts& facts) {
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
  keep_what_explains(answer, recorded, facts);
  if (answer.has_jpeg()) *facts.mutable_jpeg() = answer.jpeg();
  facts.DiscardUnknownFields();  // with which the record could not be read again
}

}  // namespace

bool explain_differences(const v1::Report& report, const AskBox& ask, v1::CaseRecord& record) {
  int asked = 0;
  bool changed = false;
  for (int i = 0; i < report.evidence_size() && asked < kMostLookedInto; ++i) {
    const Recorded recorded = recorded_of(report.evidence(i));
    // A box that was stopped at this file (notes.h) would be stopped again.
    if (recorded.algorithms.empty() || record.items(i).contents().terminated()) continue;
    ++asked;
    v1::LookInto request;
    for (const std::string& algorithm : recorded.algorithms) request.add_algorithms(algorithm);
    const auto answer = ask(i, request);
    if (!answer) break;
    v1::ContentFacts& facts = *record.mutable_items(i)->mutable_contents();
    take(*answer, recorded, facts);
    changed = true;
    if (facts.terminated()) break;
  }
  return changed;
}

}  // namespace heyan::intake
