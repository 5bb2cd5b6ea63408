// The folder of `heyan keys new`: the keys that sign reports made at the command line.
//
// Offline convenience only: a server's keys belong to its signer (gateway_keys.h).
#pragma once

#include "gateway/keys/key_files.h"

namespace heyan::keys {

struct ReportKeys {
  SigningPair es256;
  SigningPair sm2;
};

// es256.* and sm2.* in a new or empty folder.
std::expected<void, Refusal> make_report_keys(const std::filesystem::path& folder,
                                              std::string_view common_name, core::UtcTime now);
std::expected<ReportKeys, Refusal> load_report_keys(const std::filesystem::path& folder);

}  // namespace heyan::keys
