#include "gateway/api/filing.h"

#include <algorithm>

#include "gateway/service/boxed.h"

namespace heyan::api {
namespace {

std::unexpected<service::Refused> refused(std::string pointer, std::string code,
                                          std::string detail) {
  return std::unexpected(
      service::Refused{{core::ErrorCode::kMalformed, "the submission has defects"},
                       {{std::move(pointer), std::move(code), std::move(detail)}}});
}

}  // namespace

std::expected<v1::Session, service::Refused> filing_session(const Caller& caller, ipc::Doors& boxes,
                                                            const service::Staged& staged,
                                                            std::int64_t received_at_ms) {
  if (caller.courts.size() == 1) return caller.session(caller.courts[0], received_at_ms);
  const service::StagedPart* case_json = staged.find(service::kCaseFile);
  if (case_json == nullptr) {
    return refused("", "missing-file", "a part named case or case.json is needed");
  }
  HEYAN_TRY(const v1::Submission submission, service::read_case(boxes, *case_json));
  const auto court = std::ranges::find(caller.courts, submission.court().code(), &Court::code);
  if (court != caller.courts.end()) return caller.session(*court, received_at_ms);
  return submission.court().code().empty()
             ? refused("/court/code", "missing", "name the court that this is filed at")
             : refused("/court/code", "another-court",
                       "nothing can be filed at that court here; correct it");
}

}  // namespace heyan::api
