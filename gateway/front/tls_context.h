// TLS as this gateway speaks it.
//
// TLS 1.3; 1.2 only where a court must, and then with ephemeral ECDH and AEAD ciphers alone. No
// early data (it can be replayed), no renegotiation, no compression; ALPN is http/1.1 or nothing.
// The court-system listener asks for client certificates: what counts afterwards is the digest of
// the key that TLS verified, never a name in the certificate (security decision 31). A session id
// context is set, without which every resumed session with a client certificate fails. Immutable
// after creation; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/front/connection.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"

struct ssl_ctx_st;
struct ssl_st;

namespace heyan::front {

enum class ClientCertificates : std::uint8_t { kNone, kRequested, kRequired };

struct TlsOptions {
  std::string certificate_chain;  // PEM, the server's own certificate first
  std::string private_key;        // PEM, not encrypted
  bool tls12 = false;
  ClientCertificates client_certificates = ClientCertificates::kNone;
  std::string client_anchors;  // PEM: authorities, or the clients' certificates themselves
};

class TlsContext {
 public:
  // kMalformed: a PEM text that is none, a key that does not fit; kInternal: OpenSSL refused.
  static core::Result<TlsContext> create(const TlsOptions& options);

  // A new server session, or null; the caller owns it.
  ssl_st* new_session() const;

  // When the server's own certificate ends.
  core::UtcTime valid_until() const { return valid_until_; }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  using Context = std::unique_ptr<ssl_ctx_st, Free>;
  TlsContext(Context context, core::UtcTime valid_until)
      : context_(std::move(context)), valid_until_(valid_until) {}

  Context context_;
  core::UtcTime valid_until_;
};

// Nothing where the client showed no certificate.
std::optional<KeyDigest> verified_client_key(const ssl_st* session);

}  // namespace heyan::front
