// What the front keeps of submissions, jobs and reports.
//
// A row is not believed by itself: the signed receipt stands for a submission, the signed envelope
// for a report, and both are kept with it (security decision 25). Times are UTC milliseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/filing.h"
#include "gateway/store/stored_limits.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

std::string_view name(State state);  // "QUEUED" ..., as the interface and the tables write it

// A UUID of version 7 in 32 lower-case hexadecimal digits: the machine's time in milliseconds, then
// 74 random bits. What comes at about the same time so lies together in each table, and a court's
// newest cases are read from few pages however many there were before. Nothing goes by its time.
// Errors: kIo. Any thread. Source: RFC 9562 section 5.7.
core::Result<std::string> new_submission_id();

// A file of the vault under the path that case.json names.
struct StoredFile {
  std::string path;
  std::uint64_t size = 0;
  core::Bytes sha256;  // 32 bytes
  bool operator==(const StoredFile&) const = default;
};

// A file of the vault, and whose it is.
struct KeptFile {
  std::string submission;
  core::Bytes sha256;
};
struct KeptPage {
  std::vector<KeptFile> files;
  std::optional<Cursor> next;  // from here there may be more
};

struct NewSubmission {
  std::string id;
  std::string court;
  std::string account;
  std::int64_t received_at_ms = 0;
  std::uint64_t intake_index = 0;  // of its leaf in the report log
  core::Bytes receipt;             // signed
  core::Bytes session;             // an encoded v1::Session
  std::vector<StoredFile> files;   // case.json first
};

// Belongs to the account (security decision 31). The fingerprint is of the whole request.
struct IdempotencyKey {
  std::string key;
  core::Bytes fingerprint;
};

struct Acceptance {
  enum class Outcome : std::uint8_t { kAccepted, kReplayed, kConflict };
  Outcome outcome = Outcome::kAccepted;
  std::string submission;  // of the first request where it was replayed or conflicts
};

// The use that was made of an idempotency key.
struct KeyUse {
  std::string submission;
  core::Bytes fingerprint;
};

struct Submission {
  std::string id;
  std::string court;
  std::string account;
  std::int64_t received_at_ms = 0;
  std::uint64_t intake_index = 0;
  core::Bytes receipt;
  core::Bytes session;
  State state = State::kQueued;        // of its last version
  std::uint32_t version = 1;           // of the last verification asked for
  std::optional<std::string> report;   // number of the last report
  std::optional<std::string> refusal;  // a stable word, where REJECTED
  bool deleted = false;                // its files and case record are gone, or going (deletions.h)
};

