#include "verifier/renewal.h"

#include <string_view>

#include "verifier/checks/digests.h"

namespace heyan {
namespace {

// Takes the end if it is the earliest after the report.
void consider(v1::Report& report, std::int64_t at_ms, std::string_view algorithm,
              std::string_view institution) {
  if (at_ms <= report.as_of_ms()) return;
  if (report.has_renew_before() && report.renew_before().at_ms() <= at_ms) return;
  v1::RenewBefore& earliest = *report.mutable_renew_before();
  earliest.set_at_ms(at_ms);
  earliest.set_algorithm(std::string(algorithm));
  earliest.set_institution(std::string(institution));
}

void consider_all(v1::Report& report, const v1::Attestation& attestation, const Judging& judging) {
  for (const v1::Signature& signature : attestation.signatures()) {
    if (!signature.counted() || !signature.has_valid_until_ms()) continue;
    consider(report, signature.valid_until_ms(), {}, signature.institution());
  }
  for (const v1::Digest& digest : attestation.record().digests()) {
    const std::string_view name = checks::algorithm_name(digest.algorithm());
    const auto until = judging.policy.algorithm_until.find(std::string(name));
    if (until == judging.policy.algorithm_until.end()) continue;
    consider(report, core::to_unix_ms(until->second), name, {});
  }
}

}  // namespace

void add_renewal(v1::Report& report, const Judging& judging) {
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (attestation.outcome() == v1::OUTCOME_PASS) consider_all(report, attestation, judging);
    }
  }
}

}  // namespace heyan
