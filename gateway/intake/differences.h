// What a record lacks where files differ from their records: why they may. Judged once, a case
// names the files that a box is to look into; with what it says the case is judged again.
//
// Threat: the box may be taken over. Only what it may say is taken from its answer, and only within
// bounds; see verifier/contents/look_into.h for what that can do. Any thread.
#pragma once

#include <functional>
#include <optional>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/gateway.pb.h"
#include "heyan/v1/report.pb.h"

namespace heyan::intake {

inline constexpr int kMostLookedInto = 64;  // files of one case

// The answer of a box about the file of the item at that index; nothing where none could be asked.
using AskBox =
    std::function<std::optional<v1::ContentFacts>(int item, const v1::LookInto& request)>;

// Asks about the files whose fingerprint differs in the report, and puts what is learnt into the
// record. After a box that ended before its time nobody is asked any more. True: the record is no
// longer what the report rests on.
bool explain_differences(const v1::Report& report, const AskBox& ask, v1::CaseRecord& record);

}  // namespace heyan::intake
