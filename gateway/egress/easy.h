// One handle of libcurl, set up for a destination as security decision 32 wants it. For the sources
// of this folder that speak HTTP: transport.cc and bucket.cc.
//
// Threat: as transport.h says. What goes over a handle besides is its user's matter: method,
// headers, bounds of bodies, time. One thread.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/egress/transport.h"

namespace heyan::egress {

inline constexpr std::size_t kHeaderBytes = 64u << 10;  // of an answer
inline constexpr long kConnectSeconds = 10;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;
using List = std::unique_ptr<curl_slist, FreeList>;

List list_of(std::span<const std::string> lines);

// Where a call connects to, in the moment of connecting. Lives as long as the call.
struct Gate {
  const ops::Destination& to;
  std::string forbidden = {};    // an address that was not connected to
  bool tried_permitted = false;  // another one was

  // CURLOPT_OPENSOCKETFUNCTION, with the Gate as its data.
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* to);
};

// Scheme, certificates, addresses, proxies, redirects and the environment; `files` must outlive
// the handle. What is given out must as well: libcurl keeps no copy of the list.
List set_out(CURL* easy, const ops::Destination& to, const TlsFiles& files);

Failure failure(v1::EgressFault fault, std::uint32_t number = 0);
Failure failure_of(CURLcode code, const Gate& gate);

}  // namespace heyan::egress
