#include "gateway/signer/stop.h"

#include <array>
#include <charconv>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"

namespace heyan::signer {
namespace {

constexpr std::array kReasons = {StopReason::kCanaryWrong, StopReason::kLogSetBack};
constexpr std::string_view kKeeps = " keeps a checkpoint of this log with ";
constexpr std::size_t kMostDetailBytes = 4096;

std::uint64_t kept_by(const std::filesystem::path& file) {
  const auto detail = os::read_named_file(file, kMostDetailBytes);
  return detail ? kept_in(core::as_text(*detail)).value_or(0) : 0;
}

}  // namespace

std::string_view name(StopReason reason) {
  switch (reason) {
    case StopReason::kCanaryWrong:
      return "canary-wrong";
    case StopReason::kLogSetBack:
      return "log-set-back";
    case StopReason::kNone:
      break;
  }
  return {};
}

std::filesystem::path stop_file(const std::filesystem::path& folder, StopReason reason) {
  return folder / ("stopped-" + std::string(name(reason)));
}

std::string set_back_by(std::string_view witness, std::uint64_t kept, std::uint64_t here) {
  return "The witness " + std::string(witness) + std::string(kKeeps) + std::to_string(kept) +
         " entries that does not lead to the " + std::to_string(here) + " that are here.";
}

std::optional<std::uint64_t> kept_in(std::string_view detail) {
  const std::size_t at = detail.find(kKeeps);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = detail.substr(at + kKeeps.size());
  std::uint64_t kept = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), kept);
  return read.ec == std::errc() ? std::optional(kept) : std::nullopt;
}

// Whatever the file holds: that it is there is what counts. Where no size of a witness is in it,
// the next witness that is asked writes its own.
core::Result<void> Stop::find() {
  for (const StopReason reason : kReasons) {
    std::error_code error;
    const auto status = std::filesystem::symlink_status(stop_file(folder_, reason), error);
    if (status.type() == std::filesystem::file_type::none) {
      return core::fail(core::ErrorCode::kIo, "the signer's folder cannot be looked into");
    }
    if (!std::filesystem::exists(status)) continue;
    if (reason == StopReason::kLogSetBack) kept_ = kept_by(stop_file(folder_, reason));
    tell(reason, "since before this start");
  }
  return {};
}

// Each witness is asked by itself, and none knows how far the others are: a log that follows what
// the first one keeps would be a second history to one that keeps more.
void Stop::because(StopReason reason, std::string_view detail) {
  if (reason == StopReason::kLogSetBack) {
    const std::uint64_t kept = kept_in(detail).value_or(0);
    if (set_back_ && kept <= kept_) return;
    kept_ = kept;
  } else if (reason_ == reason) {
    return;
  }
  const auto written = os::write_whole(stop_file(folder_, reason), std::string(detail) + "\n",
                                       os::Privacy::kOwnerOnly);
  tell(reason, detail);
  if (!written && told_) told_(name(reason), "this cannot be written down");
}

void Stop::tell(StopReason reason, std::string_view detail) {
  if (reason_ == StopReason::kNone || reason == StopReason::kLogSetBack) reason_ = reason;
  set_back_ = set_back_ || reason == StopReason::kLogSetBack;
  if (told_) told_(name(reason), detail);
}

core::Result<void> Stop::check() const {
  if (reason_ == StopReason::kNone) return {};
  return core::fail(core::ErrorCode::kChanged,
                    "no report is signed until a person has looked: see docs/operator.md");
}

core::Result<void> Stop::check_logging() const {
  if (!set_back_) return {};
  return core::fail(core::ErrorCode::kChanged,
                    "the log was set back, and nothing is logged until a person has looked: "
                    "signer/stopped-log-set-back in the state folder says who keeps what. Bring "
                    "back the database that knows everything, or begin a new log that follows what "
                    "the witness keeps (heyan log renew, which removes that file); where either is "
                    "done already, remove the file: see docs/operator.md, Witnesses");
}

}  // namespace heyan::signer
