// What people send about who may read a submission, as JSON: a clerk's choice of a judge, a judge's
// reason.
//
// Strict: one member, of its length; all defects at once. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/http/problem.h"
#include "verifier/core/bytes.h"

namespace heyan::api {

inline constexpr std::size_t kAssignmentBytes = 4096;
inline constexpr std::size_t kLeastReason = 10;  // characters
inline constexpr std::size_t kMostReason = 500;

// {"account"}: as people sign in with it. Nothing: no JSON object.
std::optional<std::string> read_account(core::ByteView body,
                                        std::vector<http::ProblemError>& defects);

// {"reason"}: in one line, without spaces around it.
std::optional<std::string> read_reason(core::ByteView body,
                                       std::vector<http::ProblemError>& defects);

}  // namespace heyan::api
