// The deadline of one socket: reached, it cancels what the socket is doing.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "gateway/front/task.h"

namespace heyan::front {

class Deadline {
 public:
  // `socket` must outlive this.
  explicit Deadline(boost::asio::ip::tcp::socket& socket)
      : socket_(socket), timer_(socket.get_executor()) {}

  void after(std::chrono::milliseconds time);
  void never();
  bool reached() const { return reached_; }

 private:
  void arm();

  boost::asio::ip::tcp::socket& socket_;
  boost::asio::steady_timer timer_;
  std::optional<boost::asio::steady_timer::time_point> due_;
  bool armed_ = false;  // the timer will fire, at the deadline or before it
  // A wait that ended before it was replaced must not cancel what came after it.
  std::uint64_t generation_ = 0;
  bool reached_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // waits hold it weakly
};

// Ends our direction, then reads and drops bytes until the client ends its own or the deadline is
// reached; closes.
Task<void> drain_and_close(boost::asio::ip::tcp::socket& socket, const Deadline& deadline);

}  // namespace heyan::front
