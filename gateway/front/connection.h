// A byte stream to one client: all that the HTTP part knows of sockets and TLS.
//
// Small and virtual on purpose: what instantiates a TLS stream costs minutes to compile, so only
// tls_connection.cc does. Used on the strand of the connection only.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "gateway/front/task.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::front {

using KeyDigest = std::array<std::uint8_t, 32>;

// Who is at the other end.
struct Peer {
  std::string listener;  // name of the listener that accepted it
  std::string address;   // "192.0.2.1" or "2001:db8::1", without port
  std::string client;    // whom it counts against: that address, or an IPv6 network of 64 bits
  bool secure = false;   // over TLS
  // SHA-256 of the SubjectPublicKeyInfo of the client certificate that TLS verified.
  std::optional<KeyDigest> client_key;
};

class Connection {
 public:
  virtual ~Connection() = default;

  virtual const Peer& peer() const = 0;
  // At least one byte, or 0 at the end of the stream. kIo with text kDeadline when the time is up.
  virtual Task<core::Result<std::size_t>> read_some(std::span<std::uint8_t> space) = 0;
  virtual Task<core::Result<void>> write_all(core::ByteView bytes) = 0;
  // Says that nothing more comes, and reads until the client agrees or the deadline is reached:
  // closing with unread bytes would reset the connection and take the answer from the client.
  virtual Task<void> close() = 0;

  // From now on; what is under way then fails. Replaces the deadline before; clears one reached.
  virtual void expires_after(std::chrono::milliseconds time) = 0;
  virtual void expires_never() = 0;
  // Closes the socket at once.
  virtual void abort() = 0;
};

// Of a kLimit: more body than was allowed for this request.
inline constexpr std::string_view kBodyTooLarge = "the body is larger than allowed";
inline constexpr std::string_view kDeadline = "deadline";
// Of a kIo: Exchange::stop_body_when.
inline constexpr std::string_view kBodyStopped = "the body is not waited for any more";
inline bool is_deadline(const core::Error& error) { return error.text == kDeadline; }

}  // namespace heyan::front
