#include "gateway/signer/stop.h"

#include <array>

#include "gateway/os/write_file.h"

namespace heyan::signer {
namespace {

constexpr std::array kReasons = {StopReason::kCanaryWrong, StopReason::kLogSetBack};

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

std::filesystem::path Stop::file_of(StopReason reason) const {
  return folder_ / ("stopped-" + std::string(name(reason)));
}

// Whatever the file holds: that it is there is what counts.
core::Result<void> Stop::find() {
  for (const StopReason reason : kReasons) {
    std::error_code error;
    const auto status = std::filesystem::symlink_status(file_of(reason), error);
    if (status.type() == std::filesystem::file_type::none) {
      return core::fail(core::ErrorCode::kIo, "the signer's folder cannot be looked into");
    }
    if (std::filesystem::exists(status)) tell(reason, "since before this start");
  }
  return {};
}

void Stop::because(StopReason reason, std::string_view detail) {
  if (reason_ == reason || (set_back_ && reason == StopReason::kLogSetBack)) return;
  const auto written =
      os::write_whole(file_of(reason), std::string(detail) + "\n", os::Privacy::kOwnerOnly);
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
                    "the log was set back, and nothing is logged until a person has looked: see "
                    "docs/operator.md");
}

}  // namespace heyan::signer
