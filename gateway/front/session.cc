#include "gateway/front/session.h"

#include <exception>

namespace heyan::front {

using Clock = std::chrono::steady_clock;

Session::Session(std::unique_ptr<Connection> connection, const ServerOptions& options,
                 Workers& workers, Handler& handler, const std::atomic<bool>& stopping)
    : connection_(std::move(connection)),
      options_(options),
      workers_(workers),
      handler_(handler),
      stopping_(stopping),
      reader_(*connection_, options),
      writer_(*connection_, options) {}

void Session::stop() {
  if (reader_.idle()) connection_->expires_after(std::chrono::milliseconds(0));
}

Task<void> Session::run() {
  for (std::size_t count = 1; !stopping_; ++count) {
    const bool again = co_await serve_one(count == 1, count >= options_.requests_per_connection);
    if (!again) break;
  }
  // Nothing that is left unsaid is worth waiting for: an answer cut short must look cut short.
  if (writer_.begun() && !writer_.complete()) {
    connection_->abort();
    co_return;
  }
  connection_->expires_after(options_.linger);
  co_await connection_->close();
}

// True where another request may follow.
Task<bool> Session::serve_one(bool first, bool last) {
  last_ = last;
  submission_.clear();
  writer_.reset(false, true);
  auto head = co_await reader_.read_head(first);
  const Clock::time_point since = Clock::now();
  if (!head.has_value()) {
    if (!head.error()) co_return false;
    const http::Refusal refusal = *head.error();
    co_await refuse(refusal);
    report(since, "");
    co_return false;
  }
  head_ = *std::move(head);
  bodiless_ = head_.method == http::Method::kHead;
  handler_.interpret(head_);
  digests_.begin(head_);
  const bool handled = co_await call_handler();
  if (!writer_.begun()) {
    // Also where the client is gone: then this fails like any other write.
    http::Answer failed = http::problem_answer({}, &head_);
    [[maybe_unused]] const auto answered = co_await answer(std::move(failed));
  }
  report(since, name(head_.method));
  co_return handled&& writer_.complete() && !close_ && reader_.finish_body();
}

Task<void> Session::refuse(http::Refusal refusal) {
  const http::ProblemDocument document{
      .problem = refusal.problem, .detail = std::string(refusal.why), .errors = {}};
  http::Answer answer = http::problem_answer(document, nullptr);
  writer_.reset(false, true);
  [[maybe_unused]] const auto written = co_await writer_.write(std::move(answer));
}

// False where the handler threw: allocations and libraries do, handlers of ours do not.
Task<bool> Session::call_handler() {
  try {
    co_await handler_.handle(*this);
    co_return true;
  } catch (const std::exception&) {
    if (options_.on_event) options_.on_event("front.handler_failed");
  }
  co_return false;
}

// Whether the connection goes on has to be said before the first byte of the answer.
void Session::prepare_answer() {
  if (writer_.begun()) return;
  close_ = last_ || !head_.keep_alive || stopping_ || !reader_.finish_body();
  writer_.reset(bodiless_, close_);
}

void Session::report(Clock::time_point since, std::string_view method) const {
  if (!options_.on_answered) return;
  options_.on_answered(
      {.listener = peer().listener,
       .method = method,
       .status = writer_.status(),
       .body_bytes = reader_.body_bytes(),
       .answer_bytes = writer_.body_bytes(),
       .submission = submission_,
       .duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since)});
}

Task<core::Result<std::size_t>> Session::read_body(std::span<std::uint8_t> space) {
  if (const auto fields = digests_.check(); !fields) co_return std::unexpected(fields.error());
  const auto count = co_await reader_.read_body(space);
  if (count.has_value() && *count > 0) {
    digests_.update(space.first(*count));
  } else if (count.has_value()) {
    if (const auto same = digests_.finish(); !same) co_return std::unexpected(same.error());
  }
  co_return count;
}

Task<core::Result<void>> Session::answer(http::Answer answer) {
  prepare_answer();
  const auto written = co_await writer_.write(std::move(answer));
  co_return written;
}

Task<core::Result<void>> Session::answer_file(http::Answer answer, os::Descriptor file,
                                              std::uint64_t offset, std::uint64_t size) {
  prepare_answer();
  const auto written =
      co_await writer_.write_file(std::move(answer), std::move(file), offset, size, workers_);
  co_return written;
}

Task<core::Result<void>> Session::begin_stream(http::Answer answer) {
  prepare_answer();
  const auto written = co_await writer_.begin_stream(std::move(answer));
  co_return written;
}

Task<core::Result<void>> Session::send(core::ByteView piece) {
  const auto written = co_await writer_.send(piece);
  co_return written;
}

Task<core::Result<void>> Session::end_stream() {
  const auto written = co_await writer_.end_stream();
  co_return written;
}

}  // namespace heyan::front
