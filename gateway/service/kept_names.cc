#include "gateway/service/kept_names.h"

#include <algorithm>
#include <fstream>

namespace heyan::service {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kWaiting = 512;  // names of one first byte: 16 KiB

}  // namespace

core::Result<KeptNames> KeptNames::begin(std::filesystem::path folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (!error) std::filesystem::create_directory(folder, error);
  // They tell who knows a file whether it was filed.
  if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) return fail(ErrorCode::kIo, "there is no room to put names aside");
  return KeptNames(std::move(folder));
}

KeptNames::~KeptNames() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path KeptNames::place_of(std::uint8_t first) const {
  return folder_ / core::to_hex(core::ByteView(&first, 1));
}

core::Result<void> KeptNames::add(core::ByteView name) {
  store::VaultName added;
  if (name.size() != added.size()) return fail(ErrorCode::kMalformed, "that is no name");
  std::ranges::copy(name, added.begin());
  Names& waiting = waiting_[added.front()];
  waiting.push_back(added);
  return waiting.size() < kWaiting ? core::Result<void>() : write_out(added.front());
}

core::Result<void> KeptNames::write_out(std::uint8_t first) {
  Names& waiting = waiting_[first];
  std::ofstream file(place_of(first), std::ios::binary | std::ios::app);
  for (const store::VaultName& name : waiting) file << core::as_text(name);
  file.close();
  if (!file) return fail(ErrorCode::kIo, "names cannot be put aside");
  waiting.clear();
  return {};
}

core::Result<std::vector<store::VaultName>> KeptNames::beginning_with(std::uint8_t first) {
  HEYAN_CHECK_OK(write_out(first));
  std::ifstream file(place_of(first), std::ios::binary);
  Names names;
  for (store::VaultName name; file.read(reinterpret_cast<char*>(name.data()), name.size());) {
    names.push_back(name);
  }
  if (!file.eof() || file.gcount() != 0) {
    return fail(ErrorCode::kIo, "names that were put aside cannot be read");
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

}  // namespace heyan::service
