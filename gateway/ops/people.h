// Who signs in on the pages: [people] of a configuration. Values.
#pragma once

#include <string>
#include <vector>

#include "verifier/trust/document.h"

namespace heyan::ops {

struct Court {
  std::string code;
  std::string name;
  // Its judges read what a clerk assigned to them, and nothing else unless they break the glass.
  bool assignment = false;
  bool operator==(const Court&) const = default;
};

// [people]: those who sign in (gateway/accounts).
struct People {
  std::vector<Court> courts;           // beside those of the court systems
  unsigned idle_seconds = 1'800;       // a session ends when it was not used for so long
  unsigned session_seconds = 43'200;   // and after so long in any case
  unsigned requests_per_second = 100;  // of one account
  unsigned access_hours = 8;           // so long a broken glass is open
};

// Defects go to the table.
People read_people(trust::Table& table);
// What read_people reads as the same values.
std::string to_toml(const People& people);

}  // namespace heyan::ops
