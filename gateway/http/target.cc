#include "gateway/http/target.h"

#include <algorithm>
#include <optional>

#include "verifier/core/text.h"

namespace heyan::http {
namespace {

using core::ErrorCode;

// RFC 3986: unreserved, sub-delims, ":" and "@", beside letters and digits.
constexpr std::string_view kPathMarks = "-._~!$&'()*+,;=:@";
constexpr std::string_view kQueryMarks = "-._~!$&'()*+,;=:@/?";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

// `marks` may stand unencoded beside letters and digits; of what is encoded, `never` and controls
// are refused.
core::Result<std::string> decode(std::string_view raw, std::string_view marks,
                                 std::string_view never, bool plus_is_space) {
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus_is_space) {
      text.push_back(' ');
      continue;
    }
    if (raw[i] != '%') {
      if (!is_letter_or_digit(raw[i]) && !marks.contains(raw[i])) {
        return core::fail(ErrorCode::kMalformed, "the target holds a character that needs encoding",
                          i);
      }
      text.push_back(raw[i]);
      continue;
    }
    const auto high = i + 2 < raw.size() ? hex_digit(raw[i + 1]) : std::nullopt;
    const auto low = i + 2 < raw.size() ? hex_digit(raw[i + 2]) : std::nullopt;
    if (!high || !low) return core::fail(ErrorCode::kMalformed, "an encoding is not %XX", i);
    const char decoded = static_cast<char>(*high * 16 + *low);
    const auto byte = static_cast<unsigned char>(decoded);
    if (byte < 0x20 || byte == 0x7f || never.contains(decoded)) {
      return core::fail(ErrorCode::kMalformed, "the target encodes a separator or a control", i);
    }
    text.push_back(decoded);
    i += 2;
  }
  if (!core::is_utf8(text)) return core::fail(ErrorCode::kMalformed, "the target is not UTF-8");
  return text;
}

core::Result<void> parse_path(std::string_view raw, Target& target) {
  if (!raw.starts_with('/')) {
    return core::fail(ErrorCode::kMalformed, "the target does not begin with a slash");
  }
  target.path = "/";
  raw.remove_prefix(1);
  while (true) {
    const std::size_t slash = raw.find('/');
    const bool last = slash == std::string_view::npos;
    HEYAN_TRY(std::string segment, decode(raw.substr(0, slash), kPathMarks, "/\\", false));
    if (segment == "." || segment == "..") {
      return core::fail(ErrorCode::kMalformed, "the path holds a dot segment");
    }
    if (segment.empty() && !last) {
      return core::fail(ErrorCode::kMalformed, "the path holds two slashes in a row");
    }
    target.path += segment;
    if (!segment.empty() || !target.segments.empty()) target.segments.push_back(std::move(segment));
    if (last) return {};
    target.path.push_back('/');
    raw.remove_prefix(slash + 1);
  }
}

core::Result<void> parse_query(std::string_view raw, Target& target) {
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    HEYAN_TRY(std::string name, decode(pair.substr(0, equals), kQueryMarks, "", true));
    HEYAN_TRY(std::string value,
              decode(pair.substr(std::min(equals + 1, pair.size())), kQueryMarks, "", true));
    if (name.empty()) return core::fail(ErrorCode::kMalformed, "a query parameter has no name");
    if (target.find_query(name) != nullptr) {
      return core::fail(ErrorCode::kDuplicate, "a query parameter stands twice");
    }
    if (target.query.size() == kQueryParameters) {
      return core::fail(ErrorCode::kLimit, "there are too many query parameters");
    }
    target.query.push_back({.name = std::move(name), .value = std::move(value)});
    raw.remove_prefix(std::min(end + 1, raw.size()));
  }
  return {};
}

}  // namespace

const std::string* Target::find_query(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &Parameter::name);
  return found == query.end() ? nullptr : &found->value;
}

core::Result<Target> parse_target(std::string_view raw) {
  Target target;
  const std::size_t question = raw.find('?');
  HEYAN_CHECK_OK(parse_path(raw.substr(0, question), target));
  if (question != std::string_view::npos) {
    HEYAN_CHECK_OK(parse_query(raw.substr(question + 1), target));
  }
  return target;
}

}  // namespace heyan::http