// What failed is tried again after this at the latest.
inline constexpr std::chrono::milliseconds kMostJobWait{300'000};

// One verification to be done, as claimed.
struct Job {
  std::string submission;
  std::uint32_t version = 1;
  std::uint32_t attempts = 0;  // this one included
  std::string court;
  std::string account;
  std::uint64_t intake_index = 0;
  std::string supersedes;  // report number; empty for the first
  core::Bytes session;
  std::vector<StoredFile> files;
};

// An item's content, under the key of its court: the same bytes have the same tag.
struct ItemContent {
  std::string item;
  core::Bytes tag;  // 32 bytes
};

// What the system of an account is to be told: bytes, whatever their form.
struct NewDelivery {
  std::string id;  // of the event; the same whenever it is tried again
  std::string account;
  std::string content_type;
  core::Bytes body;
  std::int64_t created_at_ms = 0;
};

// One that is due.
struct Delivery {
  std::string id;
  std::string account;
  std::string submission;
  std::string content_type;
  core::Bytes body;
  std::optional<std::int64_t> failing_since_ms{};  // nothing: nobody was asked in vain yet
  std::uint32_t attempts = 0;                      // before
};

// One that was not made, and is to be tried again.
struct Undelivered {
  std::string id;
  std::int64_t not_before_ms = 0;
  // Nor any other of its account before then: its system cannot be reached.
  bool away = false;
  // Now, from when on it fails unless it did before; nothing: this clock is not believed.
  std::optional<std::int64_t> at_ms{};
};

// A report whose signatures are to be stamped.
struct DueStamp {
  std::string report;
  core::Bytes envelope;
  std::uint32_t attempts = 0;  // before
};

// What a filing named under a key of its adapter's.
struct KnownValue {
  std::string adapter;
  std::string key;
  std::string value;
};

// A position of a ledger that a quorum of its institutions signed, as reports found it.
struct Checkpoint {
  std::string ledger;           // id of the trust list
  std::uint64_t height = 0;     // of a log: the size of its tree
  core::Bytes hash;             // 1 to 64 bytes; of a log: the root
  std::int64_t seen_at_ms = 0;  // when the first report with it was issued
  std::string origin{};         // of a log: whose tree; else empty
  bool operator==(const Checkpoint&) const = default;
};

struct LedgerPlace {
  std::string ledger;
  std::string origin;
  std::uint64_t height = 0;
};

// One of several that were seen at one place.
struct ContestedBlock {
  Checkpoint block;
  std::string report;   // the first in which it was seen
  bool quorum = false;  // a quorum signed it; else it makes no conflict
  bool operator==(const ContestedBlock&) const = default;
};

struct FinishedJob {
  std::string submission;
  std::uint32_t version = 1;
  std::string report_number;
  std::int64_t issued_at_ms = 0;
  core::Bytes envelope;       // the signed report
  core::Bytes record_sha256;  // of the .hcr file in the vault
  std::string verdict;        // of the submission: a word of the catalogue
  std::string case_number{};  // declared
  std::vector<ItemContent> contents{};
  std::vector<KnownValue> known{};
  std::vector<core::Bytes> tags{};         // as Filing.tags: what was measured and found
  std::vector<VerdictCount> counts{};      // of its items
  std::optional<NewDelivery> delivery{};   // that tells of it
  std::vector<Checkpoint> seen{};          // seen_at_ms is issued_at_ms
  std::vector<Checkpoint> observed{};      // that no quorum signed; likewise
  std::set<std::string> conflicts_told{};  // ledgers of whose conflict the report tells
};

// A content in the last reports of other submissions of a court.
struct FiledContent {
  std::string report;
  std::string item;
  std::string case_number;  // declared
  bool operator==(const FiledContent&) const = default;
};
struct ContentElsewhere {
  std::uint64_t count = 0;
  std::vector<FiledContent> newest;  // first the one whose report was issued last
};

struct Report {
  std::string number;
  std::string submission;
  std::uint32_t version = 1;
  std::string court;
  std::string account;
  std::int64_t issued_at_ms = 0;
  core::Bytes envelope;
  core::Bytes time_stamp;  // a token over its signatures; empty: not yet
  core::Bytes record_sha256;
  std::string verdict;
  std::optional<std::string> supersedes;
  std::optional<std::string> superseded_by;
  std::optional<std::int64_t> withdrawn_at_ms;
  std::optional<std::string> withdrawal_reason;
};

// ---- a submission whose files follow its case

// What an account has under way: received, and not accepted yet.
struct UnderWay {
  std::uint64_t submissions = 0;
  std::uint64_t bytes = 0;
};

struct NewReceiving {
  std::string id;
  std::string court;
  std::string account;
  core::Bytes session;  // an encoded v1::Session
  IdempotencyKey key;
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  // case.json first, then what it names, each once; what has no digest is awaited.
  std::vector<StoredFile> files;
  std::set<std::string> proofs{};  // paths: of those that are awaited
  Filing filing{};
  // Of the account at that court, with this one; nothing: not limited.
  std::optional<UnderWay> most{};
};

struct AwaitedFile {
  std::string path;
  std::string upload;  // id; empty: nobody has begun to send it
  std::uint64_t size = 0;
  std::uint64_t offset = 0;  // so many bytes are on the disk
  core::Bytes sha256;        // empty until all are
};

struct Receiving {
  std::string id;
  std::string court;
  std::string account;
  core::Bytes session;
  IdempotencyKey key;
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::vector<AwaitedFile> files;  // case.json first
};

struct NewUpload {
  std::string id;
  std::string submission;
  std::string path;
  std::uint64_t size = 0;
  core::Bytes expected;    // SHA-256 that the client announced; empty: none
  std::string metadata{};  // Upload-Metadata (tus 1.0.0, creation), as the client wrote it
  StoredLimits limits{};
  // Of the account at that court, with this one; nothing: not limited.
  std::optional<std::uint64_t> most_bytes{};
};

struct Upload {
  std::string id;
  std::string submission;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
  core::Bytes expected;    // SHA-256 that the client announced; empty: none
  std::string metadata{};  // as of NewUpload
  bool complete = false;
  std::int64_t expires_at_ms = 0;
};

// Whose rows a caller may see. Others are as if they were not there. No account and no court has an
// empty name.
struct Scope {
  std::optional<std::string> court;
  std::optional<std::string> account;
  std::optional<std::string> judge{};  // account
  std::int64_t at_ms = 0;              // of a judge's

  static Scope of_court(std::string court) { return {std::move(court), std::nullopt}; }
  static Scope of_account(std::string court, std::string account) {
    return {std::move(court), std::move(account)};
  }
  // Of that court, what is assigned to the judge or was opened to them until later than `at_ms`.
  static Scope of_judge(std::string court, std::string judge, std::int64_t at_ms) {
    return {std::move(court), std::nullopt, std::move(judge), at_ms};
  }
  // At whatever court: only for accounts of people, each of which is one in the installation.
  static Scope of_person(std::string account) { return {std::nullopt, std::move(account)}; }
  static Scope nothing() { return {std::string(), std::string()}; }
  static Scope whole_installation() { return {}; }  // for the program itself, not for a user
};

struct Backlog {
  std::uint64_t queued = 0;
  std::uint64_t verifying = 0;
  std::uint64_t overdue = 0;    // accepted before the given time, and neither done nor rejected
  std::uint64_t receiving = 0;  // submissions whose files are on their way
};

}  // namespace heyan::store
