// Files that hold a secret, which the configuration names and nobody but their owner may use.
//
// Threat: a secret that others of this machine can read is nobody's, and one that they can write is
// theirs. Whoever reads one asks here, and `heyan config check` asks the same. Errors: kNotFound:
// it is not there; kIo: it cannot be read; kUnsupported: others can use it; kMalformed: its
// contents are not what they must be, and the text says how. Values; any thread.
#pragma once

#include <filesystem>
#include <string>

#include "verifier/core/error.h"

namespace heyan::ops {

inline constexpr std::size_t kMostPassword = 1024;

// All of it, but for the end of its last line.
core::Result<std::string> read_secret(const std::filesystem::path& file, std::size_t most);
// A key in PEM, whole.
core::Result<std::string> read_private_key(const std::filesystem::path& file);
// Likewise of TLS, which other servers of the machine may need, too: its group may read it (say,
// root:ssl-cert with mode 0640), and nobody else.
core::Result<std::string> read_tls_key(const std::filesystem::path& file);

// One line of at most so many bytes, with or without its end.
core::Result<std::string> read_password(const std::filesystem::path& file);

// A line with its name and one with its secret: printable, without spaces.
struct AccessKey {
  std::string name;
  std::string secret;
};
core::Result<AccessKey> read_access_key(const std::filesystem::path& file);

}  // namespace heyan::ops
