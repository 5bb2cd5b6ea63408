#include "gateway/http/message_body.h"

namespace heyan::http {
namespace {

using core::ErrorCode;
using Kind = MultipartEvent::Kind;

// A part for each document of a filing and each of its attachments.
constexpr MultipartLimits kLimits{.parts = 2'000, .part_header_bytes = 4u << 10};
constexpr std::string_view kMessageField = "message";

// Of a request, whatever the parser calls it: nothing is looked up here.
core::Error of_request(core::Error error) {
  const bool lookup = error.code == ErrorCode::kNotFound || error.code == ErrorCode::kDuplicate;
  if (lookup) error.code = ErrorCode::kMalformed;
  return error;
}

}  // namespace

core::Result<MessageBody> MessageBody::create(std::string_view content_type, MessageTaker& taker) {
  const auto type = parse_parameterised(content_type);
  if (type && type->value == "multipart/form-data") {
    HEYAN_TRY(auto form, FormDataParser::create(content_type, kLimits));
    return MessageBody(std::move(form), taker);
  }
  if (type && type->value == "multipart/related") {
    HEYAN_TRY(auto related, RelatedParser::create(content_type, kLimits));
    return MessageBody(std::move(related), taker);
  }
  HEYAN_CHECK_OK(taker.begin_message(std::string(content_type)));
  MessageBody body(std::monostate(), taker);
  body.has_message_ = true;
  return body;
}

core::Result<void> MessageBody::begin(const FormPart& part) {
  if (part.name != kMessageField) return taker_->begin_part(part);
  has_message_ = true;
  return taker_->begin_message(part.content_type);
}

core::Result<void> MessageBody::begin(const RelatedPart& part) {
  if (!part.root) {
    return taker_->begin_part(
        {.name = part.content_id, .file_name = std::nullopt, .content_type = part.content_type});
  }
  has_message_ = true;
  return taker_->begin_message(part.content_type);
}

template <typename Multipart>
core::Result<void> MessageBody::feed_parts(Multipart& multipart, core::ByteView bytes) {
  while (true) {
    const auto event = multipart.next(bytes);
    if (!event) return std::unexpected(of_request(event.error()));
    switch (event->kind) {
      case Kind::kMore:
        return {};
      case Kind::kPart:
        HEYAN_CHECK_OK(begin(event->part));
        break;
      case Kind::kData:
        HEYAN_CHECK_OK(taker_->append(event->data));
        break;
      case Kind::kPartEnd:
        HEYAN_CHECK_OK(taker_->finish());
        break;
      case Kind::kEnd:
        break;
    }
  }
}

core::Result<void> MessageBody::feed(core::ByteView bytes) {
  if (auto* form = std::get_if<FormDataParser>(&parser_)) return feed_parts(*form, bytes);
  if (auto* related = std::get_if<RelatedParser>(&parser_)) return feed_parts(*related, bytes);
  return taker_->append(bytes);
}

core::Result<void> MessageBody::finish() {
  if (const auto* form = std::get_if<FormDataParser>(&parser_)) {
    HEYAN_CHECK_OK(form->finish());
  } else if (const auto* related = std::get_if<RelatedParser>(&parser_)) {
    if (const auto end = related->finish(); !end) return std::unexpected(of_request(end.error()));
  } else {
    return taker_->finish();
  }
  if (has_message_) return {};
  return core::fail(ErrorCode::kMalformed, "a field named message is needed");
}

}  // namespace heyan::http
