#include "gateway/http/multipart.h"

#include <algorithm>
#include <cstring>

namespace heyan::http {
namespace {

using core::ErrorCode;
using Kind = MultipartEvent::Kind;

MultipartEvent event(Kind kind) { return {.kind = kind, .fields = {}, .data = {}}; }

// RFC 2046 section 5.1.1.
bool is_boundary_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'()+_,-./:=? ").contains(c);
}

}  // namespace

core::Result<std::string> parse_boundary(std::string_view content_type, std::string_view type) {
  HEYAN_TRY(const Parameterised parsed, parse_parameterised(content_type));
  if (parsed.value != type) return core::fail(ErrorCode::kUnsupported, "another media type");
  const std::string* const boundary = parsed.find("boundary");
  if (boundary == nullptr || boundary->empty()) {
    return core::fail(ErrorCode::kMalformed, "the media type has no boundary");
  }
  if (boundary->size() > 70) {
    return core::fail(ErrorCode::kLimit, "the boundary is longer than 70 characters");
  }
  if (!std::ranges::all_of(*boundary, is_boundary_character) || boundary->back() == ' ') {
    return core::fail(ErrorCode::kMalformed, "the boundary holds a character that none may hold");
  }
  return *boundary;
}

MultipartParser::MultipartParser(std::string_view boundary, const MultipartLimits& limits)
    : delimiter_("\r\n--" + std::string(boundary)), limits_(limits) {}

core::Result<MultipartEvent> MultipartParser::next(core::ByteView& input) {
  while (true) {
    bool advanced = false;
    auto result = step(input, advanced);
    if (!result) state_ = State::kFailed;
    if (!result || result->kind != Kind::kMore || !advanced) return result;
  }
}

// One step of one state; `advanced` where it changed the state and the input may hold more.
core::Result<MultipartEvent> MultipartParser::step(core::ByteView& input, bool& advanced) {
  const State before = state_;
  MultipartEvent result;
  switch (state_) {
    case State::kStart: {
      HEYAN_CHECK_OK(match_first_delimiter(input));
      break;
    }
    case State::kAfterDelimiter: {
      HEYAN_TRY(result, read_after_delimiter(input));
      break;
    }
    case State::kHeader: {
      HEYAN_TRY(result, read_header(input));
      break;
    }
    case State::kBody: {
      HEYAN_TRY(result, read_body(input));
      break;
    }
    case State::kEpilogue: {
      HEYAN_CHECK_OK(read_epilogue(input));
      break;
    }
    case State::kFailed:
      return core::fail(ErrorCode::kMalformed, "the multipart body was refused already");
  }
  advanced = state_ != before;
  return result;
}

core::Result<void> MultipartParser::match_first_delimiter(core::ByteView& input) {
  while (!input.empty() && matched_ < delimiter_.size()) {
    if (static_cast<char>(input.front()) != delimiter_[matched_]) {
      return core::fail(ErrorCode::kMalformed, "the body does not begin with its boundary");
    }
    ++matched_;
    input = input.subspan(1);
  }
  if (matched_ == delimiter_.size()) state_ = State::kAfterDelimiter;
  return {};
}

// CRLF: a part follows. "--": the end. Anything else would be a line that only some readers take
// for a delimiter.
core::Result<MultipartEvent> MultipartParser::read_after_delimiter(core::ByteView& input) {
  while (!input.empty() && held_.size() < 2) {
    held_.push_back(static_cast<char>(input.front()));
    input = input.subspan(1);
  }
  if (held_.size() < 2) return event(Kind::kMore);
  if (held_.front() == '\n') {
    return core::fail(ErrorCode::kMalformed, "a bare line feed after the boundary");
  }
  const bool part = held_ == "\r\n";
  if (!part && held_ != "--") {
    return core::fail(ErrorCode::kMalformed, "a line begins with the boundary and goes on");
  }
  held_.clear();
  if (!part) {
    if (parts_ == 0) return core::fail(ErrorCode::kMalformed, "the body has no part");
    state_ = State::kEpilogue;
    return event(Kind::kEnd);
  }
  if (parts_ == limits_.parts) return core::fail(ErrorCode::kLimit, "there are too many parts");
  ++parts_;
  state_ = State::kHeader;
  return event(Kind::kMore);
}

