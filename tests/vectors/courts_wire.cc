// Kinds of topic courts that are requests as they go over the wire: the gate of the front, and its
// reader of multipart bodies. (That the front answers so through its sockets is what
// tests/unit/front/raw_vectors_test.cc sees, with the same files.)
#include <algorithm>
#include <array>
#include <utility>

#include "gateway/front/framing.h"
#include "gateway/http/form_data.h"
#include "gateway/http/gate.h"
#include "gateway/http/problem.h"
#include "tests/vectors/kinds.h"

namespace heyan::vectors {

std::span<const Kind> courts_wire();

namespace {

// Our words, and what FORMAT.md calls that.
constexpr auto kReasons = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"the head is too long", "HEADER_LIMIT"},
    {"a header line is too long", "HEADER_LIMIT"},
    {"there are too many header lines", "HEADER_LIMIT"},
    {"the target is too long", "HEADER_LIMIT"},
    {"both Content-Length and Transfer-Encoding", "AMBIGUOUS_LENGTH"},
    {"a length stands twice", "AMBIGUOUS_LENGTH"},
    {"Content-Length is not one decimal number", "AMBIGUOUS_LENGTH"},
    {"Host is missing or no host", "HOST_MISSING"},
    {"a transfer coding other than chunked", "TRANSFER_CODING_UNKNOWN"},
    {"a line feed without carriage return", "BARE_LF"},
    {"a bare line feed in the header of a part", "BARE_LF"},
    {"a bare line feed after the boundary", "BARE_LF"},
    // Nothing is inflated at all, so that no limit of it can be passed.
    {"a content coding", "INFLATE_LIMIT"},
    {"a part whose filename* is not its filename: leave filename* out", "FILENAME_STAR"},
    {"a quoted parameter holds a backslash", "AMBIGUOUS_FILENAME"},
    {"a parameter stands twice", "AMBIGUOUS_FILENAME"},
    {"the boundary is longer than 70 characters", "BOUNDARY_LIMIT"},
    {"there are too many parts", "PART_LIMIT"},
    {"the body ends before its closing boundary", "TRUNCATED"},
    {"the head does not end", "TRUNCATED"},
    {"the body does not end", "TRUNCATED"},
});

void refuse(std::string_view why, KindResult& result) {
  result.result = "reject";
  result.output += std::string(why) + "\n";
  const auto* const known =
      std::ranges::find(kReasons, why, &std::pair<std::string_view, std::string_view>::first);
  result.reasons.insert(known == kReasons.end() ? "MALFORMED" : std::string(known->second));
}

void compare_status(const KindCase& one, int status, KindResult& result) {
  const core::json::Value* const wanted = one.param("status");
  if (wanted == nullptr || wanted->as_array() == nullptr) return;
  const bool listed = std::ranges::any_of(*wanted->as_array(), [&](const core::json::Value& value) {
    return value.as_integer() != nullptr && *value.as_integer() == status;
  });
  if (!listed) result.wrong.push_back("the status is " + std::to_string(status));
}

// The head that the gate lets through; else `result` says why not.
std::optional<http::RequestHead> pass(const KindCase& one, std::string_view text,
                                      KindResult& result) {
  constexpr http::Refusal kUnended{.problem = http::Problem::kTimeout,
                                   .why = "the head does not end"};
  const auto end = http::find_head_end(text, {});
  auto head = end && *end ? http::check_request_head(text.substr(0, **end), {})
                          : std::expected<http::RequestHead, http::Refusal>(
                                std::unexpected(end ? kUnended : end.error()));
  if (head) return *std::move(head);
  refuse(head.error().why, result);  // every refusal closes the connection: gate.h
  compare_status(one, http::row_of(head.error().problem).status, result);
  return std::nullopt;
}

// The body as the front cuts it; empty: it is whole.
std::string_view fault_of_body(std::string_view head_text, const http::RequestHead& head,
                               core::ByteView rest) {
  front::Framing framing;
  if (!framing.begin(head_text, head)) return "the head is read in two ways";
  core::Bytes space(1u << 16);
  while (!framing.done()) {
    const auto step = framing.decode(rest, space);
    if (!step) return step.error().text;
    if (step->consumed == 0 && step->produced == 0) return "the body does not end";
    rest = rest.subspan(step->consumed);
  }
  return {};
}

KindResult run_raw(const KindCase& one) {
  KindResult result;
  result.result = "accept";
  const core::Bytes bytes = one.input("request").value_or(core::Bytes());
  const std::string_view text = core::as_text(bytes);
  const auto head = pass(one, text, result);
  if (!head) return result;
  const std::size_t end = text.find("\r\n\r\n") + 4;
  const std::string_view fault =
      fault_of_body(text.substr(0, end), *head, core::as_bytes(text.substr(end)));
  if (fault.empty()) return result;
  refuse(fault, result);
  compare_status(one, http::row_of(http::Problem::kMalformedRequest).status, result);
  return result;
}

KindResult run_body(const KindCase& one) {
  KindResult result;
  result.result = "accept";
  const core::Bytes body = one.input("body").value_or(core::Bytes());
  const std::string head = "POST /v1/submissions HTTP/1.1\r\nHost: gw.example\r\nContent-Type: " +
                           one.text("content_type") +
                           "\r\nContent-Encoding: " + one.text("content_encoding") +
                           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  static_cast<void>(pass(one, head, result));
  return result;
}

struct Form {
  std::string field;
  std::string file_name;  // of the first part that has one, as it is shown
};

core::Result<Form> read_form(const std::string& type, core::ByteView body,
                             const http::MultipartLimits& limits) {
  HEYAN_TRY(http::FormDataParser parser, http::FormDataParser::create(type, limits));
  Form form;
  while (true) {
    HEYAN_TRY(const http::FormEvent event, parser.next(body));
    if (event.kind == http::MultipartEvent::Kind::kMore) break;
    if (event.kind != http::MultipartEvent::Kind::kPart || !event.part.file_name) continue;
    if (form.field.empty()) form = {event.part.name, http::shown_file_name(*event.part.file_name)};
  }
  HEYAN_CHECK_OK(parser.finish());
  return form;
}

KindResult run_multipart(const KindCase& one) {
  KindResult result;
  result.result = "accept";
  const core::Bytes bytes = one.input("request").value_or(core::Bytes());
  const std::string_view text = core::as_text(bytes);
  const auto head = pass(one, text, result);
  if (!head) return result;
  core::ByteView body = core::as_bytes(text.substr(text.find("\r\n\r\n") + 4));
  const std::uint64_t length = head->content_length.value_or(body.size());
  if (length > body.size()) {
    refuse("the body does not end", result);
    return result;
  }
  http::MultipartLimits limits;
  if (const auto parts = one.number("max_parts")) limits.parts = static_cast<std::size_t>(*parts);
  const std::string* const type = head->find("content-type");
  const auto form = read_form(type != nullptr ? *type : "", body.first(length), limits);
  if (!form) {
    refuse(form.error().text, result);
    return result;
  }
  result.output = form->field + " " + form->file_name;
  if (one.param("filename") != nullptr && one.text("filename") != form->file_name)
    result.wrong.push_back("the file name is " + form->file_name);
  if (one.param("field") != nullptr && one.text("field") != form->field)
    result.wrong.push_back("the field is " + form->field);
  return result;
}

}  // namespace

std::span<const Kind> courts_wire() {
  static constexpr auto kKinds = std::to_array<Kind>(
      {{"http-raw", run_raw}, {"http-body", run_body}, {"multipart", run_multipart}});
  return kKinds;
}

}  // namespace heyan::vectors
