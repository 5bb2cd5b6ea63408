// What the leaves of a report log may say, one after the other: the first names the log, times do
// not go back, and whatever a leaf refers to stands before it and is of the right kind.
//
// Keeps eight bytes for each leaf, and the intakes that have no report yet. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "verifier/report/log_entry.h"

namespace heyan::log_audit {

enum class LeafFault : std::uint8_t {
  kGrammar,     // no entry of a report log, or spelled otherwise
  kBeginning,   // the first leaf names no log, or a later one does
  kOrigin,      // the log that the first leaf names is another
  kTime,        // before the leaf before it
  kAbsent,      // refers to a leaf that is not there yet
  kKind,        // refers to a leaf of another kind
  kOrder,       // a report is superseded by an older one
  kTwice,       // superseded, withdrawn or deleted once more
  kOther,       // a report is superseded by one of another intake
  kEarlierLog,  // refers to an earlier log, and this one follows none
  kDeleted,     // a report whose files and case record were deleted before
};

// "leaf-grammar" "leaf-beginning" "leaf-origin" "leaf-time" "reference-absent" "reference-kind"
// "succession-order" "succession-twice" "succession-other" "reference-earlier-log"
// "report-deleted"
std::string_view name(LeafFault fault);

struct Waiting {
  core::UtcTime at;
  core::Bytes submission;  // SHA-256 of its identifier
};

class Succession {
 public:
  explicit Succession(std::string origin) : origin_(std::move(origin)) {}

  // The next leaf: all that is wrong with it.
  std::vector<LeafFault> add(core::ByteView leaf);

  // By index, those that have no report.
  const std::map<std::uint64_t, Waiting>& waiting() const { return waiting_; }
  // How many leaves of each kind.
  const std::map<std::string_view, std::uint64_t>& counts() const { return counts_; }
  // The latest of all times.
  core::UtcTime last() const { return last_; }
  // Reports of an intake that had one already, and that supersede none of its.
  const std::set<std::uint64_t>& second() const { return second_; }

 private:
  enum Kind : std::uint8_t { kUnreadable, kBeginning, kIntake, kReport, kOther };
  static constexpr std::uint64_t kNowhere = (std::uint64_t{1} << 53) - 1;
  struct Leaf {
    std::uint64_t intake : 53 = kNowhere;  // of a report, where it is in this log
    std::uint64_t kind : 3 = kUnreadable;
    std::uint64_t superseded : 1 = 0;
    std::uint64_t withdrawn : 1 = 0;
    std::uint64_t deleted : 1 = 0;  // of an intake
  };

  Leaf* referred(const report::LogPlace& place, Kind kind);
  void look_at(const report::LogBeginning& entry);
  void look_at(const report::IntakeEntry& entry);
  void look_at(const report::ReportEntry& entry);
  void look_at(const report::SupersessionEntry& entry);
  void look_at(const report::WithdrawalEntry& entry);
  void look_at(const report::AuditEntry& entry);  // what it says is gateway/audit's
  void look_at(const report::DeletionEntry& entry);
  void fault(LeafFault what) { faults_.push_back(what); }

  std::string origin_;
  std::vector<Leaf> leaves_;
  std::vector<LeafFault> faults_;  // of the leaf that is looked at
  std::map<std::uint64_t, Waiting> waiting_;
  std::map<std::string_view, std::uint64_t> counts_;
  std::set<std::uint64_t> second_;
  core::UtcTime last_;
  bool follows_another_ = false;
};

}  // namespace heyan::log_audit
