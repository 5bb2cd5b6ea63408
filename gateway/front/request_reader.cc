#include "gateway/front/request_reader.h"

#include <algorithm>
#include <array>

namespace heyan::front {
namespace {

using core::ErrorCode;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kBodyBuffer = 64u << 10;
// So often a body that is waited for is asked whether it still is to be.
constexpr std::chrono::milliseconds kBetweenQuestions{250};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

RequestReader::NoRequest nobody() { return std::nullopt; }

}  // namespace

RequestReader::RequestReader(Connection& connection, const ServerOptions& options)
    : connection_(connection),
      options_(options),
      input_(std::max(options.head.head_bytes + 1, kBodyBuffer)) {}

Task<core::Result<std::size_t>> RequestReader::read_more() {
  const std::span<std::uint8_t> space = input_.space();
  const auto count = co_await connection_.read_some(space);
  if (count.has_value()) input_.commit(*count);
  co_return count;
}

Task<std::expected<std::size_t, RequestReader::NoRequest>> RequestReader::receive_head(bool first) {
  if (input_.filled().empty()) {
    input_.shrink();
    connection_.expires_after(first ? options_.header : options_.keep_alive);
    idle_ = true;
    const auto count = co_await read_more();
    idle_ = false;
    if (!count.has_value() || *count == 0) co_return std::unexpected(nobody());
  }
  connection_.expires_after(options_.header);
  std::size_t scanned = 0;
  while (true) {
    const std::string_view received = core::as_text(input_.filled());
    const auto end = http::find_head_end(received, options_.head, scanned);
    if (!end.has_value()) co_return std::unexpected(NoRequest(end.error()));
    if (end->has_value()) co_return **end;
    scanned = received.size();
    const auto count = co_await read_more();
    if (!count.has_value() && is_deadline(count.error())) {
      const http::Refusal slow{.problem = http::Problem::kTimeout, .why = "the head is too slow"};
      co_return std::unexpected(NoRequest(slow));
    }
    if (!count.has_value() || *count == 0) co_return std::unexpected(nobody());
  }
}

Task<std::expected<http::RequestHead, RequestReader::NoRequest>> RequestReader::read_head(
    bool first) {
  const auto length = co_await receive_head(first);
  if (!length.has_value()) co_return std::unexpected(length.error());
  const std::string_view text = core::as_text(input_.filled().first(*length));
  auto head = http::check_request_head(text, options_.head);
  if (!head.has_value()) co_return std::unexpected(NoRequest(head.error()));
  if (const auto begun = framing_.begin(text, *head); !begun.has_value()) {
    const http::Refusal refusal{.problem = http::Problem::kMalformedRequest,
                                .why = begun.error().text};
    co_return std::unexpected(NoRequest(refusal));
  }
  input_.consume(*length);
  owes_continue_ = head->expects_continue;
  declared_ = head->content_length;
  body_limit_ = options_.body_bytes;
  body_bytes_ = 0;
  patience_ = options_.body_grace;
  stop_when_ = nullptr;
  failed_.reset();
  connection_.expires_never();
  co_return *std::move(head);
}

core::Result<std::size_t> RequestReader::decode(std::span<std::uint8_t> space) {
  HEYAN_TRY(const Framing::Step step, framing_.decode(input_.filled(), space));
  input_.consume(step.consumed);
  body_bytes_ += step.produced;
  if (body_bytes_ > body_limit_) {
    return core::fail(ErrorCode::kLimit, kBodyTooLarge, body_limit_);
  }
  if (step.consumed == 0 && input_.full()) {
    return core::fail(ErrorCode::kMalformed, "the line before a chunk is too long");
  }
  return step.produced;
}

// Some bytes, as they came, within the time that the client has earned.
Task<core::Result<std::size_t>> RequestReader::receive_body(std::span<std::uint8_t> space) {
  if (owes_continue_) {
    owes_continue_ = false;
    connection_.expires_after(options_.write);
    const auto sent = co_await connection_.write_all(core::as_bytes(kContinue));
    if (!sent.has_value()) co_return std::unexpected(sent.error());
  }
  while (true) {
    if (stop_when_ && stop_when_()) co_return core::fail(ErrorCode::kIo, kBodyStopped);
    if (patience_ <= std::chrono::nanoseconds(0)) co_return core::fail(ErrorCode::kIo, kDeadline);
    const auto longest = std::chrono::ceil<std::chrono::milliseconds>(patience_);
    const Clock::time_point before = Clock::now();
    connection_.expires_after(stop_when_ ? std::min(longest, kBetweenQuestions) : longest);
    const auto count = co_await connection_.read_some(space);
    connection_.expires_never();
    patience_ -= Clock::now() - before;
    if (!count.has_value() && is_deadline(count.error())) continue;
    if (!count.has_value()) co_return count;
    if (*count == 0) {
      co_return core::fail(ErrorCode::kTruncated, "the client ended within the body");
    }
    const std::chrono::nanoseconds earned(*count * 1'000'000'000 / options_.body_bytes_per_second);
    patience_ = std::min<std::chrono::nanoseconds>(options_.body_grace, patience_ + earned);
    co_return count;
  }
}

Task<core::Result<std::size_t>> RequestReader::read_body(std::span<std::uint8_t> space) {
  if (!failed_ && declared_.value_or(0) > body_limit_) {
    failed_ = core::Error{ErrorCode::kLimit, kBodyTooLarge, body_limit_};
  }
  while (!failed_ && !framing_.done()) {
    const auto produced = decode(space);
    if (!produced.has_value()) {
      failed_ = produced.error();
      break;
    }
    if (*produced > 0) co_return *produced;
    if (framing_.done()) break;
    // What needs no decoding goes where it is wanted.
    const std::uint64_t plain = framing_.plain();
    const auto target =
        plain == 0
            ? input_.space()
            : space.first(static_cast<std::size_t>(std::min<std::uint64_t>(space.size(), plain)));
    const auto count = co_await receive_body(target);
    if (!count.has_value()) {
      failed_ = count.error();
    } else if (plain == 0) {
      input_.commit(*count);
    } else {
      framing_.take(*count);
      body_bytes_ += *count;  // of a length that is within the limit
      co_return *count;
    }
  }
  if (failed_) co_return std::unexpected(*failed_);
  co_return std::size_t{0};
}

bool RequestReader::finish_body() {
  std::array<std::uint8_t, 4096> dropped;
  while (!failed_ && !framing_.done() && !owes_continue_ && !input_.filled().empty()) {
    const std::size_t before = input_.filled().size();
    const auto produced = decode(dropped);
    if (!produced) failed_ = produced.error();
    if (input_.filled().size() == before) break;
  }
  return !failed_ && framing_.done();
}

}  // namespace heyan::front
