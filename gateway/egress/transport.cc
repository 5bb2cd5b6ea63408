#include "gateway/egress/transport.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "gateway/egress/easy.h"
#include "gateway/egress/grpc_frame.h"
#include "gateway/ops/secrets.h"
#include "gateway/os/folder.h"

namespace heyan::egress {
namespace {

using core::Bytes;
using core::ByteView;

constexpr std::size_t kTlsFileBytes = 1u << 20;
constexpr long kOk = 200;
constexpr const char* kGrpcPath = "/api.RpcNode/SendRequest";
constexpr std::size_t kDroppedBytes = 64u << 10;
constexpr std::string_view kStampReply = "application/timestamp-reply";  // RFC 3161 3.4

// A webhook's and a form's come with each call.
std::vector<std::string> headers_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::kJson:
      return {"content-type: application/json", "accept: application/json", "expect:", "te:"};
    case Protocol::kGrpc:
      return {"content-type: application/grpc", "te: trailers", "accept:", "expect:"};
    case Protocol::kStamp:
      return {"content-type: application/timestamp-query", "accept: " + std::string(kStampReply),
              "expect:", "te:"};
    case Protocol::kWitness:
      return {"content-type: text/plain; charset=utf-8", "accept: */*", "expect:"};
    case Protocol::kKept:
      return {"accept: text/plain", "expect:"};
    case Protocol::kKeys:
      return {"accept: application/json, application/jwk-set+json", "expect:", "te:"};
    case Protocol::kToken:
    case Protocol::kWebhook:
      break;
  }
  return {};
}

std::size_t most_bytes(Protocol protocol) {
  switch (protocol) {
    case Protocol::kGrpc:
      return kGrpcBytes + kGrpcPrefix;
    case Protocol::kStamp:
      return kStampBytes;
    case Protocol::kWitness:
    case Protocol::kKept:
      return kWitnessBytes;
    case Protocol::kToken:
    case Protocol::kKeys:
      return kProviderBytes;
    default:
      return kJsonBytes;
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char one, char other) {
    return (one >= 'A' && one <= 'Z' ? one + ('a' - 'A') : one) == other;
  });
}

}  // namespace

// What comes in while one call runs.
struct Transport::Call {
  Gate gate;
  std::size_t limit_bytes;
  bool only_status = false;  // what is said besides is dropped; where it is long, cut off
  Bytes body = {};
  std::size_t dropped_bytes = 0;
  std::size_t header_bytes = 0;
  bool too_long = false;
  bool is_grpc_answer = false;
  bool is_stamp_answer = false;
  bool is_json_answer = false;
  std::optional<std::uint32_t> grpc_status = std::nullopt;

  static std::size_t take_body(char* data, std::size_t, std::size_t size, void* self) {
    Call& call = *static_cast<Call*>(self);
    if (call.only_status) {
      call.dropped_bytes += size;
      return call.dropped_bytes > call.limit_bytes ? 0 : size;
    }
    if (size > call.limit_bytes - call.body.size()) {
      call.too_long = true;
      return 0;
    }
    call.body.insert(call.body.end(), data, data + size);
    return size;
  }

  static std::size_t take_header(char* data, std::size_t, std::size_t size, void* self) {
    Call& call = *static_cast<Call*>(self);
    call.header_bytes += size;
    if (call.header_bytes > kHeaderBytes) {
      call.too_long = true;
      return 0;
    }
    const std::string_view line(data, size);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
      call.read_header(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    return size;
  }

  void read_header(std::string_view name, std::string_view value) {
    if (same_name(name, "content-type")) {
      is_grpc_answer = value.starts_with("application/grpc");
      const std::string_view type = trimmed(value.substr(0, value.find(';')));
      is_stamp_answer = same_name(type, kStampReply);
      is_json_answer =
          same_name(type, "application/json") || same_name(type, "application/jwk-set+json");
    }
    if (!same_name(name, "grpc-status")) return;
    std::uint32_t number = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool whole = error == std::errc() && stop == value.data() + value.size();
    constexpr std::uint32_t kUnknown = 2;
    grpc_status = whole ? number : kUnknown;
  }
};

struct Transport::Handles {
  Easy easy;
  List headers;
  List connect_to;
  std::string url;
};

core::Result<void> start_library() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return core::fail(core::ErrorCode::kInternal, "libcurl does not start");
  return {};
}

core::Result<TlsFiles> read_tls_files(const ops::Destination& to) {
  TlsFiles files;
  if (to.plain) return files;
  HEYAN_TRY(files.ca, os::read_named_file(to.ca, kTlsFileBytes));
  if (files.ca.empty()) return core::fail(core::ErrorCode::kMalformed, "a CA file without a CA");
  if (to.certificate.empty()) return files;
  HEYAN_TRY(files.certificate, os::read_named_file(to.certificate, kTlsFileBytes));
  HEYAN_TRY(const std::string key, ops::read_tls_key(to.key));
  files.key = core::to_bytes(core::as_bytes(key));
  return files;
}

