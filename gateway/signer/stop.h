// Why this signer signs no more reports until a person has looked: a judge was wrong about a
// canary (canary_watch.h), or a witness keeps a checkpoint of this log that does not lead here: the
// log was set back (security decision 16), and what would be logged now would be a second history.
//
// Threat: whoever profits from a wrong verdict would have it forgotten: with the process, with the
// front, with a program that is started afresh. So each reason is a file in the signer's own
// folder, which no other process can reach and which only a person takes away, before the next
// start: by hand, or that of a log that was set back by `heyan log renew`, which leaves that log.
// Where it cannot be written, this process stops all the same. One thread, the signer's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "verifier/core/error.h"

namespace heyan::signer {

enum class StopReason : std::uint8_t { kNone, kCanaryWrong, kLogSetBack };
std::string_view name(StopReason reason);  // "" "canary-wrong" "log-set-back"

// Of `folder`, the signer's: the file of that reason.
std::filesystem::path stop_file(const std::filesystem::path& folder, StopReason reason);

// What stands in that of kLogSetBack: what a witness keeps, and what is here. Then how many entries
// the witness keeps, as it stands there; nothing where somebody wrote something else.
std::string set_back_by(std::string_view witness, std::uint64_t kept, std::uint64_t here);
std::optional<std::uint64_t> kept_in(std::string_view detail);

class Stop {
 public:
  // `told`: once each time that a reason begins or is found, or that another witness is found to
  // keep more than those before, with what happened.
  using Told = std::function<void(std::string_view reason, std::string_view detail)>;
  Stop(std::filesystem::path folder, Told told)
      : folder_(std::move(folder)), told_(std::move(told)) {}

  // At the start: what was written before. kIo: the folder cannot be looked into.
  core::Result<void> find();
  // `detail`: for whoever reads the file. Of two reasons the log that was set back is named; of
  // several witnesses the file has what the one keeps that keeps most (set_back_by).
  void because(StopReason reason, std::string_view detail);

  StopReason reason() const { return reason_; }
  core::Result<void> check() const;          // kChanged: no report is signed
  core::Result<void> check_logging() const;  // kChanged: and nothing is logged

 private:
  void tell(StopReason reason, std::string_view detail);

  std::filesystem::path folder_;
  Told told_;
  StopReason reason_ = StopReason::kNone;
  bool set_back_ = false;
  std::uint64_t kept_ = 0;  // by the witness that the file of kLogSetBack names
};

}  // namespace heyan::signer
