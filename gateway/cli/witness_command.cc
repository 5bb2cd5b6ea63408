// heyan witness new|run: a witness of transparency logs, made and run.
#include <unistd.h>

#include <array>

#include "gateway/cli/commands.h"
#include "gateway/cli/programs.h"
#include "gateway/cli/trouble.h"
#include "gateway/ops/config_values.h"
#include "gateway/os/folder.h"
#include "gateway/witness/settings.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

constexpr std::size_t kVkeyBytes = 4u << 10;

std::expected<witness::Log, Trouble> read_log(const std::string& file) {
  const auto bytes = os::read_named_file(file, kVkeyBytes);
  if (!bytes) {
    return std::unexpected(
        trouble_of_named(bytes.error(), file, "Name the file with the log's vkey."));
  }
  std::string_view vkey = core::as_text(*bytes);
  if (vkey.ends_with('\n')) vkey.remove_suffix(1);
  auto log = witness::log_of(vkey);
  if (!log) return std::unexpected(trouble_of(std::move(log).error()));
  return *std::move(log);
}

std::expected<std::string, Trouble> make(const WitnessNewOptions& options) {
  witness::Settings settings{.name = options.name, .listen = {"127.0.0.1", 8460}, .logs = {}};
  if (!options.listen.empty()) {
    const auto address = ops::parse_address(options.listen);
    if (!address) {
      return std::unexpected(Trouble{.status = ExitStatus::kUsage,
                                     .what = "--listen: it is no numeric address with a port",
                                     .defects = {},
                                     .remedy = "Write for example 127.0.0.1:8460."});
    }
    settings.listen = *address;
  }
  for (const std::string& file : options.logs) {
    HEYAN_TRY(witness::Log log, read_log(file));
    settings.logs.push_back(std::move(log));
  }
  auto vkey = witness::make_witness(options.folder, settings);
  if (vkey) return *std::move(vkey);
  const bool usage = vkey.error().code == core::ErrorCode::kDuplicate;
  Trouble trouble = trouble_of(std::move(vkey).error());
  if (usage) trouble.status = ExitStatus::kUsage;
  return std::unexpected(std::move(trouble));
}

}  // namespace

ExitStatus run(const WitnessNewOptions& options, Console& console) {
  const auto vkey = make(options);
  if (!vkey) return report_trouble(vkey.error(), console);
  console.talk(std::string(say(options.language, "见证人已建立：", "The witness is in: ")) +
               core::visible(options.folder.string(), 1000));
  console.talk(
      say(options.language,
          "请把下面的公钥交给日志的运行者；私钥和 witness.db 不要给任何人，也不要从备份恢复。",
          "Give the key below to whoever runs the log; give nobody the private key or "
          "witness.db, and never restore them from a backup."));
  return print(*vkey + "\n", console);
}

// Becomes heyan-witness, which hears the signals then.
ExitStatus run(const WitnessRunOptions& options, Console& console) {
  std::string program = (programs() / "heyan-witness").string();
  std::string word = "--folder";
  std::string folder = options.folder.string();
  const std::array<char*, 4> arguments = {program.data(), word.data(), folder.data(), nullptr};
  ::execv(program.c_str(), arguments.data());
  return report_trouble({.status = ExitStatus::kInternal,
                         .what = core::visible(program, 1000) + ": it cannot be started",
                         .defects = {},
                         .remedy = "Install it beside heyan."},
                        console);
}

}  // namespace heyan::cli
