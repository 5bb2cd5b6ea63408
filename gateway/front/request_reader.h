// Requests of one connection, one after another: head through the gate, body as a bounded stream.
//
// Threat: clients that send slowly, for ever, or more than agreed. The head has one deadline from
// its first byte. A body earns waiting time with the bytes it brings (a leaky bucket at the minimum
// rate): neither drops now and then nor a fast start buy a slow end. On the connection's strand.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "gateway/front/connection.h"
#include "gateway/front/framing.h"
#include "gateway/front/input_buffer.h"
#include "gateway/front/options.h"

namespace heyan::front {

class RequestReader {
 public:
  RequestReader(Connection& connection, const ServerOptions& options);

  // Why there is no request: the client is to be told, or there is nobody to tell.
  using NoRequest = std::optional<http::Refusal>;
  Task<std::expected<http::RequestHead, NoRequest>> read_head(bool first);

  // For this request; kept where the head is read.
  void limit_body(std::uint64_t bytes) { body_limit_ = bytes; }
  // As Exchange::stop_body_when; for this request.
  void stop_body_when(std::function<bool()> asked) { stop_when_ = std::move(asked); }
  // Bytes of the body; 0 at its end. kLimit, kMalformed, kTruncated, kIo (deadline); after an error
  // always that error.
  Task<core::Result<std::size_t>> read_body(std::span<std::uint8_t> space);

  // Takes what is there of the body without waiting, and says whether that was all.
  bool finish_body();
  std::uint64_t body_bytes() const { return body_bytes_; }
  // Waiting for the first byte of a request: nothing is lost when it ends here.
  bool idle() const { return idle_; }

 private:
  Task<core::Result<std::size_t>> read_more();
  Task<std::expected<std::size_t, NoRequest>> receive_head(bool first);
  Task<core::Result<std::size_t>> receive_body(std::span<std::uint8_t> space);
  core::Result<std::size_t> decode(std::span<std::uint8_t> space);

  Connection& connection_;
  const ServerOptions& options_;
  InputBuffer input_;
  Framing framing_;
  bool idle_ = false;
  bool owes_continue_ = false;
  std::optional<std::uint64_t> declared_;
  std::uint64_t body_limit_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::chrono::nanoseconds patience_{0};  // how long the client may still be waited for
  std::function<bool()> stop_when_;
  std::optional<core::Error> failed_;
};

}  // namespace heyan::front
