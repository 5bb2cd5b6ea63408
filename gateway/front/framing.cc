#include "gateway/front/framing.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <functional>
#include <limits>

namespace heyan::front {
namespace {

namespace beast = boost::beast;
using core::ErrorCode;
using Fields = beast::http::fields;

std::size_t count(const Fields& fields) {
  return static_cast<std::size_t>(std::distance(fields.begin(), fields.end()));
}

std::string_view text_of(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct Framing::Parser {
  beast::http::request_parser<beast::http::buffer_body> beast;
  std::function<void(std::uint64_t, beast::string_view, beast::error_code&)> on_chunk;
  std::size_t fields = 0;
};

Framing::Framing() = default;
Framing::~Framing() = default;

core::Result<void> Framing::begin(std::string_view text, const http::RequestHead& head) {
  parser_ = std::make_unique<Parser>();
  left_.reset();
  auto& parser = parser_->beast;
  parser.header_limit(std::numeric_limits<std::uint32_t>::max());  // the gate has counted
  parser.body_limit(boost::none);                                  // the reader counts
  parser_->on_chunk = [](std::uint64_t, beast::string_view extensions, beast::error_code& error) {
    if (!extensions.empty()) error = beast::http::error::bad_chunk_extension;
  };
  parser.on_chunk_header(parser_->on_chunk);
  beast::error_code error;
  const std::size_t consumed =
      parser.put(boost::asio::const_buffer(text.data(), text.size()), error);
  if (error || consumed != text.size() || !parser.is_header_done()) {
    return core::fail(ErrorCode::kMalformed, "the second reader refuses the head");
  }
  const auto& request = parser.get();
  const auto length = parser.content_length();
  parser_->fields = count(request);
  if (text_of(request.method_string()) != name(head.method) ||
      text_of(request.target()) != head.raw_target || parser_->fields != head.field_lines ||
      parser.chunked() != head.chunked || length.has_value() != head.content_length.has_value() ||
      (length && *length != *head.content_length)) {
    return core::fail(ErrorCode::kMalformed, "two readers see two requests");
  }
  left_ = head.content_length;
  return {};
}

core::Result<Framing::Step> Framing::decode(core::ByteView input, std::span<std::uint8_t> output) {
  if (left_) {
    const auto count = static_cast<std::size_t>(
        std::min<std::uint64_t>(std::min(input.size(), output.size()), *left_));
    std::ranges::copy(input.first(count), output.begin());
    take(count);
    return Step{.consumed = count, .produced = count};
  }
  Step step;
  auto& parser = parser_->beast;
  while (step.consumed < input.size() && step.produced < output.size() && !parser.is_done()) {
    const std::span<std::uint8_t> space = output.subspan(step.produced);
    auto& body = parser.get().body();
    body.data = space.data();
    body.size = space.size();
    beast::error_code error;
    const std::size_t consumed = parser.put(
        boost::asio::const_buffer(input.data() + step.consumed, input.size() - step.consumed),
        error);
    step.consumed += consumed;
    step.produced += space.size() - body.size;
    if (error == beast::http::error::need_more) break;
    if (error && error != beast::http::error::need_buffer) {
      return core::fail(ErrorCode::kMalformed, "the body's chunks are malformed");
    }
    if (consumed == 0) break;
  }
  if (parser.is_done() && count(parser.get()) != parser_->fields) {
    return core::fail(ErrorCode::kMalformed, "the body has trailers");
  }
  return step;
}

bool Framing::done() const {
  if (left_) return *left_ == 0;
  return parser_ == nullptr || parser_->beast.is_done();
}

}  // namespace heyan::front
