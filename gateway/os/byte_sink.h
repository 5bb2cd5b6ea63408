// Where the bytes of a file go, in order: the reader asks for space, fills a part of it, and says
// how much.
//
// One memory copy less than handing over chunks, and the sink decides how large a read is.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::os {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Never empty; valid until the next call.
  virtual std::span<std::uint8_t> space() = 0;
  // The first `count` bytes of the last space() are the next bytes of the file.
  virtual core::Result<void> commit(std::size_t count) = 0;
};

// Into memory, up to a limit.
class MemorySink final : public ByteSink {
 public:
  explicit MemorySink(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}
  std::span<std::uint8_t> space() override;
  core::Result<void> commit(std::size_t count) override;
  core::Bytes take() &&;

 private:
  core::Bytes bytes_;
  std::size_t used_ = 0;
  std::size_t limit_bytes_;
};

// How a file was read to its end.
struct FileReading {
  std::uint64_t size = 0;  // bytes read
  bool changed = false;    // the file was not the same before and after
};

// Reads one file from beginning to end into a sink.
using Feed = std::function<core::Result<FileReading>(ByteSink&)>;

}  // namespace heyan::os
