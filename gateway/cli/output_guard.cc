#include "gateway/cli/output_guard.h"

#include <fmt/format.h>

#include <algorithm>

#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

namespace fs = std::filesystem;

// Links on the way resolved, as far as the path exists; without "." and a "/" at the end.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) whole = fs::absolute(path, error).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return resolved(a) == resolved(b) || fs::equivalent(a, b, error);
}

// The folder itself, or anything beneath it.
bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path whole = resolved(path);
  const fs::path above = resolved(folder);
  const auto [end, ignored] = std::ranges::mismatch(above, whole);
  return end == above.end();
}

bool holds_nothing(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

std::string shown(const fs::path& path) { return core::visible(path.string(), 1000); }

std::optional<std::string> misplaced_one(std::string_view option, const fs::path& output,
                                         const Inputs& inputs) {
  if (output.empty() || holds_nothing(output)) return std::nullopt;
  for (const fs::path& file : inputs.files) {
    if (!same_file(output, file)) continue;
    return fmt::format("{} {} would replace {}, which this command reads; name another file",
                       option, shown(output), shown(file));
  }
  for (const fs::path& folder : inputs.folders) {
    if (!lies_in(output, folder)) continue;
    return fmt::format(
        "{} {} lies in the folder {}, which this command reads; name a file elsewhere", option,
        shown(output), shown(folder));
  }
  return std::nullopt;
}

}  // namespace

void Inputs::add(const fs::path& path) {
  if (path.empty()) return;
  std::error_code error;
  (fs::is_directory(path, error) ? folders : files).push_back(path);
}

void Inputs::add_document(const fs::path& path, const SourceFiles& read) {
  if (path.empty()) return;
  files.push_back(path);
  for (const v1::SourceFile& file : read) files.push_back(path.parent_path() / file.path());
}

std::optional<std::string> misplaced(const Outputs& outputs, const Inputs& inputs) {
  if (auto why = misplaced_one("--out", outputs.out, inputs)) return why;
  if (auto why = misplaced_one("--record", outputs.record, inputs)) return why;
  if (outputs.out.empty() || outputs.record.empty() || holds_nothing(outputs.out) ||
      !same_file(outputs.out, outputs.record)) {
    return std::nullopt;
  }
  return "--out and --record name the same file; give each a file of its own";
}

}  // namespace heyan::cli
