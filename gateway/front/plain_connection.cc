#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/front/deadline.h"
#include "gateway/front/transport.h"

namespace heyan::front {
namespace {

namespace asio = boost::asio;
using core::ErrorCode;

class PlainConnection final : public Connection {
 public:
  PlainConnection(asio::ip::tcp::socket socket, Peer peer)
      : socket_(std::move(socket)), deadline_(socket_), peer_(std::move(peer)) {}

  const Peer& peer() const override { return peer_; }

  Task<core::Result<std::size_t>> read_some(std::span<std::uint8_t> space) override {
    if (deadline_.reached()) co_return core::fail(ErrorCode::kIo, kDeadline);
    const auto [error, count] = co_await socket_.async_read_some(
        asio::buffer(space.data(), space.size()), asio::as_tuple(asio::use_awaitable));
    if (error == asio::error::eof) co_return std::size_t{0};
    if (error) co_return failure();
    co_return count;
  }

  Task<core::Result<void>> write_all(core::ByteView bytes) override {
    while (!bytes.empty()) {
      if (broken_ || deadline_.reached()) co_return failure();
      const auto [error, count] = co_await socket_.async_write_some(
          asio::buffer(bytes.data(), bytes.size()), asio::as_tuple(asio::use_awaitable));
      broken_ = static_cast<bool>(error);
      if (error) co_return failure();
      bytes = bytes.subspan(count);
    }
    co_return core::Result<void>();
  }

  Task<void> close() override { co_await drain_and_close(socket_, deadline_); }
  void expires_after(std::chrono::milliseconds time) override { deadline_.after(time); }
  void expires_never() override { deadline_.never(); }
  void abort() override {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  std::unexpected<core::Error> failure() const {
    return core::fail(ErrorCode::kIo, deadline_.reached() ? kDeadline : "the connection broke");
  }

  asio::ip::tcp::socket socket_;
  Deadline deadline_;
  Peer peer_;
  bool broken_ = false;  // a write ended in the middle
};

}  // namespace

std::unique_ptr<Connection> open_plain(asio::ip::tcp::socket socket, Peer peer) {
  return std::make_unique<PlainConnection>(std::move(socket), std::move(peer));
}

}  // namespace heyan::front
