// The one file that instantiates a TLS stream.
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/front/deadline.h"
#include "gateway/front/transport.h"

namespace heyan::front {
namespace {

namespace asio = boost::asio;
using core::ErrorCode;
using Stream = asio::ssl::stream<asio::ip::tcp::socket>;

class TlsConnection final : public Connection {
 public:
  TlsConnection(asio::ip::tcp::socket socket, Peer peer, SSL* session)
      : stream_(std::move(socket), session),
        deadline_(stream_.next_layer()),
        peer_(std::move(peer)) {}

  Task<bool> shake_hands(std::chrono::milliseconds longest) {
    deadline_.after(longest);
    const auto [error] =
        co_await stream_.async_handshake(Stream::server, asio::as_tuple(asio::use_awaitable));
    if (error) co_return false;
    peer_.secure = true;
    peer_.client_key = verified_client_key(stream_.native_handle());
    co_return true;
  }

  const Peer& peer() const override { return peer_; }

  Task<core::Result<std::size_t>> read_some(std::span<std::uint8_t> space) override {
    if (deadline_.reached()) co_return core::fail(ErrorCode::kIo, kDeadline);
    const auto [error, count] = co_await stream_.async_read_some(
        asio::buffer(space.data(), space.size()), asio::as_tuple(asio::use_awaitable));
    // A stream that ends without close_notify is no end: HTTP's own framing tells them apart, and
    // the reader takes 0 in the middle of a request for a truncation.
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
      co_return std::size_t{0};
    }
    if (error) co_return failure();
    co_return count;
  }

  Task<core::Result<void>> write_all(core::ByteView bytes) override {
    while (!bytes.empty()) {
      if (broken_ || deadline_.reached()) co_return failure();
      const auto [error, count] = co_await stream_.async_write_some(
          asio::buffer(bytes.data(), bytes.size()), asio::as_tuple(asio::use_awaitable));
      broken_ = static_cast<bool>(error);
      if (error) co_return failure();
      bytes = bytes.subspan(count);
    }
    co_return core::Result<void>();
  }

  Task<void> close() override {
    // Only close_notify goes out: data that the client still sends would fail a full shutdown.
    if (!broken_) {
      [[maybe_unused]] const auto [error] =
          co_await stream_.async_shutdown(asio::as_tuple(asio::use_awaitable));
    }
    co_await drain_and_close(stream_.next_layer(), deadline_);
  }

  void expires_after(std::chrono::milliseconds time) override { deadline_.after(time); }
  void expires_never() override { deadline_.never(); }
  void abort() override {
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  std::unexpected<core::Error> failure() const {
    return core::fail(ErrorCode::kIo, deadline_.reached() ? kDeadline : "the connection broke");
  }

  Stream stream_;
  Deadline deadline_;
  Peer peer_;
  bool broken_ = false;  // a write ended in the middle
};

}  // namespace

Task<std::unique_ptr<Connection>> open_tls(asio::ip::tcp::socket socket, Peer peer,
                                           const TlsContext& context,
                                           std::chrono::milliseconds longest) {
  SSL* const session = context.new_session();
  if (session == nullptr) co_return nullptr;
  auto connection = std::make_unique<TlsConnection>(std::move(socket), std::move(peer), session);
  const bool done = co_await connection->shake_hands(longest);
  if (!done) co_return nullptr;
  co_return connection;
}

}  // namespace heyan::front
