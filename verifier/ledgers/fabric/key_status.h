// Was a certificate good when it signed, as far as can be known at the time of judgement?
//
// Fabric itself never asks: an expired certificate endorses validly. What is counted here follows
// Fabric, with notes; but a certificate that is revoked by now counts only where the replayed chain
// shows that its signature is older. Security decisions 7 and 10. One judgement; one thread.
#pragma once

#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/fabric/evaluation.h"

namespace heyan::ledgers::fabric {

struct KeyStatus {
  bool counted = true;
  std::vector<v1::ReasonCode>
      reasons;  // of KEY-1, in the order of their numbers; empty: nothing to say
};

class KeyStatuses {
 public:
  // `evaluation` with configs and a single answer; all must outlive the object.
  KeyStatuses(const Evaluation& evaluation, const Judging& judging, Verifier& verifier)
      : evaluation_(evaluation), judging_(judging), verifier_(verifier) {}

  // Of a valid identity. `institution`: id on the trust list, or empty.
  KeyStatus judge(const Identity& identity, std::string_view institution);

 private:
  bool is_revoked_later(const Identity& identity);
  void ask_institution(const crypto::Certificate& certificate, std::string_view institution,
                       bool& revoked, bool& unavailable);

  const Evaluation& evaluation_;
  const Judging& judging_;
  Verifier& verifier_;
};

}  // namespace heyan::ledgers::fabric
