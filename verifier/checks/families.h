// The questions of the catalogue, one function each, by family. Inside verifier/checks.
#pragma once

#include "verifier/checks/findings.h"

namespace heyan::checks {

// file.cc: what was received, and what the box learnt of it
Findings file_1(const ItemView& item, const Judging& judging);
Findings file_2(const ItemView& item, const Judging& judging);
Findings file_3(const ItemView& item, const Judging& judging);
// hash.cc: two libraries, one fingerprint
Findings hash_1(const ItemView& item, const Judging& judging);
// record.cc: the record, from proofs and from asking the ledger
Findings rec_1(const ItemView& item, const Judging& judging);
Findings rec_2(const ItemView& item, const Judging& judging);
// match.cc: the file against each record
Findings match_1(const ItemView& item, const Judging& judging);
Findings match_2(const ItemView& item, const Judging& judging);
// inclusion.cc: the record in its ledger, the ledger against what was seen before
Findings inc_1(const ItemView& item, const Judging& judging);
Findings inc_2(const ItemView& item, const Judging& judging);
// quorum.cc: who signed
Findings quo_1(const ItemView& item, const Judging& judging);
Findings quo_2(const ItemView& item, const Judging& judging);
Findings quo_3(const ItemView& item, const Judging& judging);
// keys.cc: with which keys
Findings key_1(const ItemView& item, const Judging& judging);
Findings key_2(const ItemView& item, const Judging& judging);
// time.cc: since when, and in which order
Findings tim_1(const ItemView& item, const Judging& judging);
Findings tim_2(const ItemView& item, const Judging& judging);
// four_w.cc: who, what, when, where
Findings w4_1(const ItemView& item, const Judging& judging);
Findings w4_2(const ItemView& item, const Judging& judging);
Findings w4_3(const ItemView& item, const Judging& judging);
Findings w4_4(const ItemView& item, const Judging& judging);
// custody.cc: the gateway's own handling, as the record has it, whatever the others go by
Findings coc_1(const ItemView& item, const Judging& judging);
// platform.cc: what is relayed of the platform
Findings plt_1(const ItemView& item, const Judging& judging);
Findings plt_2(const ItemView& item, const Judging& judging);
// self_test.cc: the system and its trust list
Findings rpt_1(const ItemView& item, const Judging& judging);

}  // namespace heyan::checks
