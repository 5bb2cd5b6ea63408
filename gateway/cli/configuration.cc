#include "gateway/cli/configuration.h"

#include "verifier/core/text.h"

namespace heyan::cli {

std::expected<ops::Config, Trouble> load_configuration(const std::filesystem::path& file) {
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

std::expected<void, Trouble> expect_of_court(const ops::Config& config) {
  if (config.listen.serves == ops::Serves::kEverybody) return {};
  return std::unexpected(Trouble{.status = ExitStatus::kMalformed,
                                 .what = "this gateway serves litigants alone",
                                 .defects = {},
                                 .remedy = "Run this at a gateway of the court, over the same "
                                           "database."});
}

}  // namespace heyan::cli
