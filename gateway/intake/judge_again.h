// A record file judged as it was: its own trust list, policy, circumstances and time. The same
// inputs give the payload that was signed, byte for byte.
#pragma once

#include "gateway/intake/trust_files.h"
#include "verifier/excerpt.h"
#include "verifier/judge.h"

namespace heyan::intake {

// kMalformed: its trust list or policy has defects. Otherwise as judge_and_disclose(). Any thread.
core::Result<Judged> judge_again(const v1::RecordFile& file);

// Its excerpt (verifier/excerpt.h), with the same trust list, policy and time. Errors likewise.
core::Result<v1::RecordFile> excerpt_of(const v1::RecordFile& file, const MayHold& may_hold);

}  // namespace heyan::intake
