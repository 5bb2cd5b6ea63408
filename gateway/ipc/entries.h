// Files that a box takes out of something, one after another: a name, then its bytes, then the next
// or the end. For whoever asked the box.
//
// Threat: the box may be taken over. Bytes are counted against what an honest one could say; names
// are the taker's to judge. One thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ipc {

// Where the files go.
class EntryTaker {
 public:
  virtual ~EntryTaker() = default;
  virtual core::Result<void> begin(std::string_view path) = 0;
  virtual core::Result<void> append(core::ByteView bytes) = 0;
  virtual core::Result<void> finish() = 0;
};

class Entries {
 public:
  Entries(EntryTaker& taker, std::uint64_t most_bytes) : taker_(taker), bytes_left_(most_bytes) {}

  // True when all is there. kLimit; kIo: not an answer that may come now; the taker's.
  core::Result<bool> take(const v1::BoxAnswer& answer);

 private:
  core::Result<void> end();

  EntryTaker& taker_;
  std::uint64_t bytes_left_;
  bool open_ = false;
};

}  // namespace heyan::ipc
