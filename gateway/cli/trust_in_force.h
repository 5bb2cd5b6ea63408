// The court's trust that a running gateway began with, against what is in its place now.
#pragma once

#include <optional>

#include "gateway/ops/config.h"
#include "gateway/supervisor/supervisor.h"
#include "verifier/trust/bundle.h"

namespace heyan::cli {

class TrustInForce {
 public:
  explicit TrustInForce(const ops::Config& config) : config_(config) {}

  // The programs read it now; what is wrong with it they say themselves.
  void note();
  // Refused: what a start would refuse, and an older version than the one in force.
  supervisor::Offer look() const;

 private:
  const ops::Config& config_;
  std::optional<trust::TrustBundle> in_force_;
};

}  // namespace heyan::cli
