// Which institutions are linked to a party of the case, and how well that is known (Online
// Litigation Rules art. 17(2)).
#pragma once

#include <map>
#include <set>
#include <string>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/circumstances.pb.h"
#include "verifier/trust/trust_list.h"

namespace heyan::trust {

struct Links {
  std::set<std::string> institutions;                     // linked to any party
  std::map<std::string, std::set<std::string>> by_party;  // Party.id -> institutions
  bool established = false;  // every party has an identifier that the court checked, and every
                             // institution that is said to be linked is on the list
  bool declared = false;  // every party has an identifier, as far as the submission says (offline)
};

// Sources: linked_parties of the trust list (by identifier or exact name), linkedInstitutions of
// the submission, links known to the court.
Links find_links(const TrustList& list, const v1::CaseRecord& record,
                 const v1::Circumstances& circumstances);

}  // namespace heyan::trust
