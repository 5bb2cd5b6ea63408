// The platform's dictionaries, as far as they are attested: a code is DICTIONARY-NUMBER.
//
// Source: messages that open-source clients of the platform send and get; the platform publishes no
// list. What a list is known to lack is said where it is used. Pure, any thread.
#pragma once

#include <span>
#include <string_view>

#include "heyan/v1/submission.pb.h"

namespace heyan::court_adapters::micro_court {

enum class CaseGroup : std::uint8_t { kUnknown, kCivil, kExecution, kOther };

// Of ajlx: trial of civil cases, execution, and the others that are attested (criminal,
// administrative, state compensation).
CaseGroup case_group(std::string_view code);

// Of ssdw. UNSPECIFIED: not in a dictionary of that group.
v1::Role role_of(std::string_view code, CaseGroup group);
// Whether it is a role of civil trials or of execution.
bool is_any_role(std::string_view code);

struct Status {
  std::string_view code;  // zt
  std::string_view word;
  std::string_view zh;
};
// Null: none that is known. It is then UNKNOWN, and nobody guesses.
const Status* status_of(std::string_view code);
inline constexpr std::string_view kUnknownStatus = "UNKNOWN";

inline constexpr std::string_view kNaturalPerson = "1501_000011-1";
inline constexpr std::string_view kLegalPerson = "1501_000011-2";
inline constexpr std::string_view kIdentityCard = "1501_000015-1";
inline constexpr std::string_view kCreditCode = "1501_000031-4";
inline constexpr std::string_view kYes = "1501_000010-1";
inline constexpr std::string_view kEvidenceSlot = "11800016-4";

// Whether `code` is a number of that dictionary ("1501_000011-"), whichever.
bool is_of(std::string_view code, std::string_view dictionary);

}  // namespace heyan::court_adapters::micro_court
