// heyan config check|show: the configuration of a gateway.
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"

namespace heyan::cli {
ExitStatus run(const ConfigCheckOptions& options, Console& console) {
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  console.talk(say(options.language, "配置无误。", "The configuration is in order."));
  return ExitStatus::kOk;
}

ExitStatus run(const ConfigShowOptions& options, Console& console) {
  if (options.file.empty()) return print(ops::sample_config(), console);
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  return print(ops::to_toml(*config), console);
}

}  // namespace heyan::cli
