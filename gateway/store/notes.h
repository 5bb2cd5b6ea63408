// What people add to a submission after it was taken in. Times are UTC milliseconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heyan::store {

struct SupplementItem {
  std::string item{};  // empty: of the whole submission
  std::string code{};
  bool operator==(const SupplementItem&) const = default;
};

// A clerk's request to supply what is missing, all at once.
struct Supplement {
  std::string id{};
  std::string submission{};
  std::string account{};  // who asks
  std::int64_t created_at_ms = 0;
  std::int64_t until_ms = 0;
  std::string text{};
  std::vector<SupplementItem> items{};
  bool answered = false;  // as read: its account has filed in that case since
};

// A note that only its account reads.
struct Annotation {
  std::string item{};  // empty: of the whole submission
  std::string text{};
  std::int64_t written_at_ms = 0;
  bool operator==(const Annotation&) const = default;
};

}  // namespace heyan::store
