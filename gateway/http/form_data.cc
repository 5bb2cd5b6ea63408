#include "gateway/http/form_data.h"

#include "gateway/http/percent.h"
#include "verifier/core/text.h"

namespace heyan::http {

using core::ErrorCode;

namespace {

// What RFC 8187 section 3.2.1 leaves unencoded, beside letters and digits.
constexpr std::string_view kAttributeMarks = "!#$&+-.^_`|~";

// What .NET writes beside a file name: the same again. Whoever reads either sees one name.
bool says_the_same(std::string_view extended, const std::optional<std::string>& file_name) {
  constexpr std::string_view kCharset = "utf-8''";
  return file_name && to_lower(extended.substr(0, kCharset.size())) == kCharset &&
         extended.substr(kCharset.size()) == percent_encode(*file_name, kAttributeMarks);
}

}  // namespace

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
  for (const Header& field : fields) {
    if (field.name == "content-transfer-encoding" && !leaves_bytes_alone(field.value)) {
      return core::fail(ErrorCode::kUnsupported, "a part with an encoding that changes its bytes");
    }
  }
  HEYAN_TRY(const Parameterised disposition,
            parse_parameterised(*find_field(fields, "content-disposition")));
  if (disposition.value != "form-data") {
    return core::fail(ErrorCode::kMalformed, "a part that is not form-data");
  }
  FormPart part;
  std::optional<std::string_view> extended;
  for (const Parameter& parameter : disposition.parameters) {
    if (parameter.name == "name") {
      part.name = parameter.value;
    } else if (parameter.name == "filename") {
      part.file_name = parameter.value;
    } else if (parameter.name == "filename*") {
      extended = parameter.value;
      continue;
    } else {
      return core::fail(ErrorCode::kUnsupported,
                        "a part with another parameter than name and filename");
    }
    if (parameter.value.size() > limits_.name_bytes) {
      return core::fail(ErrorCode::kLimit, "the name of a part is too long");
    }
    if (!core::is_utf8(parameter.value)) {
      return core::fail(ErrorCode::kMalformed, "the name of a part is not UTF-8");
    }
  }
  if (extended && !says_the_same(*extended, part.file_name)) {
    return core::fail(ErrorCode::kUnsupported,
                      "a part whose filename* is not its filename: leave filename* out");
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
