#include "tests/unit/front/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace heyan::front {
namespace {

void use(SSL_CTX* context, const Identity& identity) {
  BIO* const certificate_bio =
      BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size()));
  BIO* const key_bio = BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size()));
  X509* const certificate = PEM_read_bio_X509(certificate_bio, nullptr, nullptr, nullptr);
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_bio, nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_bio);
  BIO_free(key_bio);
}

}  // namespace

Client::Client(std::uint16_t port, const ClientOptions& options) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, options.address.c_str(), &address.sin_addr);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
  connected_ = options.before.empty() || send_raw(options.before);
  if (!options.tls || !connected_) return;
  context_ = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_options(context_, SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (options.version != 0) {
    SSL_CTX_set_min_proto_version(context_, options.version);
    SSL_CTX_set_max_proto_version(context_, options.version);
  }
  if (!options.ciphers.empty()) SSL_CTX_set_cipher_list(context_, options.ciphers.c_str());
  if (options.identity != nullptr) use(context_, *options.identity);
  ssl_ = SSL_new(context_);
  if (!options.protocols.empty()) {
    SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(options.protocols.data()),
                        static_cast<unsigned>(options.protocols.size()));
  }
  if (options.resume != nullptr) SSL_set_session(ssl_, options.resume);
  SSL_set_fd(ssl_, socket_);
  connected_ = SSL_connect(ssl_) == 1;
  ERR_clear_error();
}

Client::~Client() {
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  if (socket_ >= 0) ::close(socket_);
}

std::string Client::protocol() const {
  const unsigned char* data = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_, &data, &length);
  return {reinterpret_cast<const char*>(data), length};
}

std::string Client::server_certificate() const {
  X509* const certificate = SSL_get1_peer_certificate(ssl_);
  unsigned char* encoded = nullptr;
  const int length = i2d_X509(certificate, &encoded);
  std::string der(reinterpret_cast<const char*>(encoded),
                  static_cast<std::size_t>(std::max(0, length)));
  OPENSSL_free(encoded);
  X509_free(certificate);
  return der;
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ssl_ != nullptr
                              ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ERR_clear_error();
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Client::more() {
  std::array<char, 16384> piece;
  const ssize_t count = ssl_ != nullptr ? SSL_read(ssl_, piece.data(), piece.size())
                                        : ::recv(socket_, piece.data(), piece.size(), 0);
  ERR_clear_error();
  if (count <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

std::string Client::take(std::size_t count) {
  while (buffer_.size() < count && more()) {
  }
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, taken.size());
  return taken;
}

Reply Client::receive(bool head) {
  Reply reply;
  while (!buffer_.contains("\r\n\r\n")) {
    if (!more()) return reply;
  }
  const std::string text = take(buffer_.find("\r\n\r\n") + 4);
  reply.status = std::stoi(text.substr(9, 3));
  std::size_t at = text.find("\r\n") + 2;
  while (at + 2 < text.size()) {
    const std::size_t end = text.find("\r\n", at);
    const std::size_t colon = text.find(": ", at);
    reply.fields[text.substr(at, colon - at)] = text.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  const bool bodiless = head || reply.status == 204 || reply.status == 304 || reply.status < 200;
  if (bodiless) {
    reply.complete = true;
  } else if (reply.fields.contains("content-length")) {
    const std::size_t length = std::stoul(reply.fields["content-length"]);
    reply.body = take(length);
    reply.complete = reply.body.size() == length;
  } else {
    while (true) {
      while (!buffer_.contains("\r\n")) {
        if (!more()) return reply;
      }
      const std::string line = take(buffer_.find("\r\n") + 2);
      const std::size_t size = std::stoul(line, nullptr, 16);
      const std::string piece = take(size + 2);
      if (piece.size() != size + 2) return reply;
      reply.body += piece.substr(0, size);
      if (size == 0) break;
    }
    reply.complete = true;
  }
  return reply;
}

bool Client::at_end() { return buffer_.empty() && !more(); }

void Client::shut() {
  if (ssl_ != nullptr) SSL_shutdown(ssl_);
  ERR_clear_error();
  hang_up();
}

void Client::hang_up() { ::shutdown(socket_, SHUT_WR); }

}  // namespace heyan::front
