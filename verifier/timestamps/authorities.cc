#include "verifier/timestamps/authorities.h"

#include <algorithm>
#include <map>

namespace heyan::timestamps {
namespace {

Authority authority_of(const trust::TimeAuthority& listed, const trust::Institution& institution) {
  Authority authority;
  authority.institution = institution.id;
  authority.trust_class = listed.trust_class;
  authority.trust.policies = listed.policies;
  authority.trust.accepted_from = listed.accepted_from;
  authority.trust.pins_bare = true;
  // Whoever has a revoked key writes any time: none of its tokens counts by the key alone.
  for (const trust::InstitutionKey& key : institution.keys) {
    if (!key.revoked_at) authority.trust.pins.push_back({key.key, key.valid_from, key.valid_until});
  }
  return authority;
}

// What one institution lists of a certificate's issuer says something of the certificate by
// whichever institution it counts: each sees all lists, and the issuers whose lists they are.
void share_revocation(std::vector<Authority>& authorities) {
  std::vector<crypto::Certificate> issuers;
  std::vector<crypto::RevocationList> lists;
  for (const Authority& one : authorities) {
    issuers.insert(issuers.end(), one.trust.anchors.begin(), one.trust.anchors.end());
    lists.insert(lists.end(), one.trust.revocation_lists.begin(), one.trust.revocation_lists.end());
  }
  for (Authority& one : authorities) {
    one.trust.candidates = issuers;
    one.trust.revocation_lists = lists;
  }
}

}  // namespace

std::vector<Authority> authorities_of(const trust::TrustList& list) {
  std::vector<Authority> authorities;
  for (const trust::TimeAuthority& listed : list.time_authorities) {
    const trust::Institution* institution = list.institution(listed.institution);
    if (institution == nullptr) continue;
    std::map<std::string, Authority> by_user_id;
    for (const trust::InstitutionCa& ca : institution->cas) {
      const auto [place, added] = by_user_id.try_emplace(ca.sm2_id);
      if (added) place->second = authority_of(listed, *institution);
      Trust& trust = place->second.trust;
      trust.sm2_user_id = ca.sm2_id;
      trust.anchors.push_back(ca.certificate);
      trust.revocation_lists.insert(trust.revocation_lists.end(), ca.revocation_lists.begin(),
                                    ca.revocation_lists.end());
    }
    for (auto& [user_id, authority] : by_user_id) authorities.push_back(std::move(authority));
  }
  share_revocation(authorities);
  if (authorities.empty()) authorities.emplace_back().trust.pins_bare = true;
  return authorities;
}

}  // namespace heyan::timestamps
