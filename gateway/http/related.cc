#include "gateway/http/related.h"

#include "verifier/core/text.h"

namespace heyan::http {
namespace {

using core::ErrorCode;

// "a@b" of "<a@b>" (RFC 2045 section 7).
core::Result<std::string> read_id(std::string_view value, const MultipartLimits& limits) {
  if (value.size() < 3 || !value.starts_with('<') || !value.ends_with('>')) {
    return core::fail(ErrorCode::kMalformed, "a Content-ID that is not in angle brackets");
  }
  value = value.substr(1, value.size() - 2);
  if (value.size() > limits.name_bytes) {
    return core::fail(ErrorCode::kLimit, "the name of a part is too long");
  }
  if (!core::is_utf8(value) || core::has_control(value) ||
      value.find_first_of(" <>\t") != std::string_view::npos) {
    return core::fail(ErrorCode::kMalformed, "a Content-ID with blanks or controls");
  }
  return std::string(value);
}

}  // namespace

core::Result<RelatedParser> RelatedParser::create(std::string_view content_type,
                                                  const MultipartLimits& limits) {
  HEYAN_TRY(const std::string boundary, parse_boundary(content_type, "multipart/related"));
  HEYAN_TRY(const Parameterised parsed, parse_parameterised(content_type));
  RelatedParser parser(boundary, limits);
  if (const std::string* const start = parsed.find("start")) {
    HEYAN_TRY(parser.start_, read_id(*start, limits));
  }
  if (const std::string* const type = parsed.find("type")) parser.type_ = to_lower(*type);
  return parser;
}

core::Result<RelatedEvent> RelatedParser::next(core::ByteView& input) {
  HEYAN_TRY(const MultipartEvent event, parser_.next(input));
  RelatedEvent result{.kind = event.kind, .part = {}, .data = event.data};
  if (event.kind == MultipartEvent::Kind::kPart) {
    HEYAN_TRY(result.part, read_part(event.fields));
  }
  return result;
}

core::Result<void> RelatedParser::finish() const {
  HEYAN_CHECK_OK(parser_.finish());
  if (!root_seen_) return core::fail(ErrorCode::kNotFound, "no part is the one that start names");
  return {};
}

core::Result<RelatedPart> RelatedParser::read_part(const std::vector<Header>& fields) {
  for (const std::string_view name : {"content-id", "content-type", "content-transfer-encoding"}) {
    if (count_fields(fields, name) > 1) {
      return core::fail(ErrorCode::kDuplicate, "a field of a part stands twice");
    }
  }
  RelatedPart part;
  if (const std::string* const id = find_field(fields, "content-id")) {
    HEYAN_TRY(part.content_id, read_id(*id, limits_));
    if (!ids_.insert(part.content_id).second) {
      return core::fail(ErrorCode::kDuplicate, "two parts have the same Content-ID");
    }
  }
  part.root = start_ ? part.content_id == *start_ : first_;
  first_ = false;
  root_seen_ = root_seen_ || part.root;
  if (part.content_id.empty() && !part.root) {
    return core::fail(ErrorCode::kMalformed, "a part without Content-ID");
  }
  if (const std::string* const encoding = find_field(fields, "content-transfer-encoding")) {
    if (!leaves_bytes_alone(*encoding)) {
      return core::fail(ErrorCode::kUnsupported, "a part with an encoding that changes its bytes");
    }
  }
  if (const std::string* const type = find_field(fields, "content-type")) {
    HEYAN_TRY(const Parameterised parsed, parse_parameterised(*type));
    if (parsed.value.starts_with("multipart/")) {
      return core::fail(ErrorCode::kUnsupported, "a part that is multipart itself");
    }
    if (part.root && !type_.empty() && parsed.value != type_) {
      return core::fail(ErrorCode::kUnsupported, "the root is of another type than type says");
    }
    part.content_type = *type;
  }
  return part;
}

}  // namespace heyan::http
