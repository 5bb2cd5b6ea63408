// heyan keys renew: new certificates for the keys that are there, before the old ones end.
#include <algorithm>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/trouble.h"
#include "gateway/keys/certificates.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using keys::Renew;
using keys::Renewal;
using Outcome = Renewal::Outcome;

struct Renewed {
  std::filesystem::path folder;
  std::vector<Renewal> certificates;
};

std::expected<Renewed, Trouble> renew(const KeysRenewOptions& options) {
  const Renew how = options.only_look ? Renew::kOnlyLook : Renew::kWrite;
  const bool of_gateway = !options.config.empty();
  Renewed renewed{.folder = options.folder, .certificates = {}};
  std::expected<std::vector<Renewal>, keys::Refusal> all;
  if (of_gateway) {
    HEYAN_TRY(const ops::Config config, load_configuration(options.config));
    renewed.folder = config.state / "keys";
    all = keys::renew_gateway_certificates(renewed.folder, config.token, now(), how);
  } else {
    all = keys::renew_report_certificates(renewed.folder, now(), how);
  }
  if (!all) return std::unexpected(trouble_of(std::move(all).error()));
  renewed.certificates = *std::move(all);
  return renewed;
}

std::string line_of(const Renewal& one, const KeysRenewOptions& options) {
  const auto in = [&options](std::string_view zh, std::string_view en) {
    return std::string(say(options.language, zh, en));
  };
  std::string line =
      one.name + in("：有效期至 ", ": valid until ") + core::format_rfc3339(one.until);
  if (one.outcome == Outcome::kOfAuthority) {
    line += in("；由他人签发，未换", "; issued by somebody else, not renewed");
  } else if (one.renewed) {
    line += (options.only_look ? in("；将换新，有效期至 ", "; would be renewed, until ")
                               : in("；已换新，有效期至 ", "; renewed, until ")) +
            core::format_rfc3339(*one.renewed);
  }
  return line + "\n";
}

// What is left to do.
void advise(const Renewed& renewed, const KeysRenewOptions& options, Console& console) {
  const auto any = [&renewed](Outcome outcome) {
    return std::ranges::find(renewed.certificates, outcome, &Renewal::outcome) !=
           renewed.certificates.end();
  };
  if (any(Outcome::kOfAuthority)) {
    console.talk(say(options.language,
                     "由他人签发的证书：请原签发者为同一密钥签发新证书，替换 *.cert.pem。",
                     "Of those that somebody else issued: have whoever did issue new ones for the "
                     "same keys, and put them in place of *.cert.pem."));
  }
  if (options.only_look) return;
  if (!any(Outcome::kRenewed)) {
    console.talk(say(options.language, "没有需要换新的证书；未作改动。",
                     "Nothing was to be renewed, and nothing was changed."));
    return;
  }
  console.talk(std::string(say(options.language, "新证书和保留的旧证书在：",
                               "The new certificates, and the old ones, are in: ")) +
               core::visible(renewed.folder.string(), 1000));
  if (!options.config.empty()) {
    console.talk(say(options.language,
                     "请重新启动网关（systemctl restart heyan），新证书随后使用；然后公布新的 "
                     "*.cert.pem。私钥未变，以前的报告仍可核验。",
                     "Restart the gateway (systemctl restart heyan), which uses them from then on; "
                     "then publish the new *.cert.pem. The keys are the same: reports from before "
                     "verify as before."));
  }
}

}  // namespace

ExitStatus run(const KeysRenewOptions& options, Console& console) {
  const auto renewed = renew(options);
  if (!renewed) return report_trouble(renewed.error(), console);
  std::string lines;
  bool left = false;
  for (const Renewal& one : renewed->certificates) {
    lines += line_of(one, options);
    left = left || one.outcome == Outcome::kOfAuthority;
  }
  if (const ExitStatus printed = print(lines, console); printed != ExitStatus::kOk) return printed;
  advise(*renewed, options, console);
  return left ? ExitStatus::kOpen : ExitStatus::kOk;
}

}  // namespace heyan::cli
