// Failing is not finding: an Error says that *we* could not read or do something, and where.
//
// The text is static: no byte of hostile input travels in an Error. What was learnt about evidence
// is a v1::Finding, never an Error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>
#include <utility>

namespace heyan::core {

enum class ErrorCode : std::uint8_t {
  kTruncated,     // fewer bytes than a length or a structure needs
  kTrailing,      // bytes after the end of a structure
  kMalformed,     // not the grammar of the format
  kNotCanonical,  // readable, but not in the one permitted encoding
  kDuplicate,     // a name or field that may stand once stands twice
  kUnknown,       // a name that the format does not know
  kLimit,         // a bound on size, count or depth is passed
  kUnsupported,   // a form that is known and not supported
  kNotFound,      // something referred to is not there
  kChanged,       // bytes changed while they were read
  kIo,            // the operating system refused
  kInternal,      // an invariant of ours, or of a library, did not hold
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string_view text;   // static, English, for operators and logs
  std::size_t offset = 0;  // byte offset in the input where known
  bool operator==(const Error&) const = default;
};

// "truncated", "malformed", ...: a stable word for each code.
std::string_view name(ErrorCode code);

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string_view text, std::size_t offset = 0) {
  return std::unexpected(Error{code, text, offset});
}

}  // namespace heyan::core

// HEYAN_TRY(auto value, parse(bytes));   returns the error of `parse` from the enclosing function.
// HEYAN_CHECK_OK(check(bytes));          the same for Result<void>.
#define HEYAN_CONCAT_INNER(a, b) a##b
#define HEYAN_CONCAT(a, b) HEYAN_CONCAT_INNER(a, b)
// NOLINTBEGIN(bugprone-macro-parentheses): `declaration` may declare a variable.
#define HEYAN_TRY_IMPL(holder, declaration, expression)                       \
  auto holder = (expression);                                                 \
  if (!holder.has_value()) return std::unexpected(std::move(holder).error()); \
  declaration = *std::move(holder)
// NOLINTEND(bugprone-macro-parentheses)
#define HEYAN_TRY(declaration, expression) \
  HEYAN_TRY_IMPL(HEYAN_CONCAT(heyan_try_, __LINE__), declaration, expression)
#define HEYAN_CHECK_OK(expression)                           \
  do {                                                       \
    if (auto heyan_ok = (expression); !heyan_ok.has_value()) \
      return std::unexpected(std::move(heyan_ok).error());   \
  } while (false)
