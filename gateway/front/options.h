// Bounds of the server: every time, count and size that a client can spend.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

#include "gateway/http/gate.h"

namespace heyan::front {

// One answered or refused request, for log and metrics. No path, no names.
struct Answered {
  std::string_view listener;
  std::string_view method;  // "GET", empty where the head was refused
  std::uint16_t status = 0;
  std::uint64_t body_bytes = 0;    // of the request, as received
  std::uint64_t answer_bytes = 0;  // of the answer's body, as handed to the client
  std::string_view submission;     // its id, where the handler said so
  std::chrono::milliseconds duration{0};
};

struct ServerOptions {
  std::size_t io_threads = 2;
  std::size_t workers = 4;                  // threads for what blocks
  std::size_t connections = 1024;           // at each listener
  std::size_t connections_per_client = 64;  // an IPv4 address, or an IPv6 network of 64 bits
  std::size_t requests_per_connection = 1000;
  http::HeadLimits head;
  std::uint64_t body_bytes = 1u << 20;  // unless the handler allows another size

  std::chrono::milliseconds handshake{5'000};
  std::chrono::milliseconds header{5'000};  // from the first byte of a request, or the handshake
  std::chrono::milliseconds keep_alive{60'000};  // between two requests
  std::chrono::milliseconds write{30'000};       // for each 64 KiB of an answer
  std::chrono::milliseconds linger{2'000};       // for the client to close
  // A body may be slower than this rate for so long altogether; only waiting for the client counts.
  std::uint64_t body_bytes_per_second = 1024;
  std::chrono::milliseconds body_grace{10'000};

  // Called on any thread; must be quick. May be empty.
  std::function<void(const Answered&)> on_answered;
  // A stable event id ("front.handler_failed"); called on any thread. May be empty.
  std::function<void(std::string_view)> on_event;
};

}  // namespace heyan::front
