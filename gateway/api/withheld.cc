#include "gateway/api/withheld.h"

#include "gateway/api/answers.h"
#include "gateway/service/acceptance.h"

namespace heyan::api {

std::optional<http::ProblemDocument> withheld(std::string_view path, const store::Scan& scan,
                                              bool scanned) {
  using store::ScanState;
  const bool found = scan.state == ScanState::kFound;
  const bool unseen =
      scanned && (scan.state == ScanState::kPending || scan.state == ScanState::kTooLarge);
  if (path == service::kCaseFile || (!found && !unseen)) return std::nullopt;
  http::ProblemDocument document = problem_of(http::Problem::kConflict);
  if (found) {
    document.errors.push_back({.pointer = "/path",
                               .code = "malware-found",
                               .detail = "a malware scanner reports \"" + scan.name +
                                         "\" in this file, which is kept as it was received; its "
                                         "fingerprint is verified all the same"});
  } else if (scan.state == ScanState::kTooLarge) {
    document.errors.push_back({.pointer = "/path",
                               .code = "too-large-to-scan",
                               .detail = "this file is larger than the malware scanner takes, so "
                                         "nobody has looked at it"});
  } else {
    document.errors.push_back({.pointer = "/path",
                               .code = "not-scanned",
                               .detail = "no malware scanner has looked at this file yet; try "
                                         "again later"});
  }
  return document;
}

bool is_confirmed(const http::ProblemDocument& refusal, Role role, const std::string* confirm) {
  return role != Role::kLitigant && confirm != nullptr && *confirm == refusal.errors.at(0).code;
}

}  // namespace heyan::api
