#include "gateway/cli/trust_in_force.h"

#include "gateway/keys/trust_in_force.h"

namespace heyan::cli {

using supervisor::Offer;

std::expected<keys::CourtTrust, std::string> TrustInForce::offered() const {
  auto found = keys::load_court_trust(config_.trust, config_.production);
  if (!found) {
    std::string detail = found.error().what;
    for (const contents::Defect& defect : found.error().defects) detail += "; " + defect.detail;
    return std::unexpected(std::move(detail));
  }
  const trust::TrustBundle& bundle = found->bundle;
  if (in_force_ && bundle.id == in_force_->id && bundle.version < in_force_->version) {
    return std::unexpected("a newer trust bundle is in force");
  }
  return *std::move(found);
}

supervisor::Trust TrustInForce::take() {
  const auto found = offered();
  if (!found) return {.sealed = sealed_.get(), .refused = found.error()};
  auto sealed = keys::seal_trust(*found);
  if (!sealed) return {.sealed = sealed_.get(), .refused = std::string(sealed.error().text)};
  in_force_ = found->bundle;
  sealed_ = *std::move(sealed);
  return {.sealed = sealed_.get(), .refused = {}};
}

Offer TrustInForce::look() const {
  const auto found = offered();
  if (!found) return {.what = Offer::Is::kRefused, .detail = found.error()};
  return {.what = found->bundle == in_force_ ? Offer::Is::kSame : Offer::Is::kNew, .detail = {}};
}

}  // namespace heyan::cli
