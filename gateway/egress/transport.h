// Calls to one node over HTTPS. The only place that names libcurl.
//
// Threat: the node, its name server and the network are hostile. Only https, only the CA of the
// node's entry, only the address that is checked in the moment of connecting (so that a name that
// resolves to another one a moment later changes nothing), no redirect, no proxy, nothing from the
// environment, no compression; headers, body and time are bounded. Bodies of refusals are dropped.
// gRPC is one POST over HTTP/2 with a prefix of five bytes and a status in the trailers (gRPC over
// HTTP2, "Requests" and "Responses"). Sources: libcurl's manual, security decision 32. One thread.
#pragma once

#include <expected>
#include <memory>

#include "gateway/ops/nodes.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::egress {

inline constexpr std::size_t kJsonBytes = 16u << 20;  // as core::Limits reads
inline constexpr std::size_t kGrpcBytes = 64u << 20;  // a block; core::Limits::proof_bytes

using Failure = v1::EgressFailure;

// CA, certificate and key of a node, read before the sandbox is entered.
struct TlsFiles {
  core::Bytes ca;
  core::Bytes certificate;  // empty: none
  core::Bytes key;
};
core::Result<TlsFiles> read_tls_files(const ops::Node& node);

// Once in the process, before any Transport.
core::Result<void> start_library();

class Transport {
 public:
  // Both must outlive it.
  Transport(const ops::Node& node, const TlsFiles& files);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // The body of the answer, of gRPC the message in it. One connection serves several calls.
  std::expected<core::Bytes, Failure> post(core::ByteView body);

 private:
  struct Call;
  void set_up();

  const ops::Node& node_;
  const TlsFiles& files_;
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

}  // namespace heyan::egress
