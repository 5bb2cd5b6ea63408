// The file in which one look through the vault tells the next what it found. It decides nothing by
// itself: what stands in it and is not found again is left alone.
//
//   heyan.vault.left.v1
//   PLACE NANOSECONDS BYTES      when it was put, since 1970 by this machine's clock
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "gateway/store/vault.h"

namespace heyan::service {

using LeftList = std::map<std::string, store::LeftFile>;  // by place

// Nothing where there is no such file, or anything in it is not as above.
LeftList read_left(const std::filesystem::path& file);
// kIo.
core::Result<void> write_left(const std::filesystem::path& file, const LeftList& left);

}  // namespace heyan::service
