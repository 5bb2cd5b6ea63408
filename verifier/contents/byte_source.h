// Bytes that can be read at any place: what readers of contents work on, so that memory does not
// grow with the file.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::contents {

// Implementations are the caller's: a file descriptor, memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Fills a prefix of `out` from `offset` on and says how long it is; 0 only at the end or for an
  // empty `out`.
  virtual core::Result<std::size_t> read_at(std::uint64_t offset,
                                            std::span<std::uint8_t> out) const = 0;
};

// The bytes of a buffer, which must outlive it.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(core::ByteView bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  core::Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override;

 private:
  core::ByteView bytes_;
};

// The bytes from `begin` to before `end`, in chunks of at most 256 KiB. kTruncated: there are
// fewer.
core::Result<void> read_range(const ByteSource& source, std::uint64_t begin, std::uint64_t end,
                              const std::function<void(core::ByteView)>& sink);

// The first bytes from `offset` on: `most`, or fewer where the source ends.
core::Result<core::Bytes> read_some(const ByteSource& source, std::uint64_t offset,
                                    std::size_t most);

}  // namespace heyan::contents
