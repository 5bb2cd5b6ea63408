// Which addresses a call may connect to without being permitted one by one.
//
// Threat: a name can resolve to this machine, to the court's own network or to a cloud's metadata
// service. Sources: IANA special-purpose address registries (RFC 6890), RFC 4291, RFC 6598. Pure.
#pragma once

#include <sys/socket.h>

#include <string>

namespace heyan::egress {

// Globally routable unicast, and of no special purpose. False for anything but IPv4 and IPv6.
bool is_public(const sockaddr& address);

// "127.0.0.1", "2001:db8::1"; empty for anything but IPv4 and IPv6.
std::string numeric(const sockaddr& address);

}  // namespace heyan::egress
