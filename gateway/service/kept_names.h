// The names of all that a store keeps of a court, put aside on the disk by their first byte: of ten
// million submissions they are more than memory is to have at once. One thread.
#pragma once

#include <array>
#include <filesystem>
#include <utility>
#include <vector>

#include "gateway/store/vault_names.h"

namespace heyan::service {

class KeptNames {
 public:
  // In a folder of its own (mode 0700), whose content is removed now and when this is destroyed.
  // kIo.
  static core::Result<KeptNames> begin(std::filesystem::path folder);
  KeptNames(KeptNames&& other) noexcept
      : folder_(std::exchange(other.folder_, {})), waiting_(std::move(other.waiting_)) {}
  KeptNames& operator=(KeptNames&&) = delete;
  ~KeptNames();

  // 32 bytes. kMalformed; kIo.
  core::Result<void> add(core::ByteView name);
  // Those that begin with that byte, sorted, each once. kIo.
  core::Result<std::vector<store::VaultName>> beginning_with(std::uint8_t first);

 private:
  using Names = std::vector<store::VaultName>;
  explicit KeptNames(std::filesystem::path folder) : folder_(std::move(folder)), waiting_(256) {}
  core::Result<void> write_out(std::uint8_t first);
  std::filesystem::path place_of(std::uint8_t first) const;

  std::filesystem::path folder_;  // empty: moved from
  std::vector<Names> waiting_;    // by their first byte
};

}  // namespace heyan::service
