// A case record that the user names.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "heyan/v1/case_record.pb.h"

namespace heyan::cli {

// Status 65 where it is none, 74 where it cannot be read.
std::expected<v1::RecordFile, Trouble> read_record(const std::filesystem::path& path);

}  // namespace heyan::cli
