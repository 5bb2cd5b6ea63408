// Side records: what neither the platform's message nor a catalogue can say. JSON, closed:
//   {"items": [{"number": "2", "platform": "…", "storageNumber": "CZ…", "ledger": "ledger id",
//     "proofs": [{"part": "name of a part", "format": "fabric", "hints": {"name": "value"}}]}]}
#pragma once

#include <map>
#include <string>
#include <vector>

#include "heyan/v1/submission.pb.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters::micro_court {

struct SideProof {
  std::string part;
  v1::Proof proof;  // path is set by who knows the parts
  std::string pointer;
};

struct SideRecord {
  std::string platform;
  std::string storage_number;
  std::string ledger;
  std::vector<SideProof> proofs;
  std::string pointer;
};

// By number of the item. Defects are added under "records:": those of json_fault.h and of
// submission_reader.h.
std::map<std::string, SideRecord> read_records(core::ByteView json, const core::Limits& limits,
                                               contents::Defects& defects);

}  // namespace heyan::court_adapters::micro_court
