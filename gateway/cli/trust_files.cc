#include "gateway/cli/trust_files.h"

namespace heyan::cli {
namespace {

template <typename T>
std::expected<T, Trouble> or_trouble(std::expected<T, intake::Refusal> loaded) {
  if (loaded) return *std::move(loaded);
  return std::unexpected(trouble_of(std::move(loaded).error()));
}

}  // namespace

std::expected<LoadedTrust, Trouble> load_trust(const std::filesystem::path& path) {
  return or_trouble(intake::load_trust(path));
}
std::expected<LoadedPolicy, Trouble> load_policy(const std::filesystem::path& path) {
  return or_trouble(intake::load_policy(path));
}
std::expected<LoadedTrust, Trouble> parse_trust(const SourceFiles& files) {
  return or_trouble(intake::parse_trust(files));
}
std::expected<LoadedPolicy, Trouble> parse_policy(const SourceFiles& files) {
  return or_trouble(intake::parse_policy(files));
}

}  // namespace heyan::cli
