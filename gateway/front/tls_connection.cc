// TLS by OpenSSL on the socket itself: each record is copied once, and one read of the socket may
// bring several.
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "gateway/front/deadline.h"
#include "gateway/front/transport.h"

namespace heyan::front {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using core::ErrorCode;

// A client that sends faster than it is served lets others have the thread after that much.
constexpr std::size_t kTurnBytes = 1024u << 10;

struct FreeSession {
  void operator()(SSL* session) const { SSL_free(session); }
};
using Session = std::unique_ptr<SSL, FreeSession>;

class TlsConnection final : public Connection {
 public:
  TlsConnection(tcp::socket socket, Peer peer, Session session)
      : socket_(std::move(socket)),
        session_(std::move(session)),
        deadline_(socket_),
        peer_(std::move(peer)) {}

  Task<bool> shake_hands(std::chrono::milliseconds longest) {
    deadline_.after(longest);
    boost::system::error_code error;
    socket_.non_blocking(true, error);
    if (error || SSL_set_fd(session_.get(), socket_.native_handle()) != 1) co_return false;
    while (true) {
      const int wanted = attempt([this] { return SSL_accept(session_.get()); });
      if (wanted == SSL_ERROR_NONE) break;
      const bool ready = co_await wait_for(wanted);
      if (!ready) co_return false;
    }
    peer_.secure = true;
    peer_.client_key = verified_client_key(session_.get());
    co_return true;
  }

  const Peer& peer() const override { return peer_; }

  Task<core::Result<std::size_t>> read_some(std::span<std::uint8_t> space) override {
    if (turn_bytes_ >= kTurnBytes) {
      turn_bytes_ = 0;
      co_await asio::defer(socket_.get_executor(), asio::use_awaitable);
    }
    while (true) {
      if (deadline_.reached()) co_return core::fail(ErrorCode::kIo, kDeadline);
      std::size_t filled = 0;
      const int wanted = read_records(space, filled);
      if (filled > 0) {
        turn_bytes_ += filled;
        co_return filled;
      }
      // A stream that ends without close_notify is no end: HTTP's own framing tells them apart, and
      // the reader takes 0 in the middle of a request for a truncation.
      if (wanted == SSL_ERROR_ZERO_RETURN) co_return std::size_t{0};
      const bool ready = co_await wait_for(wanted);
      if (!ready) co_return failure();
      turn_bytes_ = 0;
    }
  }

  Task<core::Result<void>> write_all(core::ByteView bytes) override {
    while (!bytes.empty()) {
      if (broken_ || deadline_.reached()) co_return failure();
      std::size_t count = 0;
      const int wanted =
          attempt([&] { return SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count); });
      if (wanted == SSL_ERROR_NONE) {
        bytes = bytes.subspan(count);
        continue;
      }
      const bool ready = co_await wait_for(wanted);
      broken_ = !ready;
    }
    co_return core::Result<void>();
  }

  Task<void> close() override {
    // Only close_notify goes out: data that the client still sends would fail a full shutdown.
    while (!broken_ && !deadline_.reached()) {
      const int wanted = attempt([this] { return SSL_shutdown(session_.get()) < 0 ? -1 : 1; });
      if (wanted != SSL_ERROR_WANT_WRITE) break;
      const bool ready = co_await wait_for(wanted);
      broken_ = !ready;
    }
    co_await drain_and_close(socket_, deadline_);
  }

  void expires_after(std::chrono::milliseconds time) override { deadline_.after(time); }
  void expires_never() override { deadline_.never(); }
  void abort() override {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  // SSL_ERROR_NONE, or what keeps the operation from being done.
  template <typename Operation>
  int attempt(Operation operation) {
    // The number of a socket that was closed may be another client's by now.
    if (!socket_.is_open()) return SSL_ERROR_SYSCALL;
    ERR_clear_error();  // the queue is the thread's, and tells of others
    const int result = operation();
    if (result > 0) return SSL_ERROR_NONE;
    const int wanted = SSL_get_error(session_.get(), result);
    // After these two OpenSSL must not be asked for anything, not even close_notify.
    broken_ = broken_ || wanted == SSL_ERROR_SYSCALL || wanted == SSL_ERROR_SSL;
    ERR_clear_error();
    return wanted;
  }

  // All records that are here, as far as there is space.
  int read_records(std::span<std::uint8_t> space, std::size_t& filled) {
    while (true) {
      std::size_t count = 0;
      const int wanted = attempt([&] {
        return SSL_read_ex(session_.get(), space.data() + filled, space.size() - filled, &count);
      });
      filled += count;
      if (wanted != SSL_ERROR_NONE) return wanted;
      if (filled == space.size()) return wanted;
      // After a short one there is seldom more.
      if (filled < SSL3_RT_MAX_PLAIN_LENGTH && SSL_has_pending(session_.get()) == 0) return wanted;
    }
  }

  // False: nothing more will come of it.
  Task<bool> wait_for(int wanted) {
    if (wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE) co_return false;
    if (deadline_.reached()) co_return false;
    const auto what =
        wanted == SSL_ERROR_WANT_READ ? tcp::socket::wait_read : tcp::socket::wait_write;
    const auto [error] = co_await socket_.async_wait(what, asio::as_tuple(asio::use_awaitable));
    co_return !error;
  }

  std::unexpected<core::Error> failure() const {
    return core::fail(ErrorCode::kIo, deadline_.reached() ? kDeadline : "the connection broke");
  }

  tcp::socket socket_;
  Session session_;
  Deadline deadline_;
  Peer peer_;
  std::size_t turn_bytes_ = 0;  // read since others had the thread
  bool broken_ = false;         // nothing more can be written
};

}  // namespace

Task<std::unique_ptr<Connection>> open_tls(asio::ip::tcp::socket socket, Peer peer,
                                           const TlsContext& context,
                                           std::chrono::milliseconds longest) {
  Session session(context.new_session());
  if (session == nullptr) co_return nullptr;
  auto connection =
      std::make_unique<TlsConnection>(std::move(socket), std::move(peer), std::move(session));
  const bool done = co_await connection->shake_hands(longest);
  if (!done) co_return nullptr;
  co_return connection;
}

}  // namespace heyan::front
