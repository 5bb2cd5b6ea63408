// Connections out of accepted sockets. Only the server calls these.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

#include "gateway/front/connection.h"
#include "gateway/front/tls_context.h"

namespace heyan::front {

// Without TLS: for listeners on this machine only.
std::unique_ptr<Connection> open_plain(boost::asio::ip::tcp::socket socket, Peer peer);

// Shakes hands; null where that failed or took longer than `longest`. Fills in the client's key.
Task<std::unique_ptr<Connection>> open_tls(boost::asio::ip::tcp::socket socket, Peer peer,
                                           const TlsContext& context,
                                           std::chrono::milliseconds longest);

}  // namespace heyan::front
