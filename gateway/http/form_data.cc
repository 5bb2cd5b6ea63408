#include "gateway/http/form_data.h"

#include "verifier/core/text.h"

namespace heyan::http {

using core::ErrorCode;

core::Result<FormDataParser> FormDataParser::create(std::string_view content_type,
                                                    const MultipartLimits& limits) {
  HEYAN_TRY(const std::string boundary, parse_boundary(content_type, "multipart/form-data"));
  return FormDataParser(boundary, limits);
}

core::Result<FormEvent> FormDataParser::next(core::ByteView& input) {
  HEYAN_TRY(const MultipartEvent event, parser_.next(input));
  FormEvent result{.kind = event.kind, .part = {}, .data = event.data};
  if (event.kind == MultipartEvent::Kind::kPart) {
    HEYAN_TRY(result.part, read_part(event.fields));
  }
  return result;
}

core::Result<FormPart> FormDataParser::read_part(const std::vector<Header>& fields) {
  if (count_fields(fields, "content-disposition") != 1 ||
      count_fields(fields, "content-type") > 1) {
    return core::fail(ErrorCode::kMalformed, "a part without one Content-Disposition");
  }
  if (find_field(fields, "content-transfer-encoding") != nullptr) {
    return core::fail(ErrorCode::kUnsupported, "a part with Content-Transfer-Encoding");
  }
  HEYAN_TRY(const Parameterised disposition,
            parse_parameterised(*find_field(fields, "content-disposition")));
  if (disposition.value != "form-data") {
    return core::fail(ErrorCode::kMalformed, "a part that is not form-data");
  }
  FormPart part;
  for (const Parameter& parameter : disposition.parameters) {
    if (parameter.name == "name") {
      part.name = parameter.value;
    } else if (parameter.name == "filename") {
      part.file_name = parameter.value;
    } else {
      return core::fail(ErrorCode::kUnsupported, "a part with filename* or another parameter");
    }
    if (parameter.value.size() > limits_.name_bytes) {
      return core::fail(ErrorCode::kLimit, "the name of a part is too long");
    }
    if (!core::is_utf8(parameter.value)) {
      return core::fail(ErrorCode::kMalformed, "the name of a part is not UTF-8");
    }
  }
  if (part.name.empty() || core::has_control(part.name)) {
    return core::fail(ErrorCode::kMalformed, "the name of a part is empty or holds controls");
  }
  if (const std::string* const type = find_field(fields, "content-type")) {
    HEYAN_TRY(const Parameterised parsed, parse_parameterised(*type));
    if (parsed.value.starts_with("multipart/")) {
      return core::fail(ErrorCode::kUnsupported, "a part that is multipart itself");
    }
    part.content_type = *type;
  }
  if (!names_.insert(part.name).second) {
    return core::fail(ErrorCode::kDuplicate, "two parts have the same name");
  }
  return part;
}

std::string shown_file_name(std::string_view file_name) {
  const std::size_t slash = file_name.find_last_of("/\\");
  if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
  if (file_name == "." || file_name == "..") return {};
  return core::visible(file_name, 255);
}

}  // namespace heyan::http
