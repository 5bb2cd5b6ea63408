#include "gateway/http/message_body.h"

namespace heyan::http {
namespace {

using core::ErrorCode;
using Kind = MultipartEvent::Kind;

constexpr MultipartLimits kLimits{
    .parts = 10'000, .part_header_bytes = 8u << 10, .name_bytes = 1024};
constexpr std::string_view kMessageField = "message";

}  // namespace

core::Result<MessageBody> MessageBody::create(std::string_view content_type, MessageTaker& taker) {
  const auto type = parse_parameterised(content_type);
  if (type && type->value == "multipart/form-data") {
    HEYAN_TRY(auto form, FormDataParser::create(content_type, kLimits));
    return MessageBody(std::move(form), taker);
  }
  HEYAN_CHECK_OK(taker.begin_message(std::string(content_type)));
  MessageBody body(std::nullopt, taker);
  body.has_message_ = true;
  return body;
}

core::Result<void> MessageBody::take(const FormEvent& event) {
  switch (event.kind) {
    case Kind::kPart:
      if (event.part.name != kMessageField) return taker_->begin_part(event.part);
      has_message_ = true;
      return taker_->begin_message(event.part.content_type);
    case Kind::kData:
      return taker_->append(event.data);
    case Kind::kPartEnd:
      return taker_->finish();
    case Kind::kMore:
    case Kind::kEnd:
      return {};
  }
  return {};
}

core::Result<void> MessageBody::feed(core::ByteView bytes) {
  if (!form_) return taker_->append(bytes);
  while (true) {
    HEYAN_TRY(const FormEvent event, form_->next(bytes));
    if (event.kind == Kind::kMore) return {};
    HEYAN_CHECK_OK(take(event));
  }
}

core::Result<void> MessageBody::finish() {
  if (!form_) return taker_->finish();
  HEYAN_CHECK_OK(form_->finish());
  if (has_message_) return {};
  return core::fail(ErrorCode::kMalformed, "a field named message is needed");
}

}  // namespace heyan::http
