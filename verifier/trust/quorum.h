// Is a quorum reached by these institutions, and would it be without some of them?
//
// Members are institutions or other quorums; an institution counts once. Pure, any thread.
#pragma once

#include <set>
#include <string>

#include "verifier/trust/trust_list.h"

namespace heyan::trust {

struct QuorumCount {
  std::uint32_t required = 0;  // at_least of the quorum
  std::uint32_t valid = 0;     // members that hold: institutions present, or sub-quorums reached
  bool reached = false;        // valid >= required and each of must_include_kinds is present
};

// `present`: ids of the institutions whose signatures count. An unknown quorum id is never reached.
QuorumCount count_quorum(const TrustList& list, std::string_view quorum_id,
                         const std::set<std::string>& present);

// `present` without `linked`: the institutions of the neutral quorum.
std::set<std::string> without(const std::set<std::string>& present,
                              const std::set<std::string>& linked);

}  // namespace heyan::trust
