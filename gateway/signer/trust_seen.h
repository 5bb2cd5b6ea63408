// Which trust bundles a signer has had in force, for whoever checks a configuration before a start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "verifier/core/error.h"

namespace heyan::signer {

// The highest version of that bundle which the signer of this state folder started with; nothing
// where it has seen none. Only read, beside a signer that runs or not; by who the database belongs
// to alone, for what another user makes beside it the signer could not open: kUnsupported for
// others, and where its tables are of another version. kNotFound: no signer has started; kIo,
// kMalformed, kInternal. Any thread.
core::Result<std::optional<std::int64_t>> version_seen(const std::filesystem::path& state,
                                                       std::string_view bundle);

}  // namespace heyan::signer
