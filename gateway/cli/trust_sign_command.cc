// heyan trust sign FILE: a trust list and a policy as one object that the court signed.
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/trouble.h"
#include "gateway/os/write_file.h"
#include "gateway/setup/bundle.h"
#include "verifier/core/text.h"

namespace heyan::cli {

ExitStatus run(const TrustSignOptions& options, Console& console) {
  const std::vector<std::filesystem::path> keys(options.keys.begin(), options.keys.end());
  auto document = setup::sign_bundle({.trust_list = options.trust,
                                      .policy = options.policy,
                                      .id = options.id,
                                      .version = options.version,
                                      .issued = now(),
                                      .next_update = options.next_update},
                                     keys);
  if (!document) return report_trouble(trouble_of(std::move(document).error()), console);
  if (const auto written = os::write_whole(options.out, *document); !written) {
    return report_trouble(
        trouble_of(written.error(), options.out.string(), "Check the path and its permissions."),
        console);
  }
  console.talk(std::string(say(options.language, "已写入：", "Written: ")) +
               core::visible(options.out.string(), 1000));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
