// Where sealed files lie when they do not lie in the vault's folder: a bucket that several gateways
// share. Who reaches it implements this; the vault asks.
//
// A name never holds two contents: whoever puts it puts the same evidence, sealed anew, so it does
// not matter who was last. Threat: what lies there is an attacker's; it is ciphertext, and its
// reader authenticates it. Any thread; blocks.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::store {

class Objects {
 public:
  virtual ~Objects() = default;

  // When it is too late for whoever asks; nothing: as long as it takes.
  using Until = std::optional<std::chrono::steady_clock::time_point>;

  // Which bucket it is, for whoever looks for what lies there: a line.
  virtual std::string where() const = 0;

  // All of `file`, which is of that size and SHA-256, in the place of what is there. When it
  // returns, the store has it. kIo: it has not, or nobody knows.
  virtual core::Result<void> put(const std::string& name, const os::Descriptor& file,
                                 std::uint64_t size, core::ByteView sha256, Until until) = 0;
  // A temporary file without a name, only to read, from its beginning. kNotFound: the store says
  // that there is none; kIo: it says nothing, or not all.
  virtual core::Result<os::Descriptor> get(const std::string& name) = 0;
  virtual core::Result<void> find(const std::string& name) = 0;
  // Also where there is none. kIo.
  virtual core::Result<void> remove(const std::string& name) = 0;
};

}  // namespace heyan::store
