// Bytes that a connection has sent and nobody has used yet. Grows to its limit only when full.
#pragma once

#include <algorithm>
#include <cstring>
#include <span>

#include "verifier/core/bytes.h"

namespace heyan::front {

class InputBuffer {
 public:
  explicit InputBuffer(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  core::ByteView filled() const { return core::ByteView(bytes_).subspan(begin_, end_ - begin_); }
  bool full() const { return end_ - begin_ >= limit_bytes_; }

  // Never empty unless full(); valid until the next call.
  std::span<std::uint8_t> space() {
    if (begin_ > 0) {
      std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == bytes_.size()) {
      bytes_.resize(std::min(std::max<std::size_t>(bytes_.size() * 2, kFirst), limit_bytes_));
    }
    return std::span(bytes_).subspan(end_);
  }
  void commit(std::size_t count) { end_ += count; }
  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Gives memory back between two requests: idle connections are many.
  void shrink() {
    if (begin_ == end_) bytes_ = {};
  }

 private:
  static constexpr std::size_t kFirst = 4u << 10;
  core::Bytes bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t limit_bytes_;
};

}  // namespace heyan::front
