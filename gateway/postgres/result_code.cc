#include "gateway/postgres/result_code.h"

#include <algorithm>
#include <array>

namespace heyan::postgres {
namespace {

using core::ErrorCode;

struct Known {
  std::string_view start;
  core::Error error;
};

// The first that fits.
constexpr std::array kKnown = {
    Known{"23505", {ErrorCode::kDuplicate, "the database holds a row of this key already"}},
    Known{"23", {ErrorCode::kInternal, "the database refused a row"}},
    Known{"08", {ErrorCode::kIo, "the database server is away"}},
    Known{"57P", {ErrorCode::kIo, "the database server is away"}},
    Known{"53300", {ErrorCode::kIo, "the database server has no connection left"}},
    Known{"25P03", {ErrorCode::kIo, "the database server is away"}},
    Known{"57014", {ErrorCode::kIo, "the database took too long"}},
    Known{"55P03", {ErrorCode::kIo, "the database is in use elsewhere"}},
    Known{"40", {ErrorCode::kIo, "the database is in use elsewhere"}},
    Known{"53100", {ErrorCode::kIo, "the disk is full"}},
    Known{"58", {ErrorCode::kIo, "the operating system could not read or write the database"}},
    Known{"25006", {ErrorCode::kIo, "the database may not be written"}},
    Known{"28", {ErrorCode::kIo, "the database does not let that role in"}},
    Known{"42501", {ErrorCode::kInternal, "the role of the database may not do that"}},
    Known{"54", {ErrorCode::kLimit, "a value is too large for the database"}},
    Known{"22021", {ErrorCode::kMalformed, "a text that the database cannot hold"}},
    Known{"53200", {ErrorCode::kInternal, "the database had no memory"}},
    Known{"XX", {ErrorCode::kInternal, "the database is damaged"}},
};

}  // namespace

core::Error error_of(std::string_view state) {
  if (state.empty()) return {ErrorCode::kIo, "the database server is away"};
  const auto fits = [&](const Known& known) { return state.starts_with(known.start); };
  const auto* const found = std::ranges::find_if(kKnown, fits);
  if (found != kKnown.end()) return found->error;
  return {ErrorCode::kInternal, "the database refused a statement"};
}

bool is_end_of_connection(std::string_view state) {
  return state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "25P03";
}

}  // namespace heyan::postgres
