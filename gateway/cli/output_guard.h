// Outputs that would replace what the command reads, or each other: refused before anything is
// judged.
//
// Threat: none from outside; a slip of the hand must not cost the only copy of a piece of evidence.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cli/trust_files.h"

namespace heyan::cli {

// What a command reads.
struct Inputs {
  std::vector<std::filesystem::path> files;    // none of them may be an output
  std::vector<std::filesystem::path> folders;  // nor anything beneath one of these

  // A folder or a file, whichever it is; empty: nothing.
  void add(const std::filesystem::path& path);
  // The document at `path` and every file that was read beneath its folder.
  void add_document(const std::filesystem::path& path, const SourceFiles& files);
};

// What --out and --record name; an empty path: not given.
struct Outputs {
  std::filesystem::path out;
  std::filesystem::path record;
};

// Why they cannot be written, with what to do; absent where they can. Devices and pipes hold
// nothing that could be lost.
std::optional<std::string> misplaced(const Outputs& outputs, const Inputs& inputs);

}  // namespace heyan::cli
