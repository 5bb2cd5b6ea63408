#include <chrono>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/signing_keys.h"
#include "verifier/core/text.h"

namespace heyan::cli {

ExitStatus run(const KeysNewOptions& options, Console& console) {
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
