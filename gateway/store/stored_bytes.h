// The content of a stored file, piece by piece from its beginning, whether it lies there plain or
// encrypted. One thread at a time.
#pragma once

#include <span>

#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

class StoredBytes {
 public:
  static constexpr std::size_t kPieceBytes = 256u << 10;

  virtual ~StoredBytes() = default;
  // A whole piece, or the rest; empty at the end. kIo; kChanged: the encrypted bytes are not those
  // that were written.
  virtual core::Result<core::Bytes> next() = 0;
};

// As they lie there.
class PlainBytes final : public StoredBytes {
 public:
  explicit PlainBytes(os::Descriptor file) : file_(std::move(file)) {}
  core::Result<core::Bytes> next() override;

 private:
  os::Descriptor file_;
};

// Reads on until `space` is full or the file ends; how many. kIo.
core::Result<std::size_t> read_on(const os::Descriptor& file, std::span<std::uint8_t> space);
// All of it. kIo.
core::Result<void> write_on(const os::Descriptor& file, core::ByteView bytes);

}  // namespace heyan::store
