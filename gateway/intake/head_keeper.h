// Keeps the first bytes of what goes through to another sink.
#pragma once

#include <algorithm>

#include "gateway/os/byte_sink.h"

namespace heyan::intake {

class HeadKeeper final : public os::ByteSink {
 public:
  // At most `most_bytes` are added to `head`.
  HeadKeeper(os::ByteSink& to, std::size_t most_bytes, core::Bytes& head)
      : to_(to), left_bytes_(most_bytes), head_(head) {}

  std::span<std::uint8_t> space() override {
    space_ = to_.space();
    return space_;
  }
  core::Result<void> commit(std::size_t count) override {
    const std::size_t kept = std::min(count, left_bytes_);
    head_.insert(head_.end(), space_.begin(), space_.begin() + static_cast<std::ptrdiff_t>(kept));
    left_bytes_ -= kept;
    return to_.commit(count);
  }

 private:
  os::ByteSink& to_;
  std::size_t left_bytes_;
  core::Bytes& head_;
  std::span<std::uint8_t> space_;
};

}  // namespace heyan::intake
