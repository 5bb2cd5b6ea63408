// Who may do what: the one place that says it. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "gateway/http/gate.h"

namespace heyan::api {

enum class Role : std::uint8_t { kCourtSystem, kLitigant, kClerk, kJudge, kOperator };

// Always of the submissions in its scope alone.
enum class Right : std::uint8_t {
  kRead,           // submissions, reports, files
  kFile,           // a submission, its files
  kJudgeAgain,     // have it judged again
  kWithdraw,       // a report
  kCourtMessages,  // /courts/ADAPTER
  kSupplement,     // ask for what is missing
  kAnnotate,       // notes of its own
  kAssign,         // to judges of the court
  kSeeAssigned,    // to whom
  kBreakGlass,     // read, having said why, what is for other judges
  kSeeAccess,      // who did, and why
  // Of deletions (store/deletions.h): who asks for one never confirms it.
  kAskDeletion,
  kStopDeletion,     // cancel it, or place a hold
  kConfirmDeletion,  // and release from a hold
  kOperate,          // the installation: never what was filed
};
bool may(Role role, Right right);

// What a judge may who only opened a submission: read it, and keep notes of it. What changes
// anything for others is for those to whom it is assigned.
bool is_for_reading(Right right);

// What a call needs of one who is known; nothing where there is no such resource.
std::optional<Right> right_needed(http::Method method, std::span<const std::string> path);

}  // namespace heyan::api
