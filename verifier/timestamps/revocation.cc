#include "verifier/timestamps/revocation.h"

#include <algorithm>
#include <array>

namespace heyan::timestamps {
namespace {

// RFC 5280 5.3.1, those of RFC 3161 section 4.
constexpr std::array<std::uint8_t, 4> kOnlyFromThen = {0, 3, 4, 5};

Revocation effect_of(const crypto::Revocation& entry, core::UtcTime stamped, const Moment& moment) {
  if (moment.covered && *moment.covered < entry.at) return Revocation::kClear;
  if (!entry.reason || std::ranges::find(kOnlyFromThen, *entry.reason) == kOnlyFromThen.end()) {
    return Revocation::kWithKey;
  }
  return stamped < entry.at ? Revocation::kClear : Revocation::kBefore;
}

// Of one certificate by the lists that its issuer signed.
Revocation check_one(const crypto::Certificate& certificate, const crypto::Certificate& issuer,
                     std::span<const crypto::RevocationList> lists, core::UtcTime stamped,
                     const Moment& moment, crypto::SignatureChecker& checker,
                     std::string_view sm2_user_id) {
  Revocation worst = Revocation::kNotChecked;
  for (const crypto::RevocationList& list : lists) {
    if (!core::equal(list.issuer(), issuer.subject()) ||
        list.verify_signed_by(issuer, checker, sm2_user_id) != crypto::SignatureOutcome::kValid) {
      continue;
    }
    const auto entry = list.revocation(certificate.serial());
    if (!entry && !list.would_list(certificate, moment.relied_on())) continue;
    const Revocation found = entry ? effect_of(*entry, stamped, moment) : Revocation::kClear;
    if (worst == Revocation::kNotChecked || found > worst) worst = found;
  }
  return worst;
}

}  // namespace

Revocation check_revocation(std::span<const crypto::Certificate> path,
                            std::span<const crypto::RevocationList> lists, core::UtcTime stamped,
                            const Moment& moment, crypto::SignatureChecker& checker,
                            std::string_view sm2_user_id) {
  Revocation worst = Revocation::kClear;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    worst = std::max(worst,
                     check_one(path[i], path[i + 1], lists, stamped, moment, checker, sm2_user_id));
  }
  return worst;
}

}  // namespace heyan::timestamps
