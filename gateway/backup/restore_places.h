// What a restore reads besides the backup, and writes besides the state folder: looked at before
// anything is copied, which may take hours.
//
// Each refusal says what to do about it. Errors: kIo: it cannot be read, or nobody could write
// there; kMalformed and kUnsupported: it is no checkpoint of that log. One thread.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string_view>

#include "gateway/intake/refusal.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note_key.h"

namespace heyan::backup {

using intake::Refusal;

inline constexpr std::string_view kBringCheckpoint =
    "Put the last checkpoint of the old log that anybody has there: its published files or a "
    "witness have it.";

// The folder of the gateway's keys: it and each file in it can be read.
std::expected<void, Refusal> look_at_keys(const std::filesystem::path& folder);

// The last checkpoint of the old log as it was brought; nothing where there is none: then one can
// be written there.
std::expected<std::optional<transparency::Checkpoint>, Refusal> look_at_checkpoint(
    const std::filesystem::path& file, const transparency::NoteVerifier& old_log);

}  // namespace heyan::backup
