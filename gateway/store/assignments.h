// Whom at its court a submission is for, and what a judge opened without being one of them (PIPL 6:
// no wider a look than its purpose). Times are UTC milliseconds.
#pragma once

#include <cstdint>
#include <string>

namespace heyan::store {

inline constexpr std::uint64_t kMostAssigned = 20;  // judges of a submission

struct Assignment {
  std::string submission{};
  std::string judge{};  // account
  std::string by{};     // the clerk's account
  std::int64_t at_ms = 0;
  bool operator==(const Assignment&) const = default;
};

// A judge broke the glass. It ends by itself, and is never forgotten.
struct Access {
  std::string id{};
  std::string submission{};
  std::string court{};
  std::string judge{};  // account
  std::string reason{};
  std::int64_t since_ms = 0;
  std::int64_t until_ms = 0;  // no longer then
  bool operator==(const Access&) const = default;
};

}  // namespace heyan::store
