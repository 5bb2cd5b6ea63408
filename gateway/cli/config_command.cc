// heyan config check|show: the configuration of a gateway.
#include "gateway/cli/commands.h"
#include "gateway/cli/trouble.h"
#include "gateway/ops/config.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

std::expected<ops::Config, Trouble> load(const std::filesystem::path& file) {
  auto config = ops::load_config(file);
  if (config) return *std::move(config);
  std::string text = "the configuration is not as it must be";
  for (const trust::ConfigError& error : config.error()) {
    text += "\n  " + core::visible(trust::to_string(error), 2000);
  }
  return std::unexpected(
      Trouble{.status = ExitStatus::kMalformed,
              .what = std::move(text),
              .defects = {},
              .remedy = "`heyan config show` prints an example with every key."});
}

}  // namespace

ExitStatus run(const ConfigCheckOptions& options, Console& console) {
  const auto config = load(options.file);
  if (!config) return report_trouble(config.error(), console);
  console.talk(say(options.language, "配置无误。", "The configuration is in order."));
  return ExitStatus::kOk;
}

ExitStatus run(const ConfigShowOptions& options, Console& console) {
  if (options.file.empty()) return print(ops::sample_config(), console);
  const auto config = load(options.file);
  if (!config) return report_trouble(config.error(), console);
  return print(ops::to_toml(*config), console);
}

}  // namespace heyan::cli
