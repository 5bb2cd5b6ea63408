// The server: listeners, their connections, and the threads that run them.
//
// Threat: clients that open connections and keep them. A client has its share, all clients together
// have theirs; beyond either a connection is closed before TLS costs anything. Any thread may call.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/front/exchange.h"
#include "gateway/front/options.h"
#include "gateway/front/tls_context.h"
#include "verifier/core/error.h"

namespace heyan::front {

struct ListenerOptions {
  std::string name;                       // "public", "court-systems": handlers see it in Peer
  std::string address = "127.0.0.1";      // of this machine, or "0.0.0.0", "::"
  std::uint16_t port = 0;                 // 0: any that is free
  std::shared_ptr<const TlsContext> tls;  // null: plain HTTP, on loopback addresses only
};

class Server {
 public:
  // Listens and serves. `handler` must outlive the server. kIo: an address that is taken or not
  // ours; kUnsupported: plain HTTP beyond this machine; kMalformed: no address. From then on the
  // process ignores SIGPIPE.
  static core::Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                                     const std::vector<ListenerOptions>& listeners,
                                                     Handler& handler);
  ~Server();  // stop(0)
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port of the listener of that name; 0 where there is none.
  std::uint16_t port(std::string_view listener) const;
  std::size_t connections() const;

  // Accepts no more, ends idle connections, and tells exchanges that the server is stopping.
  void begin_stop();
  // begin_stop(), then waits for the requests under way, at most `grace`; then cuts them.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heyan::front
