// What a judgement answers to the checks REC-1, INC-1, QUO-1, QUO-3, KEY-1, KEY-2 and TIM-1. Inside
// this folder only.
#pragma once

#include <vector>

#include "verifier/ledgers/tlog/judgement.h"

namespace heyan::ledgers::tlog {

std::vector<v1::Finding> make_findings(const Judgement& judgement);

}  // namespace heyan::ledgers::tlog
