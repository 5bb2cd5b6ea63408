// Files that a filing registers (ssclfj), each in a slot of its list of materials (cllx).
//
// Where the list stands is not attested; as the platform's clients do, every object with a slot and
// an id is taken, wherever it stands. Nothing is ever fetched: a URL is only looked at.
#pragma once

#include <string>
#include <vector>

#include "court_adapters/micro_court/people.h"
#include "court_adapters/micro_court/reading.h"

namespace heyan::court_adapters::micro_court {

struct Attachment {
  std::string id;     // or empty
  std::string slot;   // cllx: "11800016-4"
  std::string name;   // wjmc, as registered
  std::string key;    // wjbh: where the platform stores it
  std::string order;  // xh, as sent
  std::string pointer;
};

// Defects: field-required path-traversal host-not-allowed extension-mismatch unknown-code
// reference-mismatch duplicate-key limit. Remark: code-not-attested (a slot that is not known; its
// files are not evidence here).
std::vector<Attachment> read_materials(const Node& data, const FilingIds& ids,
                                       const std::vector<std::string>& allowed_hosts,
                                       const Reading& reading);

}  // namespace heyan::court_adapters::micro_court
