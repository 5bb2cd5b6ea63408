// Calls to one server over HTTPS: a ledger's node, whoever is told of an event, an OpenID
// Connect provider, or a time-stamp authority, to which http may lead as well.
//
// Threat: the server, its name server and the network are hostile. Only https (or the http of the
// entry), only the CA of the entry, only the address that is checked in the moment of connecting
// (so that a name that resolves to another one a moment later changes nothing), no redirect, no
// proxy, nothing from the environment, no compression; headers, body and time are bounded. Bodies
// of refusals are dropped. gRPC is one POST over HTTP/2 with a prefix of five bytes and a status in
// the trailers (gRPC over HTTP2, "Requests" and "Responses"). Sources: libcurl's manual, security
// decision 32. One thread.
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>

#include "gateway/ops/destination.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::egress {

inline constexpr std::size_t kJsonBytes = 16u << 20;  // as core::Limits reads
inline constexpr std::size_t kGrpcBytes = 64u << 20;  // a block; core::Limits::proof_bytes
inline constexpr std::size_t kWitnessBytes = 16u << 10;
inline constexpr std::size_t kProviderBytes = 64u << 10;  // openid::kKeysBytes
inline constexpr std::size_t kStampBytes = 256u << 10;    // timestamps::kMaxBytes

using Failure = v1::EgressFailure;

// CA, certificate and key of an entry, read before the sandbox is entered.
struct TlsFiles {
  core::Bytes ca;
  core::Bytes certificate;  // empty: none
  core::Bytes key;
};
core::Result<TlsFiles> read_tls_files(const ops::Destination& to);

// Once in the process, before any Transport.
core::Result<void> start_library();

enum class Protocol : std::uint8_t {
  kJson,
  kGrpc,
  kWebhook,
  kStamp,
  kWitness,
  kToken,
  kKeys,
  kKept
};

class Transport {
 public:
  // Both must outlive it.
  Transport(const ops::Destination& to, const TlsFiles& files, Protocol protocol);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // The body of the answer, of gRPC the message in it. One connection serves several calls.
  std::expected<core::Bytes, Failure> post(core::ByteView body);
  // Of a provider's token endpoint: a form; the answer is JSON.
  std::expected<core::Bytes, Failure> post_form(core::ByteView form,
                                                std::span<const std::string> headers);
  // Of a provider's keys.
  std::expected<core::Bytes, Failure> get() { return post({}); }
  // Of a witness: whatever its status. kKept: what it keeps of a log, where `body` is empty.
  struct Said {
    std::uint32_t status = 0;
    core::Bytes body;
  };
  std::expected<Said, Failure> ask(core::ByteView body);
  // Of a webhook: nothing where the answer's status is 2xx. What else it says is dropped.
  // `headers`: "name: value".
  std::expected<void, Failure> deliver(core::ByteView body, std::span<const std::string> headers);

 private:
  struct Call;
  struct Handles;
  void set_up();
  void set_headers(std::span<const std::string> headers);
  std::expected<long, Failure> perform(Call& call, core::ByteView body);
  bool is_grpc() const { return protocol_ == Protocol::kGrpc; }

  const ops::Destination& to_;
  const TlsFiles& files_;
  const Protocol protocol_;
  std::unique_ptr<Handles> handles_;
};

}  // namespace heyan::egress
