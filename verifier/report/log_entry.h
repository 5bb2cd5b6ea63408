// What stands in the report log: typed leaves, canonical JSON, none above a few hundred bytes.
//
//   {"createdAt","follows"?,"keys":[{"spki","use"}],"origin","schema":"heyan.log.v1","type":"log"}
//   {"at","files","nonce","submission","type":"intake"}
//   {"at","intake":N,"payload","type":"report"}
//   {"at","report":N,"supersedes":M,"type":"supersession"}
//   {"at","reason","report":N,"type":"withdrawal"}
//   {"at","record":N,"sha256","sm3","trail","type":"audit","writer"}
//   {"at","intake":N,"submission","type":"deletion"}
//
// An "audit" leaf is the head of an audit trail (gateway/audit): its record N has these two
// digests. A "deletion" says that the files and the case record of that intake's submission are
// gone: its reports stand, and nobody can judge it again. "submission" is that of the intake's
// leaf, so that whoever restores an older copy knows what to delete without that leaf.
//
// The first one is always the first leaf, and only it. N and M are places in the log; digests are
// SHA-256 in hex. "at" is the signer's clock when the leaf was appended and never goes back:
// without it nobody outside could count the intakes that have waited for too long (security
// decision 13).
//
// A log that could not be continued (its database was lost) is followed by a new one: its first
// leaf quotes the last checkpoint of the old in "follows", and a leaf whose intake, report or
// superseded report stands in an earlier log has one more member, "intakeLog", "reportLog" or
// "supersedesLog", the origin of that log (security decision 16).
//
// The log is public: nothing in it opens a report or names a case (security decision 30). Pure, any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"

namespace heyan::report {

struct LogKey {
  std::string use;  // "report-es256" "report-sm2" "receipt"
  core::Bytes spki;
  bool operator==(const LogKey&) const = default;
};

// Where a leaf stands.
struct LogPlace {
  std::uint64_t index = 0;
  std::string log;  // origin of an earlier log; empty: the same log
  bool operator==(const LogPlace&) const = default;
};

struct LogBeginning {
  core::UtcTime at;  // written as "createdAt"
  std::string origin;
  std::vector<LogKey> keys;
  std::string follows;  // the signed note of the last checkpoint of the log before; or empty
  bool operator==(const LogBeginning&) const = default;
};
struct IntakeEntry {
  core::UtcTime at;
  core::Bytes submission;  // SHA-256 of its identifier
  core::Bytes files;       // SHA-256 of what the receipt lists
  core::Bytes nonce;       // 32 bytes: keeps guesses about both from being tried
  bool operator==(const IntakeEntry&) const = default;
};
struct ReportEntry {
  core::UtcTime at;
  core::Bytes payload;  // SHA-256
  LogPlace intake;
  bool operator==(const ReportEntry&) const = default;
};
// Where a report and its intake stand, each with the origin of its log: after a restore there are
// two logs with an entry of that number.
struct LoggedAs {
  LogPlace report;
  LogPlace intake;
};
struct SupersessionEntry {
  core::UtcTime at;
  LogPlace report;
  LogPlace supersedes;
  bool operator==(const SupersessionEntry&) const = default;
};
struct WithdrawalEntry {
  core::UtcTime at;
  LogPlace report;
  std::string reason;  // "court-order" "error" "key-compromise"
  bool operator==(const WithdrawalEntry&) const = default;
};
// All that the record says and what stands before it, by its digests.
struct AuditEntry {
  core::UtcTime at;
  std::string writer;  // "front" "judge" "signer" "accounts"
  core::Bytes trail;   // 16 bytes that name it
  std::uint64_t record = 0;
  core::Bytes sha256;
  core::Bytes sm3;
  bool operator==(const AuditEntry&) const = default;
};

// The files and the case record are gone (security decision 33).
struct DeletionEntry {
  core::UtcTime at;
  core::Bytes submission;  // as in the intake's leaf
  LogPlace intake;
  bool operator==(const DeletionEntry&) const = default;
};

using LogEntry = std::variant<LogBeginning, IntakeEntry, ReportEntry, SupersessionEntry,
                              WithdrawalEntry, AuditEntry, DeletionEntry>;

core::Bytes encode_log_entry(const LogEntry& entry);

// What encode_log_entry wrote, and nothing else. kMalformed, kNotCanonical; kUnknown: another type.
core::Result<LogEntry> parse_log_entry(core::ByteView bytes);

// "log" "intake" "report" "supersession" "withdrawal" "audit" "deletion"
std::string_view kind_of(const LogEntry& entry);
core::UtcTime time_of(const LogEntry& entry);

bool is_withdrawal_reason(std::string_view word);
bool is_audit_writer(std::string_view word);

// Is `bytes` the report leaf of that payload, whatever intake it names?
bool is_report_entry(core::ByteView bytes, core::ByteView payload_sha256);

}  // namespace heyan::report
