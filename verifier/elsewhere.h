// What a court's own search found of an item's content in its earlier reports, as one text: the
// payload commits to it like to a personal field (disclosure.h), under the place
// "/evidence/N/elsewhere", also where nothing was found. So who lacks the disclosure learns that a
// search ran, and nothing else.
//
//   {"count":2,"filed":[{"caseNumber":"...","item":"E1","report":"HY-..."}],"since":"2026-..."}
//
// Threat: the text comes from anybody's copy. Only the one spelling of it is read. Pure, any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "heyan/v1/circumstances.pb.h"

namespace heyan {

// Of `found` no more is listed.
inline constexpr int kFiledElsewhere = 20;

struct FoundElsewhere {
  std::int64_t since_ms = 0;  // SearchElsewhere.since_ms
  v1::ContentSearch found;
};

// Whether a disclosure at that place tells what a search found.
bool is_search(std::string_view pointer);

// Canonical JSON. Text that is not UTF-8 is written as core::visible shows it.
std::string write_found(const FoundElsewhere& found);
// Nothing for any other text than write_found writes.
std::optional<FoundElsewhere> read_found(std::string_view text);

}  // namespace heyan
