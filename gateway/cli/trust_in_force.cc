#include "gateway/cli/trust_in_force.h"

#include "gateway/keys/court_trust.h"

namespace heyan::cli {

using supervisor::Offer;

void TrustInForce::note() {
  const auto found = keys::load_court_trust(config_.trust, config_.production);
  in_force_ = found ? std::optional(found->bundle) : std::nullopt;
}

Offer TrustInForce::look() const {
  const auto found = keys::load_court_trust(config_.trust, config_.production);
  if (!found) {
    std::string detail = found.error().what;
    for (const contents::Defect& defect : found.error().defects) detail += "; " + defect.detail;
    return {.what = Offer::Is::kRefused, .detail = std::move(detail)};
  }
  const trust::TrustBundle& bundle = found->bundle;
  if (bundle == in_force_) return {};
  if (in_force_ && bundle.id == in_force_->id && bundle.version < in_force_->version) {
    return {.what = Offer::Is::kRefused, .detail = "a newer trust bundle is in force"};
  }
  return {.what = Offer::Is::kNew, .detail = {}};
}

}  // namespace heyan::cli
