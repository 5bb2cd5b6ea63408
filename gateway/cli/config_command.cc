// heyan config check|show: the configuration of a gateway.
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/trouble.h"
#include "gateway/ops/environment.h"
#include "gateway/worker/court_box.h"

namespace heyan::cli {
ExitStatus run(const ConfigCheckOptions& options, Console& console) {
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  const worker::CourtBench courts({config->courts.begin(), config->courts.end()});
  if (std::string fault = courts.fault(); !fault.empty()) {
    return report_trouble({.status = ExitStatus::kMalformed,
                           .what = std::move(fault),
                           .defects = {},
                           .remedy = "`heyan config show` prints an example with every key."},
                          console);
  }
  console.talk(say(options.language, "配置无误。", "The configuration is in order."));
  return ExitStatus::kOk;
}

ExitStatus run(const ConfigShowOptions& options, Console& console) {
  if (options.file.empty()) return print(ops::sample_config(), console);
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  std::string text;
  for (const std::string& entry : ops::own_environment()) {
    if (!entry.starts_with("HEYAN_")) continue;
    text += "# " +
            std::string(say(options.language, "由环境变量指定：", "from the environment: ")) +
            entry.substr(0, entry.find('=')) + "\n";
  }
  return print(text + ops::to_toml(*config), console);
}

}  // namespace heyan::cli