Transport::Transport(const ops::Destination& to, const TlsFiles& files, Protocol protocol)
    : to_(to), files_(files), protocol_(protocol), handles_(std::make_unique<Handles>()) {
  set_up();
}

Transport::~Transport() = default;

void Transport::set_headers(std::span<const std::string> headers) {
  handles_->headers = list_of(headers);
  static_cast<void>(
      curl_easy_setopt(handles_->easy.get(), CURLOPT_HTTPHEADER, handles_->headers.get()));
}

void Transport::set_up() {
  handles_->easy.reset(curl_easy_init());
  CURL* easy = handles_->easy.get();
  if (easy == nullptr) return;
  const auto set = [easy](CURLoption option, auto value) {
    static_cast<void>(curl_easy_setopt(easy, option, value));
  };
  ops::Destination named = to_;
  if (!to_.tls_name.empty()) named.host = to_.tls_name;
  handles_->url = ops::url_of(named);
  if (is_grpc()) handles_->url.replace(handles_->url.size() - 1, 1, kGrpcPath);
  set(CURLOPT_URL, handles_->url.c_str());
  handles_->connect_to = set_out(easy, to_, files_);
  if (is_grpc()) set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_TIMEOUT, static_cast<long>(to_.seconds));
  set_headers(headers_of(protocol_));
  set(CURLOPT_POST, 1L);
  set(CURLOPT_WRITEFUNCTION, &Call::take_body);
  set(CURLOPT_HEADERFUNCTION, &Call::take_header);
}

// What the server said of it, beside the body. `call.body` is complete where nothing is returned.
std::expected<long, Failure> Transport::perform(Call& call, ByteView body) {
  CURL* easy = handles_->easy.get();
  if (easy == nullptr) return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  if (protocol_ == Protocol::kKeys || protocol_ == Protocol::kKept) {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(body.data()));
  }
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(call.only_status ? 0 : call.limit_bytes));
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &call);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &call);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &call.gate);
  const CURLcode code = curl_easy_perform(easy);
  const bool cut = call.only_status && call.dropped_bytes > call.limit_bytes;
  if (code != CURLE_OK && !(cut && code == CURLE_WRITE_ERROR)) {
    if (call.too_long) return std::unexpected(failure(v1::EGRESS_FAULT_SIZE));
    return std::unexpected(failure_of(code, call.gate));
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  constexpr long kRedirects = 3;
  if (status / 100 == kRedirects) return std::unexpected(failure(v1::EGRESS_FAULT_REDIRECT));
  return status;
}

std::expected<Bytes, Failure> Transport::post(ByteView body) {
  const Bytes framed_body = is_grpc() ? framed(body) : core::to_bytes(body);
  Call call{.gate = {.to = to_}, .limit_bytes = most_bytes(protocol_)};
  const auto status = perform(call, framed_body);
  if (!status) return std::unexpected(status.error());
  if (*status != kOk) {
    return std::unexpected(
        failure(v1::EGRESS_FAULT_HTTP_STATUS, static_cast<std::uint32_t>(*status)));
  }
  if (protocol_ == Protocol::kStamp && !call.is_stamp_answer)
    return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  const bool of_provider = protocol_ == Protocol::kToken || protocol_ == Protocol::kKeys;
  if (of_provider && !call.is_json_answer)
    return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  if (!is_grpc()) return std::move(call.body);
  long version = 0;
  curl_easy_getinfo(handles_->easy.get(), CURLINFO_HTTP_VERSION, &version);
  if (version != CURL_HTTP_VERSION_2_0 || !call.is_grpc_answer || !call.grpc_status)
    return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  if (*call.grpc_status != 0)
    return std::unexpected(failure(v1::EGRESS_FAULT_GRPC_STATUS, *call.grpc_status));
  auto message = unframed(call.body);
  if (!message) return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
  return *std::move(message);
}

std::expected<Bytes, Failure> Transport::post_form(ByteView form,
                                                   std::span<const std::string> headers) {
  set_headers(headers);
  return post(form);
}

std::expected<Transport::Said, Failure> Transport::ask(ByteView body) {
  Call call{.gate = {.to = to_}, .limit_bytes = most_bytes(protocol_)};
  const auto status = perform(call, body);
  if (!status) return std::unexpected(status.error());
  return Said{.status = static_cast<std::uint32_t>(*status), .body = std::move(call.body)};
}

std::expected<void, Failure> Transport::deliver(ByteView body,
                                                std::span<const std::string> headers) {
  set_headers(headers);
  Call call{.gate = {.to = to_}, .limit_bytes = kDroppedBytes, .only_status = true};
  const auto status = perform(call, body);
  if (!status) return std::unexpected(status.error());
  constexpr long kSuccess = 2;
  if (*status / 100 == kSuccess) return {};
  return std::unexpected(
      failure(v1::EGRESS_FAULT_HTTP_STATUS, static_cast<std::uint32_t>(*status)));
}

}  // namespace heyan::egress
