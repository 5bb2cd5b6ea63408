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
#include "gateway/front/listening.h"
#include "gateway/front/options.h"
#include "verifier/core/error.h"

namespace heyan::front {

class Server {
 public:
  // Serves; starts threads. `handler` must outlive the server. From then on the process ignores
  // SIGPIPE.
  static core::Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                                     std::vector<Listening> listeners,
                                                     Handler& handler);
  ~Server();  // stop(0)
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port of the listener of that name; 0 where there is none.
  std::uint16_t port(std::string_view listener) const;
  std::size_t connections() const;

  // From now on for new connections of the listener of that name; those that are open keep theirs.
  // False where there is none, or it speaks no TLS.
  bool replace_tls(std::string_view listener, std::shared_ptr<const TlsContext> tls);
  // When the first of the certificates in use ends; nothing where none is.
  std::optional<core::UtcTime> tls_until() const;

  // Accepts no more, ends idle connections, and tells exchanges that the server is stopping.
  void begin_stop();
  // begin_stop(), then waits for the requests under way, at most `grace`; then cuts them. Work that
  // has begun is waited for: `give_up` is called before, so that what blocks it ends. May be empty.
  void stop(std::chrono::milliseconds grace, const std::function<void()>& give_up = {});

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heyan::front
