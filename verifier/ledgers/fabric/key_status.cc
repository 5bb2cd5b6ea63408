#include "verifier/ledgers/fabric/key_status.h"

#include <algorithm>

namespace heyan::ledgers::fabric {
namespace {

using crypto::SignatureOutcome;

bool issued(const crypto::Certificate& ca, const crypto::Certificate& certificate) {
  return core::equal(ca.subject(), certificate.issuer()) &&
         core::equal(ca.subject_key_id(), certificate.authority_key_id());
}

}  // namespace

// By the newest config that the court or the orderers authenticated. Where the replay runs from
// before that config to it, the order of the blocks shows that the signature is older.
bool KeyStatuses::is_revoked_later(const Identity& identity) {
  const ConfigLink& newest = evaluation_.scene->configs->latest();
  const ConfigLink& in_force = *evaluation_.single->config;
  if (newest.number <= in_force.number) return false;
  const auto replayed = [&](const ChainAnswer& chain) {
    const auto hash = chain.header_hashes.find(newest.number);
    return hash != chain.header_hashes.end() && core::equal(hash->second, newest.header_hash);
  };
  if (evaluation_.chain_reaches_record && replayed(*evaluation_.chain)) return false;
  const Msp* msp = newest.config->msp(identity.msp);
  return msp != nullptr && msp->revokes(*identity.certificate, verifier_);
}

// The institution's own CA, where the trust list has it with revocation lists.
void KeyStatuses::ask_institution(const crypto::Certificate& certificate,
                                  std::string_view institution, bool& revoked, bool& unavailable) {
  const trust::Institution* entry = judging_.trust.institution(institution);
  if (entry == nullptr) return;
  for (const trust::InstitutionCa& ca : entry->cas) {
    if (ca.revocation_lists.empty() || !issued(ca.certificate, certificate)) continue;
    if (certificate.verify_signed_by(ca.certificate, verifier_.checker(), ca.sm2_id) !=
        SignatureOutcome::kValid) {
      continue;
    }
    bool fresh = false;
    for (const crypto::RevocationList& list : ca.revocation_lists) {
      if (list.verify_signed_by(ca.certificate, verifier_.checker(), ca.sm2_id) !=
          SignatureOutcome::kValid)
        continue;
      fresh = fresh || list.would_list(certificate, judging_.as_of);
      revoked = revoked || list.revoked_at(certificate.serial()).has_value();
    }
    unavailable = unavailable || !fresh;
  }
}

KeyStatus KeyStatuses::judge(const Identity& identity, std::string_view institution) {
  const crypto::Certificate& certificate = *identity.certificate;
  KeyStatus status;
  bool revoked = is_revoked_later(identity);
  bool unavailable = false;
  ask_institution(certificate, institution, revoked, unavailable);
  if (revoked) {
    status.counted = false;
    status.reasons.push_back(v1::REASON_NODE_CERT_REVOKED_NO_POE);
    return status;
  }
  if (unavailable) status.reasons.push_back(v1::REASON_REVOCATION_UNAVAILABLE);
  // A period that has not begun yet counts like one that is over: Fabric counts both.
  const bool early = certificate.not_before() > judging_.as_of;
  if (early || certificate.not_after() < judging_.as_of) {
    status.reasons.push_back(early ? v1::REASON_NODE_CERT_NOT_YET_VALID
                                   : v1::REASON_NODE_CERT_EXPIRED_NO_POE);
    status.counted = !judging_.policy.strict_expiry;
  }
  return status;
}

}  // namespace heyan::ledgers::fabric
