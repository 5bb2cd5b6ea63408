// heyan serve: makes an installation for development where there is none, then runs the gateway.
#include <fmt/format.h>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/programs.h"
#include "gateway/cli/trouble.h"
#include "gateway/cli/trust_in_force.h"
#include "gateway/ops/config.h"
#include "gateway/ops/program_words.h"
#include "gateway/setup/demo_accounts.h"
#include "gateway/setup/development.h"
#include "gateway/supervisor/supervisor.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

void describe(const path& state, const ops::Config& config, catalogue::Language language,
              Console& console) {
  const std::string folder = core::visible(state.string(), 1000);
  console.talk(
      fmt::format("{}{}", say(language, "开发用安装：", "Development installation: "), folder));
  console.talk(fmt::format("  https://localhost:{}   CA: {}/front/tls/ca.cert.pem",
                           config.listen.people.port, folder));
  console.talk(
      fmt::format("  {}https://localhost:{}   {}/demo/court-system.cert.pem, court-system.key.pem",
                  say(language, "法院系统（双向 TLS）：", "court systems (mutual TLS): "),
                  config.listen.court.port, folder));
  console.talk(fmt::format("  {}{}/demo/accounts.txt",
                           say(language, "演示账号与密码：", "accounts to sign in with: "),
                           folder));
}

std::expected<path, Trouble> find_or_make(const ServeOptions& options) {
  path existing = options.state / "heyan.toml";
  std::error_code error;
  if (std::filesystem::exists(existing, error)) return existing;
  const path sample = options.sample.empty() ? ops::program_folder().parent_path() / "share" /
                                                   "heyan" / "sample" / "trust"
                                             : options.sample;
  if (!std::filesystem::is_regular_file(sample / "trust.toml", error)) {
    return std::unexpected(Trouble{
        .status = ExitStatus::kUsage,
        .what = core::visible((sample / "trust.toml").string(), 1000) + ": there is no trust list",
        .defects = {},
        .remedy = "Name the folder of the sample trust list with --sample, or a configuration with "
                  "--config."});
  }
  auto made = setup::make_development({.state = options.state,
                                       .sample = sample,
                                       .port = static_cast<std::uint16_t>(options.port),
                                       .now = now()});
  if (!made) return std::unexpected(trouble_of(std::move(made).error()));
  return *std::move(made);
}

// All programs would begin with the configuration as it is by then.
supervisor::Offer look(const TrustInForce& trust, const path& file) {
  const auto config = ops::load_config(file);
  if (config) return trust.look();
  return {.what = supervisor::Offer::Is::kRefused,
          .detail = core::visible(trust::to_string(config.error().front()), 2000)};
}

}  // namespace

ExitStatus run(const ServeOptions& options, Console& console) {
  path file = options.config;
  if (file.empty()) {
    auto found = find_or_make(options);
    if (!found) return report_trouble(found.error(), console);
    file = *std::move(found);
  }
  const auto config = ops::load_config(file);
  if (!config) return run(ConfigCheckOptions{.file = file, .language = options.language}, console);
  if (options.config.empty()) {
    const auto made = setup::make_demo_accounts(*config, core::to_unix_ms(now()));
    if (!made) return report_trouble(trouble_of(made.error()), console);
    describe(options.state, *config, options.language, console);
  }

  if (options.prepare) return ExitStatus::kOk;
  TrustInForce trust(*config);
  return static_cast<ExitStatus>(
      supervisor::supervise({.programs = ops::program_folder(),
                             .config = std::filesystem::absolute(file),
                             .with_egress = ops::calls_somebody(*config),
                             .take_trust = [&trust] { return trust.take(); },
                             .look_at_trust = [&] { return look(trust, file); }}));
}

}  // namespace heyan::cli
