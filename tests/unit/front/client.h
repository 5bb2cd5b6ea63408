// A blocking client that sends any bytes, over TLS or not.
#pragma once

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/front/identity.h"

namespace heyan::front {

struct Reply {
  int status = 0;  // 0: the connection ended without an answer
  std::map<std::string, std::string> fields;
  std::string body;
  bool complete = false;  // framing and bytes agree
};

struct ClientOptions {
  bool tls = true;
  const Identity* identity = nullptr;
  int version = 0;             // TLS1_2_VERSION, to speak that and nothing else
  std::string ciphers = {};    // of TLS 1.2
  std::string protocols = {};  // ALPN, in wire form
  SSL_SESSION* resume = nullptr;
  std::string address = "127.0.0.1";
  std::string before = {};  // sent before TLS begins
};

class Client {
 public:
  explicit Client(std::uint16_t port, const ClientOptions& options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // The handshake, as far as the client sees it, succeeded.
  bool connected() const { return connected_; }
  bool resumed() const { return SSL_session_reused(ssl_) == 1; }
  std::string protocol() const;
  // The session to resume; the caller frees it.
  SSL_SESSION* session() const { return SSL_get1_session(ssl_); }

  std::string server_certificate() const;  // DER

  bool send(std::string_view bytes);
  // Beneath TLS.
  bool send_raw(std::string_view bytes) {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  // Reads one answer; `head`: one without body.
  Reply receive(bool head = false);
  Reply ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  // Whether the server ends the connection without sending more.
  bool at_end();
  // Ends our direction only.
  void shut();
  // The same without a word of TLS.
  void hang_up();

 private:
  bool more();
  std::string take(std::size_t count);

  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  int socket_ = -1;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace heyan::front
