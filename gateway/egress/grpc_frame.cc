#include "gateway/egress/grpc_frame.h"

namespace heyan::egress {

using core::Bytes;

Bytes framed(core::ByteView message) {
  Bytes out = {0};
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(message.size() >> shift & 0xff));
  out.insert(out.end(), message.begin(), message.end());
  return out;
}

std::optional<Bytes> unframed(const Bytes& body) {
  if (body.size() < kGrpcPrefix || body[0] != 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 1; i < kGrpcPrefix; ++i) length = length << 8 | body[i];
  if (length != body.size() - kGrpcPrefix) return std::nullopt;
  return Bytes(body.begin() + kGrpcPrefix, body.end());
}

}  // namespace heyan::egress
