// heyan log renew: a new report log after one that cannot be continued (security decision 16).
#include <fmt/format.h>

#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/input_files.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

std::unexpected<Trouble> refuse(core::ErrorCode code, std::string_view what, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(trouble_of({code, what}, subject.string(), remedy));
}

// The folder of the old log's files, which are kept.
std::expected<path, Trouble> renew(const LogRenewOptions& options) {
  HEYAN_TRY(const ops::Config config, load_configuration(options.config));
  const path vkey = config.state / "keys/log.vkey";
  HEYAN_TRY(const auto old_key, read_log_key(vkey));
  if (config.log_follows.empty() || old_key->name() == config.log_name) {
    return refuse(core::ErrorCode::kMalformed, "it names no new log, or not what it follows",
                  options.config, "Set name and follows in [log].");
  }
  HEYAN_TRY(const core::Bytes note, read_input(config.log_follows.string(),
                                               transparency::kNoteBytes, "Name the checkpoint."));
  const auto checkpoint = log_audit::read_checkpoint(core::as_text(note), &*old_key);
  if (!checkpoint) {
    return std::unexpected(trouble_of(checkpoint.error(), config.log_follows.string(),
                                      "Take the last checkpoint of the old log that anybody has."));
  }
  path kept = config.state / ("log-" + core::to_hex(old_key->id()));
  std::error_code error;
  std::filesystem::rename(config.state / "log", kept, error);
  if (error) {
    return refuse(core::ErrorCode::kIo, "the published files cannot be put aside", kept,
                  "Check the state folder.");
  }
  if (auto named = keys::follow_log(config.state / "keys", config.log_name); !named) {
    return std::unexpected(trouble_of(std::move(named).error()));
  }
  return kept;
}

}  // namespace

ExitStatus run(const LogRenewOptions& options, Console& console) {
  const auto kept = renew(options);
  if (!kept) return report_trouble(kept.error(), console);
  console.talk(std::string(say(options.language, "旧日志的文件保存在：",
                               "The files of the old log are kept in: ")) +
               core::visible(kept->string(), 1000));
  console.talk(say(options.language, "请公布新的 log.vkey，再启动网关。",
                   "Publish the new log.vkey, and start the gateway."));
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
