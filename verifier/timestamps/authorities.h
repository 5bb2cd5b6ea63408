// The time-stamp authorities of a trust list ([[tsa]]), each as what a token is verified against.
#pragma once

#include <string>
#include <vector>

#include "verifier/timestamps/verification.h"
#include "verifier/trust/trust_list.h"

namespace heyan::timestamps {

struct Authority {
  std::string institution;  // id; empty: the court lists nobody
  std::string trust_class;  // "qualified" "licensed-ca" "private"
  Trust trust;
};

// One for each [[tsa]] and each SM2 user id of its institution's anchors; where the list has none,
// one that trusts nobody, so that a token is still looked at. Keys of the institution that are not
// revoked are pinned, each for its period.
std::vector<Authority> authorities_of(const trust::TrustList& list);

}  // namespace heyan::timestamps
