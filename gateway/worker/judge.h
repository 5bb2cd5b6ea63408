// The judge's child: measures every file itself, judges, and has the report signed. One submission.
//
// Threat: proof bytes and case.json are an attacker's, the front may be taken over. Trust list and
// policy are the parent's own, loaded from files that only root writes; the time is the signer's;
// the signer is reached through a socket that the front has no end of (security decisions 2 and 3).
// Inside the sandbox; one thread but for hashing.
#pragma once

#include <chrono>
#include <string>

#include "gateway/intake/trust_files.h"
#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/record_desk.h"

namespace heyan::worker {

using ipc::kJudgeFrameBytes;
inline constexpr std::size_t kRecordChunkBytes = 4u << 20;

struct Bench {
  const intake::LoadedTrust& trust;
  const intake::LoadedPolicy& policy;
  std::string software_version;
  core::UtcTime approved_until;  // of the bundle with which the court signed list and policy
  // When this process' self-test passed: what is said until canaries sang. By no clock that can be
  // set: the signer says what the time is.
  std::chrono::steady_clock::time_point self_tested;
  std::chrono::seconds patience{60};  // with answers that wait for no store of files
};

// `slip`: for the parent's audit trail. What could not be recorded is not answered.
bool run_judge(const Bench& bench, ipc::Channel front, ipc::Channel signer, RecordSlip slip);

// In the parent (Parent::tell_lost): "judge-lost", which costs the submission an attempt; or
// "judge-late", which does where the front did not keep it waiting for files.
void tell_lost(ipc::Channel front, Lost lost);

}  // namespace heyan::worker
