#include "gateway/ops/log.h"

#include <unistd.h>

#include <chrono>

#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::ops {

void Log::say(std::string_view event,
              std::vector<std::pair<std::string_view, core::json::Value>> fields) const {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  core::json::Value line;
  line.set("time", core::format_rfc3339(now)).set("program", program_).set("event", event);
  for (auto& [name, value] : fields) line.set(name, std::move(value));
  const std::string text = core::json::write_canonical(line) + "\n";
  // Nobody to tell where this fails.
  static_cast<void>(!::write(descriptor_, text.data(), text.size()));
}

void Log::say_each(std::string_view event, const ConfigErrors& errors) const {
  for (const trust::ConfigError& error : errors) {
    say(event, {{"detail", core::visible(trust::to_string(error), 2000)}});
  }
}

}  // namespace heyan::ops
