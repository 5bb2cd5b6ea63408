// A submission as a line of a list, and what a list is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/http/gate.h"
#include "gateway/http/problem.h"
#include "gateway/store/filing.h"
#include "verifier/core/json.h"

namespace heyan::api {

// As schemas/openapi.yaml has it. All text of it is declared.
core::json::Value line_value(const store::SubmissionLine& line, std::int64_t now_ms);

// "OPEN"; "ANSWERED": its account has filed in that case since; "OVERDUE".
std::string_view supplement_state(const store::SupplementMark& mark, std::int64_t now_ms);

struct ListWish {
  store::ListFilter filter;  // without what is sought
  bool receiving = false;    // state=RECEIVING
  bool own = false;          // of that, what the caller may go on sending
  bool proposed = false;     // deletion=PROPOSED: by the configuration
  std::string sought;        // empty: all
  std::optional<store::Cursor> after;
  std::size_t limit = 50;
};
// Of the query; where it has defects, all of them.
ListWish read_wish(const http::RequestHead& head, std::vector<http::ProblemError>& defects);

// A part of any other list, by time.
struct Page {
  std::optional<store::Cursor> after;
  std::size_t limit = 50;
};
Page read_page(const http::RequestHead& head, std::vector<http::ProblemError>& defects);
std::string encode_place(std::int64_t at_ms, std::string_view id);

// As `after` reads it in a list of that order.
std::string encode_cursor(const store::SubmissionLine& last, bool attention_first);

}  // namespace heyan::api
