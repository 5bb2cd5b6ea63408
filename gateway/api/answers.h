// Values of the service as answers of the interface: JSON, and problem documents with all defects.
#pragma once

#include "gateway/front/exchange.h"
#include "gateway/http/answer.h"
#include "gateway/service/acceptance.h"
#include "gateway/store/submission.h"
#include "verifier/core/json.h"

namespace heyan::api {

http::Answer accepted_answer(const service::Accepted& accepted);
// `receipt`: the submission's own, found good. `line`: what a list says of it (lines.h); null: left
// out.
http::Answer submission_answer(const store::Submission& submission,
                               const service::SignedReceipt& receipt, core::json::Value line = {});
http::Answer receiving_answer(const store::Receiving& submission);
http::Answer json_answer(std::uint16_t status, std::string body);
http::Answer text_answer(std::string_view media_type, std::string body);

http::ProblemDocument problem_of(const service::Refused& refused);
http::ProblemDocument problem_of(http::Problem problem, std::string_view detail = {});

// 410 with the code "deleted", where an error of the store says that what is needed was deleted.
bool is_deleted(const core::Error& error);
http::ProblemDocument deleted_problem();

// Of errors of kNotFound: whoever sends something had the right to when that began.
inline constexpr std::string_view kSessionOver = "the session has ended; sign in again";
inline constexpr std::string_view kTakenAway = "it is not assigned to you any more";
// 401 or 403 for these, and else nothing.
std::optional<http::Problem> problem_of_lost_right(const core::Error& error);

// An Idempotency-Key that is there, not empty and not longer than 255 bytes.
bool is_usable_key(const std::string* key);

// "?lang=zh" or "en"; without, what Accept-Language prefers.
http::Language language_of(const http::RequestHead& head);

front::Task<void> say(front::Exchange& exchange, http::Answer answer);
front::Task<void> refuse(front::Exchange& exchange, http::ProblemDocument document);
front::Task<void> refuse(front::Exchange& exchange, const core::Error& error);
// Of a body on its way into `staged`: which limit was passed, and by which file, where one was.
front::Task<void> refuse_upload(front::Exchange& exchange, const service::Staged& staged,
                                const core::Error& error);
// 405; `allowed`: "GET, HEAD".
front::Task<void> refuse_method(front::Exchange& exchange, std::string_view allowed);
// 429, to be asked again after `wait`.
front::Task<void> refuse_for_now(front::Exchange& exchange, std::chrono::seconds wait);

}  // namespace heyan::api
