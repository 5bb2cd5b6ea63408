#include "gateway/cli/input_files.h"

#include "gateway/os/folder.h"

namespace heyan::cli {

std::expected<core::Bytes, Trouble> read_input(const std::string& path, std::size_t limit_bytes,
                                               std::string_view remedy) {
  auto bytes = os::read_named_file(path, limit_bytes);
  if (bytes) return *std::move(bytes);
  Trouble trouble = trouble_of_named(bytes.error(), path, remedy);
  if (bytes.error().code == core::ErrorCode::kUnsupported) {
    trouble.status = ExitStatus::kInputOutput;
  }
  return std::unexpected(std::move(trouble));
}

std::expected<std::optional<transparency::NoteVerifier>, Trouble> read_log_key(
    const std::filesystem::path& path) {
  constexpr std::string_view kRemedy = "Name the file log.vkey that you have from the court.";
  if (path.empty()) return std::nullopt;
  const auto bytes = read_input(path.string(), kKeyLimitBytes, kRemedy);
  if (!bytes) return std::unexpected(bytes.error());
  std::string_view text = core::as_text(*bytes);
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto key = transparency::NoteVerifier::parse(text);
  if (!key) return std::unexpected(trouble_of(key.error(), path.string(), kRemedy));
  return std::optional(*std::move(key));
}

}  // namespace heyan::cli
