#include "gateway/api/receive_body.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;

// A piece grows with what comes: large ones cost fewer changes of threads, and who sends nothing
// holds no memory.
constexpr std::size_t kFirstPieceBytes = 64u << 10;
constexpr std::size_t kPieceBytes = 1u << 20;

// Full, unless the body ends: a small piece costs a change of threads as a large one does.
Task<core::Result<std::size_t>> read_piece(Exchange& exchange, std::span<std::uint8_t> piece) {
  std::size_t filled = 0;
  while (filled < piece.size()) {
    const auto count = co_await exchange.read_body(piece.subspan(filled));
    if (!count.has_value()) co_return count;
    if (*count == 0) break;
    filled += *count;
  }
  co_return filled;
}

std::size_t first_piece_bytes(const http::RequestHead& head) {
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(
      head.content_length.value_or(kFirstPieceBytes), 1, kFirstPieceBytes));
}

}  // namespace

Task<core::Result<void>> receive_body(Exchange& exchange, const Feed& feed) {
  std::vector<std::uint8_t> piece(first_piece_bytes(exchange.head()));
  std::vector<std::uint8_t> next(piece.size());
  auto count = co_await read_piece(exchange, piece);
  while (count.has_value() && *count > 0) {
    const auto write = [&feed, bytes = core::ByteView(piece).first(*count)] { return feed(bytes); };
    auto writing = exchange.workers().begin(write);
    if (*count == piece.size()) next.resize(std::min(2 * piece.size(), kPieceBytes));
    const auto following = co_await read_piece(exchange, next);
    const auto written = co_await writing.finish();
    if (!written) co_return std::unexpected(written.error());
    count = following;
    std::swap(piece, next);
  }
  if (!count) co_return std::unexpected(count.error());
  co_return core::Result<void>();
}

}  // namespace heyan::api
