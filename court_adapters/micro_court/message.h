// A filing as the national platform (人民法院在线服务) tells it: {code, message, data}, data being
// what layyxq answers. Source: messages that open-source clients of the platform send and get; the
// platform publishes no specification (docs/adapters/micro_court.md). Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"
#include "court_adapters/micro_court/materials.h"
#include "court_adapters/micro_court/people.h"

namespace heyan::court_adapters::micro_court {

struct Message {
  FilingIds ids;
  std::string court_name;
  std::string status;  // "PENDING"; "UNKNOWN" where nobody can say
  std::optional<std::int64_t> filed_at_ms;
  People people;
  std::vector<Attachment> attachments;
  std::string original_case_number;  // of an execution, as sent; empty: none
  std::string review_time;           // of the newest review, as sent; empty: none, or a tie
  std::string review_result;
  std::vector<Remark> remarks;
};

// The message, or all its defects (never an empty list). Where it is not JSON there is one:
// not-utf8 malformed-json lone-surrogate duplicate-name trailing-data limit. Others, beside those
// of people.h, materials.h and reading.h: upstream-error amount-invalid bad-time.
// Remarks: status-unknown review-tie time-without-offset case-number-unread and those of the case
// number itself.
std::expected<Message, std::vector<Defect>> read_message(
    core::ByteView json, const std::vector<std::string>& allowed_hosts, std::int64_t at_ms,
    const core::Limits& limits);

}  // namespace heyan::court_adapters::micro_court
