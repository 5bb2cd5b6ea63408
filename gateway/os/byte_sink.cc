#include "gateway/os/byte_sink.h"

#include <algorithm>

namespace heyan::os {

// Grows with what has arrived, never by what somebody declared.
std::span<std::uint8_t> MemorySink::space() {
  if (used_ == bytes_.size()) {
    bytes_.resize(std::max<std::size_t>(bytes_.size() * 2, std::size_t{64} << 10));
  }
  return std::span(bytes_).subspan(used_);
}

core::Result<void> MemorySink::commit(std::size_t count) {
  used_ += count;
  if (used_ > limit_bytes_) {
    return core::fail(core::ErrorCode::kLimit, "the file is larger than allowed", limit_bytes_);
  }
  return {};
}

core::Bytes MemorySink::take() && {
  bytes_.resize(used_);
  bytes_.shrink_to_fit();
  return std::move(bytes_);
}

}  // namespace heyan::os
