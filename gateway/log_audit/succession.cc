#include "gateway/log_audit/succession.h"

namespace heyan::log_audit {

std::string_view name(LeafFault fault) {
  switch (fault) {
    case LeafFault::kGrammar:
      return "leaf-grammar";
    case LeafFault::kBeginning:
      return "leaf-beginning";
    case LeafFault::kOrigin:
      return "leaf-origin";
    case LeafFault::kTime:
      return "leaf-time";
    case LeafFault::kAbsent:
      return "reference-absent";
    case LeafFault::kKind:
      return "reference-kind";
    case LeafFault::kOrder:
      return "succession-order";
    case LeafFault::kTwice:
      return "succession-twice";
    case LeafFault::kOther:
      return "succession-other";
    case LeafFault::kEarlierLog:
      return "reference-earlier-log";
    case LeafFault::kDeleted:
      return "report-deleted";
  }
  return "unknown";
}

std::vector<LeafFault> Succession::add(core::ByteView bytes) {
  faults_.clear();
  const auto entry = report::parse_log_entry(bytes);
  if (!entry) {
    fault(LeafFault::kGrammar);
    leaves_.push_back({});
    return faults_;
  }
  const bool is_beginning = std::holds_alternative<report::LogBeginning>(*entry);
  if (is_beginning != leaves_.empty()) fault(LeafFault::kBeginning);
  const core::UtcTime at = report::time_of(*entry);
  if (at < last_) fault(LeafFault::kTime);
  last_ = std::max(last_, at);
  ++counts_[report::kind_of(*entry)];
  std::visit([this](const auto& one) { look_at(one); }, *entry);
  return faults_;
}

// Null where it is not there, or stands in an earlier log, which is not looked at.
Succession::Leaf* Succession::referred(const report::LogPlace& place, Kind kind) {
  if (!place.log.empty()) {
    if (!follows_another_) fault(LeafFault::kEarlierLog);
    return nullptr;
  }
  if (place.index >= leaves_.size()) {
    fault(LeafFault::kAbsent);
    return nullptr;
  }
  Leaf& leaf = leaves_[place.index];
  if (leaf.kind == kind) return &leaf;
  fault(LeafFault::kKind);
  return nullptr;
}

void Succession::look_at(const report::LogBeginning& entry) {
  if (entry.origin != origin_) fault(LeafFault::kOrigin);
  follows_another_ = !entry.follows.empty();
  leaves_.push_back({.kind = kBeginning});
}

void Succession::look_at(const report::IntakeEntry& entry) {
  waiting_.emplace(leaves_.size(), Waiting{entry.at, entry.submission});
  leaves_.push_back({.kind = kIntake});
}

void Succession::look_at(const report::ReportEntry& entry) {
  Leaf leaf{.kind = kReport};
  if (const Leaf* intake = referred(entry.intake, kIntake)) {
    if (intake->deleted) fault(LeafFault::kDeleted);
    leaf.intake = entry.intake.index;
    if (waiting_.erase(entry.intake.index) == 0) second_.insert(leaves_.size());
  }
  leaves_.push_back(leaf);
}

void Succession::look_at(const report::SupersessionEntry& entry) {
  const Leaf* later = referred(entry.report, kReport);
  if (Leaf* old = referred(entry.supersedes, kReport)) {
    if (old->superseded) fault(LeafFault::kTwice);
    old->superseded = true;
    if (entry.report.log.empty() && entry.report.index <= entry.supersedes.index) {
      fault(LeafFault::kOrder);
    }
    if (later != nullptr && later->intake != old->intake) {
      fault(LeafFault::kOther);
    } else if (later != nullptr) {
      second_.erase(entry.report.index);
    }
  }
  leaves_.push_back({.kind = kOther});
}

void Succession::look_at(const report::WithdrawalEntry& entry) {
  if (Leaf* report = referred(entry.report, kReport)) {
    if (report->withdrawn) fault(LeafFault::kTwice);
    report->withdrawn = true;
  }
  leaves_.push_back({.kind = kOther});
}

void Succession::look_at(const report::AuditEntry& /*entry*/) {
  leaves_.push_back({.kind = kOther});
}

// One without a report waits for it as before: nobody is rid of an intake by deleting it.
void Succession::look_at(const report::DeletionEntry& entry) {
  if (Leaf* intake = referred(entry.intake, kIntake)) {
    if (intake->deleted) fault(LeafFault::kTwice);
    intake->deleted = true;
  }
  leaves_.push_back({.kind = kOther});
}

}  // namespace heyan::log_audit
