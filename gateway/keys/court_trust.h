// What the court has put in force, read from where the configuration says: whom it believes, how
// strictly, and its signatures under both.
#pragma once

#include <expected>

#include "gateway/intake/trust_files.h"
#include "gateway/ops/config.h"
#include "verifier/trust/bundle.h"

namespace heyan::keys {

struct CourtTrust {
  core::Bytes document;  // the bundle as the court signed it
  trust::TrustBundle bundle;
  intake::LoadedTrust list;
  intake::LoadedPolicy policy;
};

// As load_trust_bundle and intake::load_trust. kUnsupported, too: a sample list in production;
// kChanged: list or policy are not those that the court signed.
std::expected<CourtTrust, intake::Refusal> load_court_trust(const ops::Trust& named,
                                                            bool production);

// The same of what was read before: the court's keys alone are read from where `named` says.
std::expected<CourtTrust, intake::Refusal> verify_court_trust(core::Bytes document,
                                                              intake::LoadedTrust list,
                                                              intake::LoadedPolicy policy,
                                                              const ops::Trust& named,
                                                              bool production);

}  // namespace heyan::keys
