// What a filing says of itself, as a box read it, and the lists that are made of it.
//
// All of it is declared. It is kept to be listed and found by, and proves nothing. Times are UTC
// milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/bytes.h"

namespace heyan::store {

// Of what was accepted. What is still being received is a Receiving (submission.h).
enum class State : std::uint8_t { kQueued, kVerifying, kDone, kRejected };

struct FiledParty {
  std::string role;  // "PLAINTIFF"
  std::string name;
  bool operator==(const FiledParty&) const = default;
};
struct FiledItem {
  std::string id;
  std::string name;
  std::string path;                      // of its file
  std::optional<std::uint64_t> pages{};  // as the party counts them
  bool operator==(const FiledItem&) const = default;
};

struct Filing {
  std::string case_number;
  std::string submitter;
  std::vector<FiledParty> parties;
  std::vector<FiledItem> items;
  // Under the court's key (service/content_index.h): record ids and fingerprints that it names.
  std::vector<core::Bytes> tags;  // 32 bytes each
  bool operator==(const Filing&) const = default;
};

// So many items of a report have that verdict.
struct VerdictCount {
  std::string verdict;  // a word of the catalogue
  std::uint64_t items = 0;
  bool operator==(const VerdictCount&) const = default;
};

// ---- lists

// A place in a list, from the newest to the oldest; where what wants attention comes first, among
// that or among the rest.
struct Cursor {
  std::int64_t received_at_ms = 0;
  std::string id;
  bool attention = false;
};

// What somebody looks for; a line has one of them.
struct Sought {
  std::string part{};    // of a case number or of a party's name; ASCII letters of either case
  std::string id{};      // of a submission
  std::string number{};  // of a report, any of its own
  core::Bytes tags{};    // 32 bytes for each court: of a record's id or a fingerprint
};

struct ListFilter {
  std::optional<State> state{};
  // Of the last report, or of one of its items.
  std::optional<std::string> verdict{};
  std::optional<bool> attention{};  // see wants_attention
  bool attention_first = false;     // then all others
  bool unassigned = false;          // to any judge
  // By its deletion: a name of DeletionState, or "HELD" (deletions.h).
  std::optional<std::string> deletion{};
  // Ended, its last report from before that time, neither held nor to be deleted.
  std::optional<std::int64_t> ended_before_ms{};
  std::optional<Sought> sought{};
};

// A clerk's request that is asked last.
struct SupplementMark {
  std::int64_t until_ms = 0;
  bool answered = false;  // its account has filed in that case since
};

// Of what is being received.
struct Awaited {
  std::uint64_t files = 0;
  std::uint64_t complete = 0;  // of them
  std::int64_t expires_at_ms = 0;
};

struct SubmissionLine {
  std::string id;
  std::string court;
  std::string account;
  std::int64_t received_at_ms = 0;  // of what is being received: when that began
  core::Bytes session;              // an encoded v1::Session
  std::optional<State> state;       // absent: being received
  std::optional<std::string> report;
  std::optional<std::string> verdict;  // of that report
  Filing filing;                       // without tags and items
  std::uint64_t items = 0;
  std::vector<VerdictCount> counts;  // of that report
  std::optional<SupplementMark> supplement;
  std::optional<Awaited> awaited;
  std::vector<std::string> assigned;  // judges; only for who may read the whole court
};

// Rejected, or the last report is not ALL_CONSISTENT.
bool wants_attention(std::optional<State> state, const std::optional<std::string>& verdict);

}  // namespace heyan::store
