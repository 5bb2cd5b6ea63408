#include "gateway/egress/easy.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "gateway/egress/addresses.h"
#include "gateway/ops/config.h"

namespace heyan::egress {
namespace {

using core::Bytes;

v1::EgressFault fault_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return v1::EGRESS_FAULT_NAME;
    case CURLE_COULDNT_CONNECT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return v1::EGRESS_FAULT_CONNECTION;
    case CURLE_OPERATION_TIMEDOUT:
      return v1::EGRESS_FAULT_TIME;
    case CURLE_PEER_FAILED_VERIFICATION:
      return v1::EGRESS_FAULT_CERTIFICATE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
      return v1::EGRESS_FAULT_TLS;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
      return v1::EGRESS_FAULT_FILES;
    case CURLE_FILESIZE_EXCEEDED:
      return v1::EGRESS_FAULT_SIZE;
    default:
      return v1::EGRESS_FAULT_PROTOCOL;
  }
}

}  // namespace

Failure failure(v1::EgressFault fault, std::uint32_t number) {
  Failure failed;
  failed.set_fault(fault);
  failed.set_number(number);
  return failed;
}

List list_of(std::span<const std::string> lines) {
  curl_slist* list = nullptr;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list, line.c_str());
    if (longer == nullptr) break;  // out of memory: a header less, which the node refuses
    list = longer;
  }
  return List(list);
}

// The address is the one that the connection is made to, in this very moment.
curl_socket_t Gate::open_socket(void* self, curlsocktype, curl_sockaddr* to) {
  Gate& gate = *static_cast<Gate*>(self);
  const std::string address = numeric(to->addr);
  if (!is_public(to->addr) &&
      std::ranges::find(gate.to.addresses, address) == gate.to.addresses.end()) {
    gate.forbidden = address;
    return CURL_SOCKET_BAD;
  }
  gate.tried_permitted = true;
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

List set_out(CURL* easy, const ops::Destination& to, const TlsFiles& files) {
  const auto set = [easy](CURLoption option, auto value) {
    // Each is known to the library that we build with; curl_easy_perform tells what is missing.
    static_cast<void>(curl_easy_setopt(easy, option, value));
  };
  const auto blob = [&](CURLoption option, const Bytes& bytes) {
    curl_blob one{const_cast<std::uint8_t*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
    set(option, &one);
  };

  // The certificate must have this name; the connection goes to the host all the same.
  List connect_to;
  if (!to.tls_name.empty()) {
    const std::string from = ops::to_string(ops::Address{to.tls_name, to.port});
    const std::string host = ops::to_string(ops::Address{to.host, to.port});
    connect_to = list_of(std::array{from + ":" + host});
    set(CURLOPT_CONNECT_TO, connect_to.get());
  }

  set(CURLOPT_PROTOCOLS_STR, to.plain ? "http" : "https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_CONNECTTIMEOUT, std::min(kConnectSeconds, static_cast<long>(to.seconds)));

  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  if (!to.plain) blob(CURLOPT_CAINFO_BLOB, files.ca);
  if (!files.certificate.empty()) {
    set(CURLOPT_SSLCERTTYPE, "PEM");
    set(CURLOPT_SSLKEYTYPE, "PEM");
    blob(CURLOPT_SSLCERT_BLOB, files.certificate);
    blob(CURLOPT_SSLKEY_BLOB, files.key);
  }
  set(CURLOPT_OPENSOCKETFUNCTION, &Gate::open_socket);
  return connect_to;
}

Failure failure_of(CURLcode code, const Gate& gate) {
  Failure failed = failure(fault_of(code));
  if (failed.fault() == v1::EGRESS_FAULT_CONNECTION && !gate.forbidden.empty() &&
      !gate.tried_permitted) {
    failed.set_fault(v1::EGRESS_FAULT_ADDRESS_FORBIDDEN);
    failed.set_address(gate.forbidden);
  }
  return failed;
}

}  // namespace heyan::egress
