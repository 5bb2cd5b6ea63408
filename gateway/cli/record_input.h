// A case record that the user names, or the bundle that holds it.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "heyan/v1/case_record.pb.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// Of a bundle only where its parts belong together; whose it is, nobody asks. Status 65 where there
// is none, 74 where the file cannot be read.
std::expected<v1::RecordFile, Trouble> read_record(const std::filesystem::path& path,
                                                   catalogue::Language language);

}  // namespace heyan::cli
