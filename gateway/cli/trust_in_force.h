// The court's trust that a running gateway goes by, against what is in its place now.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "gateway/keys/court_trust.h"
#include "gateway/ops/config.h"
#include "gateway/os/descriptor.h"
#include "gateway/supervisor/supervisor.h"

namespace heyan::cli {

class TrustInForce {
 public:
  explicit TrustInForce(const ops::Config& config) : config_(config) {}

  // Puts in force what lies there; where that is refused, what is in force stays.
  supervisor::Trust take();
  // Refused: what a start would refuse, and an older version than the one in force.
  supervisor::Offer look() const;

 private:
  std::expected<keys::CourtTrust, std::string> offered() const;

  const ops::Config& config_;
  std::optional<trust::TrustBundle> in_force_;
  os::Descriptor sealed_;  // of the same
};

}  // namespace heyan::cli
