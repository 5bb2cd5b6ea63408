#include "gateway/front/exchange.h"

#include <algorithm>

namespace heyan::front {

Task<core::Result<void>> answer_problem(Exchange& exchange, http::ProblemDocument document) {
  http::Answer answer = http::problem_answer(document, &exchange.head());
  const auto answered = co_await exchange.answer(std::move(answer));
  co_return answered;
}

Task<core::Result<core::Bytes>> read_whole_body(Exchange& exchange, std::size_t limit_bytes) {
  exchange.limit_body(limit_bytes);
  core::Bytes body;
  std::size_t used = 0;
  while (true) {
    // Grows with what has arrived, never by what somebody declared.
    if (used == body.size()) body.resize(std::max<std::size_t>(body.size() * 2, 16u << 10));
    const std::span<std::uint8_t> space = std::span(body).subspan(used);
    const auto count = co_await exchange.read_body(space);
    if (!count.has_value()) co_return std::unexpected(count.error());
    if (*count == 0) break;
    used += *count;
  }
  body.resize(used);
  co_return body;
}

}  // namespace heyan::front
