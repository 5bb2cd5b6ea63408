// What two reports on the same evidence say differently: verdicts, reasons, answers to checks, and
// what each rests on. An observation about two documents; it judges nothing.
//
// Threat: payloads may come from anybody. What is compared is text, shown through core::visible;
// whether a payload is one of ours is the reader's to know (jws.h). Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/core/json.h"

namespace heyan::report {

struct ReasonName {
  std::string code;
  std::string effect;
  std::string ledger;  // empty: of the item
  auto operator<=>(const ReasonName&) const = default;
};

struct CheckChange {
  std::string check;
  std::string before;  // outcome; empty: not asked there
  std::string now;
  bool operator==(const CheckChange&) const = default;
};

struct ItemDifference {
  std::string id;
  std::string before;  // verdict; empty: not in that report
  std::string now;
  std::vector<ReasonName> gone;  // only in the first; sorted, each once
  std::vector<ReasonName> came;  // only in the second
  std::vector<CheckChange> checks;
  bool file_differs = false;  // another size or fingerprint was measured
};

struct Basis {
  std::string number;
  std::string as_of;
  std::string trust_list;  // id, version, digest
  std::string policy;
  std::string software;
  std::string case_record;  // digest
};

struct Difference {
  Basis before;
  Basis now;
  std::vector<ItemDifference> items;  // those that differ, in the order of the first report
  bool verdicts_differ() const;
};

// Two payloads (docs/formats.md). kMalformed: one of them is none.
core::Result<Difference> compare_payloads(const core::json::Value& before,
                                          const core::json::Value& now);

// "heyan.difference.v1" (docs/formats.md).
core::json::Value difference_value(const Difference& difference);

}  // namespace heyan::report
