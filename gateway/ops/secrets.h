// Files that hold a secret, which the configuration names and nobody but their owner may use.
//
// Threat: a secret that others of this machine can read is nobody's. Errors: kNotFound: it is not
// there; kIo: it cannot be read; kUnsupported: others can use it; kMalformed: its contents are not
// what they must be, and the text says how. Values; any thread.
#pragma once

#include <filesystem>
#include <string>

#include "verifier/core/error.h"

namespace heyan::ops {

inline constexpr std::size_t kMostPassword = 1024;

// One line of at most so many bytes, with or without its end.
core::Result<std::string> read_password(const std::filesystem::path& file);

// A line with its name and one with its secret: printable, without spaces.
struct AccessKey {
  std::string name;
  std::string secret;
};
core::Result<AccessKey> read_access_key(const std::filesystem::path& file);

}  // namespace heyan::ops
