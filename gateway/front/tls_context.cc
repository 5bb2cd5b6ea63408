#include "gateway/front/tls_context.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <chrono>
#include <climits>
#include <cstring>
#include <ctime>
#include <vector>

namespace heyan::front {
namespace {

using core::ErrorCode;

template <auto free_it>
struct Freed {
  template <typename T>
  void operator()(T* pointer) const {
    free_it(pointer);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

Bio reader(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size() % INT_MAX)));
}

// An encrypted key is refused; OpenSSL would ask for the password on the terminal.
int no_password(char*, int, int, void*) { return -1; }

core::Result<std::vector<Certificate>> read_certificates(const std::string& pem) {
  const Bio bio = reader(pem);
  std::vector<Certificate> certificates;
  while (true) {
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (certificate == nullptr) break;
    certificates.push_back(std::move(certificate));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (certificates.empty() || !at_end) {
    return core::fail(ErrorCode::kMalformed, "a text with certificates in PEM is expected");
  }
  return certificates;
}

core::Result<void> use_identity(SSL_CTX* context, const TlsOptions& options) {
  HEYAN_TRY(const auto chain, read_certificates(options.certificate_chain));
  const Bio bio = reader(options.private_key);
  const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (key == nullptr) {
    return core::fail(ErrorCode::kMalformed, "an unencrypted private key in PEM is expected");
  }
  bool fits = SSL_CTX_use_certificate(context, chain.front().get()) == 1 &&
              SSL_CTX_use_PrivateKey(context, key.get()) == 1 &&
              SSL_CTX_check_private_key(context) == 1;
  for (std::size_t i = 1; fits && i < chain.size(); ++i) {
    fits = SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1;
  }
  ERR_clear_error();
  if (!fits) return core::fail(ErrorCode::kMalformed, "certificate and private key do not fit");
  return {};
}

core::Result<core::UtcTime> end_of_certificate(const SSL_CTX* context) {
  std::tm calendar{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &calendar) != 1) {
    ERR_clear_error();
    return core::fail(ErrorCode::kMalformed, "the certificate does not say when it ends");
  }
  return core::UtcTime{std::chrono::seconds(::timegm(&calendar))};
}

core::Result<void> ask_for_clients(SSL_CTX* context, const TlsOptions& options) {
  if (options.client_certificates == ClientCertificates::kNone) {
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    return {};
  }
  HEYAN_TRY(const auto anchors, read_certificates(options.client_anchors));
  X509_STORE* const store = SSL_CTX_get_cert_store(context);
  for (const Certificate& anchor : anchors) {
    if (X509_STORE_add_cert(store, anchor.get()) != 1 ||
        SSL_CTX_add_client_CA(context, anchor.get()) != 1) {
      return core::fail(ErrorCode::kInternal, "OpenSSL refused a client anchor");
    }
  }
  // A pinned certificate is its own anchor.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  const bool required = options.client_certificates == ClientCertificates::kRequired;
  SSL_CTX_set_verify(
      context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : SSL_VERIFY_NONE),
      nullptr);
  SSL_CTX_set_verify_depth(context, 4);
  return {};
}

int select_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr char kHttp11[] = "\x08http/1.1";
  unsigned char* selected = nullptr;
  unsigned char selected_length = 0;
  if (SSL_select_next_proto(&selected, &selected_length,
                            reinterpret_cast<const unsigned char*>(kHttp11), sizeof kHttp11 - 1,
                            offered, offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = selected;
  *length = selected_length;
  return SSL_TLSEXT_ERR_OK;
}

// A few records at a time: each costs OpenSSL a move of those behind it.
constexpr std::size_t kReadBytes = 33u << 10;

bool set_protocol(SSL_CTX* context, bool tls12) {
  SSL_CTX_set_security_level(context, 2);
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Whether a request was complete is for HTTP's framing to say; one that was is answered though
  // its client ends without close_notify.
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_default_read_buffer_len(context, kReadBytes);
  SSL_CTX_set_max_early_data(context, 0);
  SSL_CTX_set_recv_max_early_data(context, 0);
  SSL_CTX_set_timeout(context, 3600);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
  static constexpr char kSessions[] = "heyan-front";
  return SSL_CTX_set_min_proto_version(context, tls12 ? TLS1_2_VERSION : TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
         SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(kSessions),
                                        sizeof kSessions - 1) == 1;
}

}  // namespace

void TlsContext::Free::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

core::Result<TlsContext> TlsContext::create(const TlsOptions& options) {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr || !set_protocol(context.get(), options.tls12)) {
    ERR_clear_error();
    return core::fail(ErrorCode::kInternal, "OpenSSL refused the TLS settings");
  }
  HEYAN_CHECK_OK(use_identity(context.get(), options));
  HEYAN_CHECK_OK(ask_for_clients(context.get(), options));
  HEYAN_TRY(const core::UtcTime valid_until, end_of_certificate(context.get()));
  return TlsContext(std::move(context), valid_until);
}

SSL* TlsContext::new_session() const {
  SSL* const session = SSL_new(context_.get());
  ERR_clear_error();
  return session;
}

std::optional<KeyDigest> verified_client_key(const SSL* session) {
  const Certificate certificate(SSL_get1_peer_certificate(session));
  if (certificate == nullptr || SSL_get_verify_result(session) != X509_V_OK) return std::nullopt;
  unsigned char* encoded = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &encoded);
  if (length <= 0) return std::nullopt;
  KeyDigest digest;
  const bool done = EVP_Digest(encoded, static_cast<std::size_t>(length), digest.data(), nullptr,
                               EVP_sha256(), nullptr) == 1;
  OPENSSL_free(encoded);
  if (!done) return std::nullopt;
  return digest;
}

}  // namespace heyan::front
