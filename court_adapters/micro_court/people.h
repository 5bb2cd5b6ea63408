// Parties (dsr) and agents (dlr) of a filing: who they are, checked by the rules of their numbers.
#pragma once

#include <string>
#include <vector>

#include "court_adapters/micro_court/codes.h"
#include "court_adapters/micro_court/reading.h"
#include "heyan/v1/submission.pb.h"

namespace heyan::court_adapters::micro_court {

struct People {
  std::vector<v1::Party> parties;
  std::vector<v1::Party> agents;  // role AGENT
  std::string submitting_agent;   // name of the agent who files (sfsqr); empty: a party files
};

// What the records of a filing must agree with.
struct FilingIds {
  std::string filing;  // layy.id
  std::string court;   // layy.fyid
  CaseGroup group = CaseGroup::kUnknown;
};

// `data`: the message's. Defects: field-required unknown-code role-mismatch plaintiff-missing
// resident-id-invalid birthdate-mismatch credit-code-invalid reference-mismatch dangling-reference
// duplicate-key. Remarks: code-not-attested legacy-resident-id organisation-code-check
// unknown-department.
People read_people(const Node& data, const FilingIds& ids, const Reading& reading);

// A record's layyid and fyId, where given, name this filing and its court. Used by all lists.
void check_belonging(const Node& record, const FilingIds& ids, const Reading& reading);

// Every object of the lists of these names, one after the other: dsr or dsrs.
std::vector<Node> records_of(const Node& data, std::string_view name, std::string_view plural,
                             const Reading& reading);

}  // namespace heyan::court_adapters::micro_court
