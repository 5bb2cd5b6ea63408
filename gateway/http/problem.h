// Problem documents (RFC 9457): every error answer of the gateway is a row of one table.
//
// Threat: no internal text leaves the process. Titles are the table's; a defect's detail is static
// text of ours, or text that `core::visible` has made safe. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/negotiate.h"

namespace heyan::http {

enum class Problem : std::uint8_t {
  kMalformedRequest,      // 400: not HTTP/1.1 as this server reads it
  kMalformedBody,         // 400: the body is not of its format
  kUnauthenticated,       // 401
  kSignInFailed,          // 401: account, password or code, and it is not said which
  kSecondFactorNeeded,    // 401: the password was right
  kForbidden,             // 403
  kNotAssigned,           // 403: the court's, but not this judge's, who may break the glass
  kFormTokenMismatch,     // 403: X-Heyan-Token is missing, or that of another session
  kNotFound,              // 404
  kMethodNotAllowed,      // 405: not for this resource (Allow belongs in the answer)
  kNotAcceptable,         // 406
  kTimeout,               // 408: too slow
  kConflict,              // 409
  kGone,                  // 410
  kPreconditionFailed,    // 412
  kTooLarge,              // 413
  kTargetTooLong,         // 414
  kUnsupportedMediaType,  // 415
  kExpectationFailed,     // 417
  kElsewhere,             // 421: another gateway has it
  kDefects,               // 422: well-formed, but its content has the defects listed
  kLocked,                // 423: another request is changing it
  kKeyRequired,           // 428: Idempotency-Key is missing
  kTooManyRequests,       // 429
  kHeaderTooLarge,        // 431
  kChecksumMismatch,      // 460 (tus): the bytes are not those that the client meant to send
  kInternal,              // 500
  kStoredBytesDiffer,     // 500: a file on the disk is not the one that was received
  kNotImplemented,        // 501: a method or transfer coding that this server does not know
  kUnavailable,           // 503: full, or stopping (Retry-After belongs in the answer)
  kVersionNotSupported,   // 505
  kInsufficientStorage,   // 507
};

struct ProblemRow {
  Problem problem;
  std::uint16_t status;
  std::string_view type;  // "urn:heyan:problem:…", stable
  std::string_view title_zh;
  std::string_view title_en;
};
std::span<const ProblemRow> problem_table();
const ProblemRow& row_of(Problem problem);
// What `status` says where no row is meant; nothing for a status that is no error of ours.
std::optional<Problem> problem_of_status(std::uint16_t status);

// One defect of the request. All of them are listed, never only the first.
struct ProblemError {
  std::string pointer;  // JSON pointer, or the name of a header or part
  std::string code;     // stable
  std::string detail;   // for people
};

struct ProblemDocument {
  Problem problem = Problem::kInternal;
  std::string detail;  // left out where empty
  std::vector<ProblemError> errors;
};

inline constexpr std::string_view kProblemMediaType = "application/problem+json";

// Canonical JSON (RFC 8785): type, title, status and what else there is.
// Text that is not UTF-8 or holds controls is made visible.
std::string encode_problem(const ProblemDocument& document, Language language);

}  // namespace heyan::http
