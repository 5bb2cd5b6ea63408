// What a balancer says before the client's own bytes: whose connection it passes on.
//
// Threat: whoever may say this chooses the address that limits, delays and records go by; so it is
// read of configured balancers alone, and of these always. Nothing behind the header is read, and
// what is not of its form ends the connection. Text (version 1) and binary (version 2), streams
// over IPv4 and IPv6; additional fields of version 2 are passed over. Source: HAProxy, The PROXY
// protocol, versions 1 & 2, 2020/03/05, section 2. Pure, any thread.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::front {

// How many bytes at least are missing after those; 0: they are the header. kMalformed: they cannot
// become one; kLimit: more than 1 KiB.
core::Result<std::size_t> missing_of_proxy_header(core::ByteView begun);

// Nothing: a connection of the balancer's own (LOCAL), or one that it knows nothing of (UNKNOWN,
// UNSPEC). An IPv4 address within IPv6 is that IPv4 address. kMalformed.
core::Result<std::optional<boost::asio::ip::address>> read_proxy_header(core::ByteView header);

// That address without IPv6 around it, where it is one of IPv4.
boost::asio::ip::address plain_address(const boost::asio::ip::address& address);

}  // namespace heyan::front
