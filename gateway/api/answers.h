// Values of the service as answers of the interface: JSON, and problem documents with all defects.
#pragma once

#include "gateway/http/answer.h"
#include "gateway/service/acceptance.h"
#include "gateway/store/submission.h"

namespace heyan::api {

http::Answer accepted_answer(const service::Accepted& accepted);
http::Answer submission_answer(const store::Submission& submission);
http::Answer json_answer(std::uint16_t status, std::string body);
http::Answer text_answer(std::string_view media_type, std::string body);

http::ProblemDocument problem_of(const service::Refused& refused);
http::ProblemDocument problem_of(http::Problem problem, std::string_view detail = {});

}  // namespace heyan::api