core::Result<MultipartEvent> MultipartParser::read_header(core::ByteView& input) {
  while (!input.empty()) {
    held_.push_back(static_cast<char>(input.front()));
    input = input.subspan(1);
    const bool complete = held_ == "\r\n" || held_.ends_with("\r\n\r\n");
    if (held_.back() == '\n' && !held_.ends_with("\r\n")) {
      return core::fail(ErrorCode::kMalformed, "a bare line feed in the header of a part");
    }
    if (held_.size() > limits_.part_header_bytes) {
      return core::fail(ErrorCode::kLimit, "the header of a part is too long");
    }
    if (!complete) continue;
    const FieldLimits fields{.count = 16, .bytes = limits_.part_header_bytes};
    MultipartEvent part = event(Kind::kPart);
    HEYAN_TRY(part.fields,
              parse_fields(std::string_view(held_).substr(0, held_.size() - 2), fields));
    held_.clear();
    matched_ = 2;
    virtual_ = 2;
    state_ = State::kBody;
    return part;
  }
  return event(Kind::kMore);
}

core::Result<MultipartEvent> MultipartParser::read_body(core::ByteView& input) {
  while (!input.empty() && matched_ > 0) {
    if (static_cast<char>(input.front()) == delimiter_[matched_]) {
      ++matched_;
      input = input.subspan(1);
      if (matched_ < delimiter_.size()) continue;
      // Right after the header, without the CRLF that is the delimiter's own.
      if (virtual_ > 0) {
        return core::fail(ErrorCode::kMalformed, "a part without its empty line");
      }
      state_ = State::kAfterDelimiter;
      return event(Kind::kPartEnd);
    }
    // What was held is data after all. No prefix of it begins anew: CR stands only at its start.
    MultipartEvent data = event(Kind::kData);
    data.data =
        core::as_bytes(delimiter_).subspan(virtual_, matched_ - std::min(virtual_, matched_));
    matched_ = 0;
    virtual_ = 0;
    if (!data.data.empty()) return data;
  }
  if (input.empty()) return event(Kind::kMore);
  const std::size_t plain = bytes_before_delimiter(input);
  if (plain == 0) {
    matched_ = 1;
    input = input.subspan(1);
    return read_body(input);
  }
  MultipartEvent data = event(Kind::kData);
  data.data = input.first(plain);
  input = input.subspan(plain);
  return data;
}

// Up to where a delimiter stands, or may stand once more has come. CR stands only at its start.
std::size_t MultipartParser::bytes_before_delimiter(core::ByteView input) const {
  for (std::size_t at = 0; at < input.size(); ++at) {
    const void* const found = std::memchr(input.data() + at, '\r', input.size() - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - input.data());
    const std::size_t known = std::min(delimiter_.size(), input.size() - at);
    if (std::memcmp(found, delimiter_.data(), known) == 0) return at;
  }
  return input.size();
}

core::Result<void> MultipartParser::read_epilogue(core::ByteView& input) {
  while (!input.empty()) {
    held_.push_back(static_cast<char>(input.front()));
    input = input.subspan(1);
    if (!std::string_view("\r\n").starts_with(held_)) {
      return core::fail(ErrorCode::kTrailing, "something follows the closing boundary");
    }
  }
  return {};
}

core::Result<void> MultipartParser::finish() const {
  if (state_ != State::kEpilogue || held_.size() == 1) {
    return core::fail(ErrorCode::kTruncated, "the body ends before its closing boundary");
  }
  return {};
}

bool leaves_bytes_alone(std::string_view encoding) {
  const std::string word = to_lower(encoding);
  return word == "binary" || word == "8bit" || word == "7bit";
}

}  // namespace heyan::http
