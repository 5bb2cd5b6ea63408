// A ledger that one institution runs, and whose proofs bear its signature alone. For the folders
// beneath verifier/ledgers. Any thread.
#pragma once

#include <set>
#include <string>

#include "heyan/v1/attestation.pb.h"
#include "verifier/judging.h"
#include "verifier/trust/links.h"
#include "verifier/trust/quorum.h"
#include "verifier/trust/table.h"

namespace heyan::ledgers {

// Reads `operator` of [ledger.FORMAT]. Whether its signature is enough a quorum of the list must
// say. False after a defect.
inline bool read_operator(trust::Table& table, const trust::LedgerEntry& entry,
                          const trust::TrustList& list, std::string& operator_id) {
  const auto id = table.required_text("operator");
  bool sound = id.has_value();
  operator_id = id.value_or("");
  if (id && list.institution(*id) == nullptr) {
    table.defect("operator", "no institution has the id \"" + *id + "\"",
                 "Write the id of the [[institution]] that runs the ledger");
    sound = false;
  }
  if (entry.quorum.empty()) {
    table.defect("", "the ledger has no quorum, and its operator alone signs",
                 "Write quorum = the id of a [[quorum]] that says whether that is enough");
    sound = false;
  }
  return sound;
}

// `counts`: the operator's signature does.
inline v1::Quorum operator_quorum(const std::string& operator_id, bool counts,
                                  const trust::LedgerEntry& entry, const Judging& judging) {
  std::set<std::string> present;
  if (counts) present.insert(operator_id);
  const auto linked =
      trust::find_links(judging.trust, judging.record, judging.circumstances).institutions;
  const auto all = trust::count_quorum(judging.trust, entry.quorum, present);
  const auto neutral =
      trust::count_quorum(judging.trust, entry.quorum, trust::without(present, linked));
  v1::Quorum quorum;
  quorum.set_rule(entry.quorum);
  quorum.set_required(all.required);
  quorum.set_valid(all.valid);
  quorum.set_neutral(neutral.valid);
  quorum.set_reached(all.reached);
  quorum.set_neutral_reached(neutral.reached);
  return quorum;
}

}  // namespace heyan::ledgers
