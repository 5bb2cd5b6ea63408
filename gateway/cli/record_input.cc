#include "gateway/cli/record_input.h"

#include "gateway/os/folder.h"
#include "verifier/report/record_file.h"

namespace heyan::cli {
namespace {

// Proofs, case and trust list together.
constexpr std::size_t kLimitBytes = std::size_t{1} << 30;

}  // namespace

std::expected<v1::RecordFile, Trouble> read_record(const std::filesystem::path& path) {
  constexpr std::string_view kRemedy = "Name a file that `heyan verify --record` wrote.";
  const auto bytes = os::read_named_file(path, kLimitBytes);
  if (!bytes) return std::unexpected(trouble_of_named(bytes.error(), path.string(), kRemedy));
  auto file = report::decode_record_file(*bytes, core::Limits());
  if (!file) return std::unexpected(trouble_of(file.error(), path.string(), kRemedy));
  return *std::move(file);
}

}  // namespace heyan::cli
