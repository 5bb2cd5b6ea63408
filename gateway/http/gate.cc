#include "gateway/http/gate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heyan::http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods = {{
    {"GET", Method::kGet},
    {"HEAD", Method::kHead},
    {"POST", Method::kPost},
    {"PUT", Method::kPut},
    {"PATCH", Method::kPatch},
    {"DELETE", Method::kDelete},
    {"OPTIONS", Method::kOptions},
}};

// Fields that are no lists: two of them are two answers to one question.
constexpr auto kSingle = std::to_array<std::string_view>({"authorization",
                                                          "content-encoding",
                                                          "content-length",
                                                          "content-type",
                                                          "cookie",
                                                          "expect",
                                                          "host",
                                                          "idempotency-key",
                                                          "if-modified-since",
                                                          "if-range",
                                                          "if-unmodified-since",
                                                          "origin",
                                                          "range",
                                                          "referer",
                                                          "soapaction",
                                                          "transfer-encoding",
                                                          "tus-resumable",
                                                          "upload-length",
                                                          "upload-metadata",
                                                          "upload-offset",
                                                          "x-csrf-token",
                                                          "x-http-method-override"});

std::unexpected<Refusal> refuse(Problem problem, std::string_view why) {
  return std::unexpected(Refusal{.problem = problem, .why = why});
}
std::unexpected<Refusal> malformed(std::string_view why) {
  return refuse(Problem::kMalformedRequest, why);
}

using Checked = std::expected<void, Refusal>;

// A list may stand in several lines, in this order.
std::vector<Header> join_lines(std::vector<Header> lines) {
  std::vector<Header> fields;
  fields.reserve(lines.size());
  for (Header& line : lines) {
    const auto before = std::ranges::find(fields, line.name, &Header::name);
    if (before == fields.end()) {
      fields.push_back(std::move(line));
    } else {
      before->value.append(", ").append(line.value);
    }
  }
  return fields;
}

Checked read_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || line.find(' ', first + 1) != last) {
    return malformed("the request line is not method, target and version");
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return malformed("the method is no token");
  if (version != "HTTP/1.1") {
    const bool http = version.size() == 8 && version.starts_with("HTTP/");
    return refuse(http ? Problem::kVersionNotSupported : Problem::kMalformedRequest,
                  "the version is not HTTP/1.1");
  }
  if (target.size() > limits.target_bytes) {
    return refuse(Problem::kTargetTooLong, "the target is too long");
  }
  const auto* const known =
      std::ranges::find(kMethods, method, &std::pair<std::string_view, Method>::first);
  if (known == kMethods.end()) return refuse(Problem::kNotImplemented, "the method is not known");
  head.method = known->second;
  auto parsed = parse_target(target);
  if (!parsed) return malformed(parsed.error().text);
  head.raw_target = std::string(target);
  head.target = *std::move(parsed);
  return {};
}

// uri-host [":" port] (RFC 9110 section 7.2), without encodings.
bool is_host(std::string_view text) {
  std::size_t port = std::string_view::npos;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end == 1) return false;
    if (text.substr(1, end - 1).find_first_not_of("0123456789abcdefABCDEF:.") !=
        std::string_view::npos) {
      return false;
    }
    if (end + 1 < text.size() && text[end + 1] != ':') return false;
    if (end + 1 < text.size()) port = end + 1;
  } else {
    port = text.find(':');
    const std::string_view host = text.substr(0, port);
    if (host.empty() || !std::ranges::all_of(host, [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '.' || c == '-' || c == '_';
        })) {
      return false;
    }
  }
  if (port == std::string_view::npos) return true;
  const std::string_view digits = text.substr(port + 1);
  return !digits.empty() && digits.size() <= 5 &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
}

// A decimal that prints back to the same characters.
std::optional<std::uint64_t> parse_length(std::string_view text) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

