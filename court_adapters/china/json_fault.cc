#include "court_adapters/china/json_fault.h"

#include <algorithm>

#include <fmt/core.h>

#include "verifier/core/text.h"

namespace heyan::court_adapters::china {
namespace {

using core::ErrorCode;

constexpr std::size_t kEscapeBytes = 6;  // \uD83D

// The value of the escape \uXXXX that `text` begins with, or 0.
unsigned escape_of(std::string_view text) {
  if (!text.starts_with("\\u")) return 0;
  const auto bytes = core::from_hex(text.substr(2, 4));
  return bytes && bytes->size() == 2 ? (*bytes)[0] * 256u + (*bytes)[1] : 0;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Whether an escape before `end` is half of a pair whose other half is missing.
bool has_lone_surrogate(std::string_view text, std::size_t end) {
  for (std::size_t at = 0; at < text.size() && at < end; ++at) {
    if (text[at] != '\\') continue;
    const unsigned unit = escape_of(text.substr(at));
    if (is_low(unit)) return true;
    if (is_high(unit)) {
      if (!is_low(escape_of(text.substr(std::min(at + kEscapeBytes, text.size()))))) return true;
      at += kEscapeBytes;
    }
    ++at;  // the escaped character, which may be a backslash
  }
  return false;
}

std::string_view code_of(core::ByteView bytes, const core::json::ParseError& fault) {
  const std::string_view text = core::as_text(bytes);
  switch (fault.error.code) {
    case ErrorCode::kDuplicate:
      return "duplicate-name";
    case ErrorCode::kLimit:
      return "limit";
    case ErrorCode::kTrailing:
      return "trailing-data";
    default:
      break;
  }
  if (!core::is_utf8(text)) return "not-utf8";
  return has_lone_surrogate(text, fault.error.offset) ? "lone-surrogate" : "malformed-json";
}

}  // namespace

contents::Defect json_fault(core::ByteView text, const core::json::ParseError& fault) {
  return {fault.pointer, std::string(code_of(text, fault)),
          fmt::format("Reading stopped at byte {}: {}. Correct the JSON there.", fault.error.offset,
                      fault.error.text)};
}

}  // namespace heyan::court_adapters::china
