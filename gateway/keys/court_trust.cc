#include "gateway/keys/court_trust.h"

#include "gateway/keys/trust_bundle.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;

std::unexpected<intake::Refusal> refuse(ErrorCode code, std::string_view text,
                                        const std::filesystem::path& file,
                                        std::string_view remedy) {
  return std::unexpected(
      intake::refusal_of({.code = code, .text = text, .offset = 0}, file.string(), remedy));
}

}  // namespace

std::expected<CourtTrust, intake::Refusal> load_court_trust(const ops::Trust& named,
                                                            bool production) {
  HEYAN_TRY(core::Bytes document, read_trust_bundle(named.bundle));
  HEYAN_TRY(intake::LoadedTrust list, intake::load_trust(named.trust_list));
  HEYAN_TRY(intake::LoadedPolicy policy, intake::load_policy(named.policy));
  return verify_court_trust(std::move(document), std::move(list), std::move(policy), named,
                            production);
}

std::expected<CourtTrust, intake::Refusal> verify_court_trust(core::Bytes document,
                                                              intake::LoadedTrust list,
                                                              intake::LoadedPolicy policy,
                                                              const ops::Trust& named,
                                                              bool production) {
  constexpr std::string_view kSignAnew =
      "Have the court sign this trust list and this policy together, with `heyan trust sign`.";
  HEYAN_TRY(trust::TrustBundle bundle,
            verify_trust_bundle(document, named.bundle, named.keys, named.at_least));
  if (production && bundle.sample) {
    return refuse(ErrorCode::kUnsupported, "a sample list is refused in production", named.bundle,
                  "Name the bundle of the court's own trust list.");
  }
  if (list.list.digest != bundle.trust_list || list.list.sample != bundle.sample) {
    return refuse(ErrorCode::kChanged, "it is not the one that the court signed", named.trust_list,
                  kSignAnew);
  }
  if (policy.policy.digest != bundle.policy) {
    return refuse(ErrorCode::kChanged, "it is not the one that the court signed",
                  named.policy.empty() ? "the built-in policy" : named.policy, kSignAnew);
  }
  return CourtTrust{.document = std::move(document),
                    .bundle = std::move(bundle),
                    .list = std::move(list),
                    .policy = std::move(policy)};
}

}  // namespace heyan::keys
