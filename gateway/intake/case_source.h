// A case as it was handed over, a folder or a .zip of one: its files by the paths that case.json
// names.
//
// Threat: everything in it is an attacker's. No path leads out of it, nothing is unpacked to disk,
// memory does not depend on declared sizes. Not for use from two threads at once.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string_view>

#include "gateway/intake/refusal.h"
#include "gateway/os/byte_sink.h"
#include "gateway/os/folder.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::intake {

class CaseSource {
 public:
  virtual ~CaseSource() = default;
  // Size of the file of that path. kNotFound: there is none; kUnsupported: a link, a way out, no
  // regular file.
  virtual core::Result<std::uint64_t> size_of(std::string_view path) = 0;
  // The whole file into `sink`. Errors as above, and those of the sink.
  virtual core::Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) = 0;
  // The file, or a copy of it without a name, to be handed to a box. Errors as above.
  virtual core::Result<os::OpenFile> open(std::string_view path) = 0;

  // The bytes that are judged by: case.json and proofs. Errors as above; kLimit: more than `most`;
  // kChanged: while it was read, or since it was received.
  core::Result<core::Bytes> content(std::string_view path, std::size_t most);

 private:
  // Where somebody noted what came: whether these are those bytes.
  virtual bool is_as_received(std::string_view, core::ByteView) const { return true; }
};

// The case at `path`: a folder, or else a regular file that is a .zip archive.
std::expected<std::unique_ptr<CaseSource>, Refusal> open_case(const std::filesystem::path& path,
                                                              const core::Limits& limits);

// The two kinds. Use open_case.
std::expected<std::unique_ptr<CaseSource>, Refusal> open_folder_case(
    const std::filesystem::path& path);
std::expected<std::unique_ptr<CaseSource>, Refusal> open_zip_case(const std::filesystem::path& path,
                                                                  const core::Limits& limits);

}  // namespace heyan::intake
