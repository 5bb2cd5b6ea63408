// One record of an audit trail: a line of canonical JSON (RFC 8785).
//
//   {"actor","at","detail"?,"event","outcome","prevSha256","prevSm3","seq","subject","writer"}
//
// Each record holds SHA-256 and SM3 of the line before it, without its end: none can be changed,
// taken out or put elsewhere unless all that follow are written anew, and the heads in the report
// log (security decision 16) do not let that pass. Time, user, event, success and whom it was
// about: GB/T 22239. No names and no content of evidence: accounts and cases by their identifiers.
// Pure values, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::audit {

inline constexpr std::size_t kLineBytes = 8192;
inline constexpr std::size_t kTrailBytes = 16;  // what names a trail

enum class Event : std::uint8_t {
  // Of the trail itself.
  kSegment,    // a file begins; detail: trail, its name for ever
  kMended,     // an unfinished line was cut off after a crash; detail: bytes
  kShortened,  // what stands before a record has been kept long enough; detail: first, keepDays
  kClockBack,  // the clock shows an earlier time than the record before; detail: from
  kStarted,    // the writer's process
  kStopped,
  // Of who may change something: before it is changed; detail: change, its event. That event's own
  // record follows, and says what came of it.
  kChangeAsked,
  // The front's.
  kSignIn,
  kSignOut,
  kPasswordChanged,
  kFactorProposed,
  kFactorConfirmed,
  kFactorRemoved,
  kListRead,
  kCaseRead,
  kFileRead,
  kReportRead,
  kFiled,
  kAccepted,  // a submission, before it is acknowledged, by the front itself; actor: who filed it
  kUploadBegun,
  kUploadDropped,
  kVerificationAsked,
  kWithdrawalAsked,
  kSupplementAsked,
  kAnnotated,
  kDeletionAsked,      // of a submission; by one person,
  kDeletionConfirmed,  // by another,
  kDeletionCancelled,
  kHeld,           // a legal hold: nothing of it is deleted
  kReleased,       // from it
  kDeletionBegun,  // by the front itself, when the time was over; detail: index of the log's leaf
  kDeleted,        // its files are gone
  kCourtMessage,
  kCourtAnswerRead,
  kTrustPreviewed,
  kAssigned,        // to a judge; detail: judge
  kUnassigned,      // likewise
  kAccessAsked,     // by a judge to whom it is not assigned: what came of it
  kGlassBroken,     // before access is given; detail: reason (hidden), until
  kAccessListRead,  // who broke the glass, and why
  kRefused,         // of anything else: the caller had no right
  // The judge's. Also the front's, of an attempt that cost the submission one: of a judge that died
  // the others know nothing; detail then: reason, attempt, version of the submission.
  kJudged,
  // The signer's.
  kReceiptSigned,
  kReportSigned,
  kStatementSigned,
  kSealSigned,
  kWithdrawalLogged,
  kDeletionLogged,
  kCheckpointSigned,
  kHeadLogged,  // of a trail, in the report log; subject: whose, detail: record
  // Of the `heyan` command.
  kAccountAdded,  // detail: role, court. Also the front's, ahead of an account that a first sign-in
                  // at a provider makes; detail then also: issuer, identity (hidden)
  kAccountDisabled,
  kAccountEnabled,
  kAccountReset,
  kAccountLinked,  // with an identity at a provider; detail: issuer, identity (hidden)
  kAccountUnlinked,
  kBackupBegun,       // before anything is copied; detail: out (hidden), withKeys
  kBackupMade,        // or not; detail then: status. Else: manifest, its digest; counts
  kRestored,          // the first record of a state folder; detail: manifest, options, counts
  kDatabaseBegun,     // its tables are to be made, or brought to this version
  kDatabasePrepared,  // or not
  kLogRenewBegun,     // one log is to follow another; subject: the new one
  kLogRenewed,        // or not
  kReplayBegun,       // deletions that a restored database does not know; subject: the new log
  kReplayed,          // or not; detail: log, size, deletedAgain, unasked, alsoUnasked
};

enum class Outcome : std::uint8_t { kDone, kRefused, kFailed };

std::string_view name(Event event);      // "segment" "sign-in" ...
std::string_view name(Outcome outcome);  // "done" "refused" "failed"

// What is to be recorded. `detail`: null, or an object of a few short members.
struct Entry {
  Event event = Event::kStarted;
  // Both are made visible and cut where they are not such as identifiers.
  std::string actor{};    // account; empty: the process itself, or nobody who is known
  std::string subject{};  // submission, report, account
  Outcome outcome = Outcome::kDone;
  core::json::Value detail{};
};

struct Record {
  std::uint64_t seq = 0;
  core::UtcTime at;
  std::string writer;
  Entry entry;
  core::Bytes sha256_before;
  core::Bytes sm3_before;
};

// SHA-256 in hex, for a name that must not stand in a record; who has the name finds it there.
std::string hidden(std::string_view name);

// Without its end. Texts are UTF-8.
std::string encode(const Record& record);

enum class Fault : std::uint8_t {
  kMalformed,  // no record, or one that is spelled otherwise
  kSequence,   // another number than the next
  kSha256,     // not that of the line before
  kSm3,        // likewise
  kTime,       // before the record before, which no record of a clock that went back says
  kWriter,     // of another process's trail
};
std::string_view name(Fault fault);  // "malformed" "sequence" "sha256" "sm3" "time" "writer"

// What encode wrote, and nothing else: kMalformed.
std::expected<Record, Fault> decode(std::string_view line);

// A trail, as far as it has been followed.
struct Chain {
  std::string writer{};  // empty: that of the first record
  std::uint64_t next = 0;
  core::Bytes sha256 = core::Bytes(32, 0);
  core::Bytes sm3 = core::Bytes(32, 0);
  core::UtcTime last{};

  // The next line, or what is wrong with it; then nothing changes.
  std::expected<Record, Fault> follow(std::string_view line);
  // Takes what the first record that was kept says of those before it.
  static Chain before(const Record& first);
  // After a line that is known to be the next.
  void take(std::string_view line, core::UtcTime at);
};

}  // namespace heyan::audit
