#include "gateway/api/rights.h"

namespace heyan::api {
namespace {

// The path from "deletion" on.
std::optional<Right> right_about_deletion(http::Method method, bool read,
                                          std::span<const std::string> path) {
  const bool takes_away = method == http::Method::kDelete;
  if (path.size() == 1) {
    if (read) return Right::kRead;
    return takes_away ? Right::kStopDeletion : Right::kAskDeletion;
  }
  if (path.size() > 2) return std::nullopt;
  if (path[1] == "confirmation") return Right::kConfirmDeletion;
  if (path[1] != "hold") return std::nullopt;
  return takes_away ? Right::kConfirmDeletion : Right::kStopDeletion;
}

std::optional<Right> right_about_submission(http::Method method,
                                            std::span<const std::string> path) {
  const bool read = method == http::Method::kGet || method == http::Method::kHead;
  if (path.size() == 2) return read ? Right::kRead : Right::kFile;
  if (path.size() == 3) return Right::kRead;
  const std::string_view part = path[3];
  if (part == "files" && path.size() > 4) return Right::kRead;
  if (part == "deletion") return right_about_deletion(method, read, path.subspan(3));
  if (path.size() > 4) return std::nullopt;
  if (part == "verifications") return Right::kJudgeAgain;
  if (part == "case" || part == "receipt" || part == "previews" || part == "scans")
    return Right::kRead;
  if (part == "assignment") return read ? Right::kSeeAssigned : Right::kAssign;
  if (part == "access") return read ? Right::kRead : Right::kBreakGlass;
  if (part == "supplements") return read ? Right::kRead : Right::kSupplement;
  if (part == "annotations") return Right::kAnnotate;
  return std::nullopt;
}

std::optional<Right> right_about_report(std::span<const std::string> path) {
  if (path.size() == 3 || (path.size() == 4 && path[3] == "log-proof")) return Right::kRead;
  if (path.size() == 4 && path[3] == "withdrawal") return Right::kWithdraw;
  return std::nullopt;
}

}  // namespace

bool may(Role role, Right right) {
  switch (right) {
    case Right::kRead:
      return role != Role::kOperator;
    case Right::kFile:
      return role == Role::kCourtSystem || role == Role::kLitigant || role == Role::kClerk;
    case Right::kJudgeAgain:
    case Right::kWithdraw:
      return role == Role::kCourtSystem || role == Role::kClerk || role == Role::kJudge;
    case Right::kCourtMessages:
      return role == Role::kCourtSystem;
    case Right::kSupplement:
    case Right::kAssign:
      return role == Role::kClerk;
    case Right::kAskDeletion:
      return role == Role::kClerk;
    case Right::kStopDeletion:
      return role == Role::kClerk || role == Role::kJudge;
    case Right::kAnnotate:
    case Right::kBreakGlass:
    case Right::kConfirmDeletion:
      return role == Role::kJudge;
    case Right::kSeeAssigned:
      return role == Role::kClerk || role == Role::kJudge;
    case Right::kSeeAccess:
      return role == Role::kClerk || role == Role::kOperator;
    case Right::kOperate:
      return role == Role::kOperator;
  }
  return false;
}

bool is_for_reading(Right right) {
  switch (right) {
    case Right::kRead:
    case Right::kAnnotate:
    case Right::kSeeAssigned:
    case Right::kSeeAccess:
      return true;
    default:
      return false;
  }
}

std::optional<Right> right_needed(http::Method method, std::span<const std::string> path) {
  if (path.size() < 2) return std::nullopt;
  if (path[0] == "courts") return Right::kCourtMessages;
  if (path[0] != "v1") return std::nullopt;
  if (path[1] == "submissions") return right_about_submission(method, path);
  if (path[1] == "uploads") return Right::kFile;
  if (path[1] == "reports") return right_about_report(path);
  if (path[1] == "operator") return Right::kOperate;
  if (path[1] == "judges" && path.size() == 2) return Right::kAssign;
  if (path[1] == "access" && path.size() == 2) return Right::kSeeAccess;
  return std::nullopt;
}

}  // namespace heyan::api