Checked read_framing(RequestHead& head) {
  const std::string* const length = head.find("content-length");
  const std::string* const coding = head.find("transfer-encoding");
  if (length != nullptr && coding != nullptr) {
    return malformed("both Content-Length and Transfer-Encoding");
  }
  if (length != nullptr) {
    head.content_length = parse_length(*length);
    if (!head.content_length) return malformed("Content-Length is not one decimal number");
  }
  if (coding != nullptr) {
    if (to_lower(*coding) != "chunked") {
      return refuse(Problem::kNotImplemented, "a transfer coding other than chunked");
    }
    head.chunked = true;
  }
  const bool takes_body =
      head.method == Method::kPost || head.method == Method::kPut || head.method == Method::kPatch;
  if (head.has_body() && !takes_body) return malformed("a body with a method that has none");
  return {};
}

Checked read_connection(RequestHead& head) {
  if (const std::string* const connection = head.find("connection")) {
    for (const std::string_view option : split_list(*connection)) {
      if (!is_token(option)) return malformed("Connection is not a list of tokens");
      if (to_lower(option) == "close") head.keep_alive = false;
    }
  }
  if (const std::string* const expect = head.find("expect")) {
    if (to_lower(*expect) != "100-continue") {
      return refuse(Problem::kExpectationFailed, "an expectation other than 100-continue");
    }
    head.expects_continue = head.has_body();
  }
  const std::string* const coding = head.find("content-encoding");
  if (coding != nullptr && to_lower(*coding) != "identity") {
    return refuse(Problem::kUnsupportedMediaType, "a content coding");
  }
  return {};
}

}  // namespace

std::string_view name(Method method) { return kMethods.at(static_cast<std::size_t>(method)).first; }

std::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view received,
                                                                 const HeadLimits& limits,
                                                                 std::size_t scanned) {
  const std::size_t start = scanned - std::min<std::size_t>(scanned, 4);
  for (std::size_t i = start; i < received.size(); ++i) {
    const char c = received[i];
    if (c == '\0') return malformed("a zero byte in the head");
    if (c == '\n' && i == start && i > 0 && received[i - 1] == '\r') continue;
    if (c == '\n') return malformed("a line feed without carriage return");
    if (c != '\r') continue;
    if (i + 1 == received.size()) break;
    if (received[i + 1] != '\n') return malformed("a carriage return without line feed");
    if (i == 0) return malformed("an empty line before the request");
    ++i;
    if (i >= 3 && received.substr(i - 3, 4) == "\r\n\r\n") {
      if (i + 1 > limits.head_bytes) break;
      return i + 1;
    }
  }
  if (received.size() > limits.head_bytes) {
    return refuse(Problem::kHeaderTooLarge, "the head is too long");
  }
  return std::nullopt;
}

std::expected<RequestHead, Refusal> check_request_head(std::string_view text,
                                                       const HeadLimits& limits) {
  const auto end = find_head_end(text, limits);
  if (!end) return std::unexpected(end.error());
  if (*end != text.size()) return malformed("the head does not end with its empty line");
  RequestHead head;
  const std::size_t line = text.find("\r\n");
  if (auto read = read_request_line(text.substr(0, line), limits, head); !read) {
    return std::unexpected(read.error());
  }
  auto fields = parse_fields(text.substr(line + 2, text.size() - line - 4), limits.fields);
  if (!fields) {
    const bool limit = fields.error().code == core::ErrorCode::kLimit;
    return refuse(limit ? Problem::kHeaderTooLarge : Problem::kMalformedRequest,
                  fields.error().text);
  }
  for (const std::string_view field : kSingle) {
    if (count_fields(*fields, field) <= 1) continue;
    const bool length = field == "content-length" || field == "transfer-encoding";
    return malformed(length ? "a length stands twice" : "a field stands twice");
  }
  head.field_lines = fields->size();
  head.fields = join_lines(*std::move(fields));
  const std::string* const host = head.find("host");
  if (host == nullptr || !is_host(*host)) return malformed("Host is missing or no host");
  if (auto framing = read_framing(head); !framing) return std::unexpected(framing.error());
  if (auto connection = read_connection(head); !connection) {
    return std::unexpected(connection.error());
  }
  return head;
}

}  // namespace heyan::http
