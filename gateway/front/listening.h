// Sockets that listen, made by the one thread that there is before a sandbox is entered: inside it
// nobody can make one.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "gateway/front/tls_context.h"
#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::front {

struct ListenerOptions {
  std::string name;                       // "public", "court-systems": handlers see it in Peer
  std::string address = "127.0.0.1";      // of this machine, or "0.0.0.0", "::"
  std::uint16_t port = 0;                 // 0: any that is free
  std::shared_ptr<const TlsContext> tls;  // null: plain HTTP, on loopback addresses only
  std::size_t connections = 0;            // at most; 0: as ServerOptions has it
  // Addresses, as asio writes them, of balancers that say whose each connection is: proxy_header.h.
  std::vector<std::string> balancers = {};
};

struct Listening {
  ListenerOptions options;
  os::Descriptor socket;
  std::uint16_t port = 0;
  bool v6 = false;
};

struct NotListening {
  core::ErrorCode code = core::ErrorCode::kIo;
  std::string text;  // which listener, at what address, and why not
};

// In the same order. kIo: an address that is taken or not ours; kUnsupported: plain HTTP beyond
// this machine; kMalformed: no address.
std::expected<std::vector<Listening>, NotListening> listen_on(
    const std::vector<ListenerOptions>& listeners);

}  // namespace heyan::front
