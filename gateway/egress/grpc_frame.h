// One gRPC message as it goes over the wire: a flag, its length (big-endian), the message. Source:
// gRPC over HTTP2, "Length-Prefixed-Message". Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::egress {

inline constexpr std::size_t kGrpcPrefix = 5;

core::Bytes framed(core::ByteView message);
// One uncompressed message and nothing behind it.
std::optional<core::Bytes> unframed(const core::Bytes& body);

}  // namespace heyan::egress
