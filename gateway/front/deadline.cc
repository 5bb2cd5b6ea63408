#include "gateway/front/deadline.h"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace heyan::front {

namespace asio = boost::asio;

void Deadline::after(std::chrono::milliseconds time) {
  reached_ = false;
  due_ = asio::steady_timer::clock_type::now() + time;
  if (!armed_ || *due_ < timer_.expiry()) arm();
}

void Deadline::never() {
  reached_ = false;
  due_.reset();
}

// One that is put off is looked at when the timer fires: setting it costs a system call, and every
// read has a deadline.
void Deadline::arm() {
  armed_ = true;
  const std::uint64_t generation = ++generation_;
  timer_.expires_at(*due_);
  timer_.async_wait([this, generation,
                     alive = std::weak_ptr<int>(alive_)](const boost::system::error_code& error) {
    if (error || alive.expired() || generation != generation_) return;
    armed_ = false;
    if (!due_) return;
    if (*due_ > asio::steady_timer::clock_type::now()) {
      arm();
      return;
    }
    reached_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  });
}

Task<void> drain_and_close(asio::ip::tcp::socket& socket, const Deadline& deadline) {
  boost::system::error_code ignored;
  socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  std::array<std::uint8_t, 16 << 10> dropped;
  while (!deadline.reached()) {
    const auto [error, count] =
        co_await socket.async_read_some(asio::buffer(dropped), asio::as_tuple(asio::use_awaitable));
    if (error) break;
  }
  socket.close(ignored);
}

}  // namespace heyan::front
