#include "gateway/service/judge_said.h"

#include <algorithm>
#include <string>

namespace heyan::service {
namespace {

constexpr std::size_t kMostWordBytes = 64;
constexpr std::size_t kMostNumberBytes = 64;    // of a report: HY- and four groups have 22
constexpr std::size_t kMostHashBytes = 64;      // of a block: the store's bound
constexpr std::size_t kMostNameBytes = 128;     // of a ledger: the trust list's bound
constexpr std::size_t kMostOriginBytes = 1024;  // of a log's tree: what an index of the store holds
constexpr std::size_t kMostLabelBytes = 1024;   // what case.json declared comes back in a report
constexpr std::size_t kRecordDigestBytes = 32;
constexpr int kMostRecalled = 100'000;  // an honest judge's positions are those of its proofs
constexpr int kMostWatched = 10'000;

// No database holds a NUL in a text.
bool is_text(std::string_view text, std::size_t most) {
  return text.size() <= most && !text.contains('\0');
}

bool is_ledger(const std::string& name) { return !name.empty() && is_text(name, kMostNameBytes); }

template <class Place>
bool is_place(const Place& place) {
  return is_ledger(place.ledger()) && is_text(place.origin(), kMostOriginBytes);
}

bool are_blocks(const google::protobuf::RepeatedPtrField<v1::KeptCheckpoint>& blocks) {
  return blocks.size() <= kMostRecalled &&
         std::ranges::all_of(blocks, [](const v1::KeptCheckpoint& one) {
           return is_place(one) && !one.hash().empty() && one.hash().size() <= kMostHashBytes;
         });
}

// What labels of metrics and lines of the log are made of.
bool has_labels(const v1::ItemReport& item) {
  return std::ranges::all_of(item.attestations(), [](const v1::Attestation& one) {
    return is_text(one.ledger(), kMostLabelBytes) && is_text(one.format(), kMostLabelBytes);
  });
}

bool is_judged(const v1::ItemReport& item) {
  return item.verdict() != v1::VERDICT_UNSPECIFIED && v1::Verdict_IsValid(item.verdict()) &&
         has_labels(item);
}

}  // namespace

bool is_refusal_word(std::string_view code) {
  return !code.empty() && code.size() <= kMostWordBytes &&
         std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

bool can_be_kept(const v1::JudgeDone& done) {
  const v1::Report& report = done.report();
  return report.verdict() != v1::SUBMISSION_VERDICT_UNSPECIFIED &&
         v1::SubmissionVerdict_IsValid(report.verdict()) &&
         std::ranges::all_of(report.evidence(), is_judged) && !done.report_number().empty() &&
         is_text(done.report_number(), kMostNumberBytes) && !done.envelope().empty() &&
         done.record_sha256().size() == kRecordDigestBytes && are_blocks(done.seen()) &&
         are_blocks(done.observed());
}

bool can_be_asked(const v1::LedgerRecall& asked) {
  return asked.positions_size() <= kMostRecalled && asked.contested_from_size() <= kMostRecalled &&
         std::ranges::all_of(asked.positions(), is_place<v1::LedgerPosition>) &&
         std::ranges::all_of(asked.contested_from(), is_place<v1::LedgerPosition>);
}

bool can_be_asked(const v1::LedgerWatch& asked) {
  return asked.ledgers_size() <= kMostWatched && std::ranges::all_of(asked.ledgers(), is_ledger);
}

}  // namespace heyan::service
