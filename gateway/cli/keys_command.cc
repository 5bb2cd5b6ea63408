// heyan keys new: keys for signing at the command line, or all those of a gateway.
#include <chrono>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/signing_keys.h"
#include "gateway/keys/gateway_keys.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

std::expected<std::filesystem::path, Trouble> make_for_gateway(const KeysNewOptions& options) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  std::error_code error;
  std::filesystem::create_directories(config.state, error);  // keys/ says what is wrong, if it is
  std::filesystem::path folder = config.state / "keys";
  auto made = keys::make_gateway_keys(folder, options.name, config.log_name, now(), config.token);
  if (made) return folder;
  const bool usage = made.error().code == core::ErrorCode::kDuplicate;
  Trouble trouble = trouble_of(std::move(made).error());
  if (usage) trouble.status = ExitStatus::kUsage;
  return std::unexpected(std::move(trouble));
}

ExitStatus run_for_gateway(const KeysNewOptions& options, Console& console) {
  const auto folder = make_for_gateway(options);
  if (!folder) return report_trouble(folder.error(), console);
  console.talk(
      std::string(say(options.language, "密钥和证书已写入：", "Keys and certificates are in: ")) +
      core::visible(folder->string(), 1000));
  console.talk(say(options.language,
                   "请公布各 *.cert.pem（报告、回执、PDF 和 XML 签章、二维码）和 "
                   "log.vkey；*.key.pem 不要给任何人。",
                   "Publish the *.cert.pem (of reports, receipts, PDF and XML seals and codes) "
                   "and log.vkey; never give away *.key.pem."));
  return ExitStatus::kOk;
}

}  // namespace

ExitStatus run(const KeysNewOptions& options, Console& console) {
  if (!options.config.empty()) return run_for_gateway(options, console);
  if (const auto made = make_signing_keys(options.folder, options.name, now()); !made) {
    return report_trouble(made.error(), console);
  }
  const std::string folder = core::visible(options.folder.string(), 1000);
  console.talk(
      std::string(say(options.language, "密钥和证书已写入：", "Keys and certificates are in: ")) +
      folder);
  console.talk(
      say(options.language,
          "请把 es256.cert.pem 和 sm2.cert.pem 交给需要核验报告的人；*.key.pem 不要给任何人。",
          "Give es256.cert.pem and sm2.cert.pem to whoever verifies your reports; "
          "never give away *.key.pem."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
