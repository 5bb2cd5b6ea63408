// excerpt.hcr: what a party's bundle holds in place of the case record (verifier/excerpt.h), and
// what it shows.
//
// It has the form of a record file. The report does not name its digest; it is bound by what comes
// out of it: trust list, policy and time are those that the payload names, and each attestation
// that is judged from it must be the one that stands in the payload. Which transaction, block,
// record and signatures those are, the attestation says itself, with their digests; where nothing
// was verified, its proofs must be those of the payload, byte for byte. So proofs of another case,
// swapped ones and ones with something left out give another attestation.
//
// Threat: an excerpt comes from anybody. Only what make_excerpt() would take of it may stand in it.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/error.h"
#include "verifier/core/json.h"
#include "verifier/judge.h"

namespace heyan::bundle {

enum class Again : std::uint8_t {
  kSame,
  kDiffers,
  kWholeBlock,  // not here: this system's proofs hold strangers' transactions
  kWithheld,    // not here: its proof would show what the copy withholds
  kNotHeld,     // not here for another reason: e.g. nothing in the proof was verified
};

struct ItemAgain {
  std::string id;
  std::vector<Again> attestations;  // as in the payload
};

// `payload` is one of ours; `withheld`: pointers of the fields that the copy does not disclose.
// kNotCanonical: it holds what no excerpt does; kMalformed: it does not speak of the parties, items
// and files of the payload. Otherwise as intake::judge_again.
core::Result<std::vector<ItemAgain>> judge_excerpt(const core::json::Value& payload,
                                                   std::span<const std::string> withheld,
                                                   const v1::RecordFile& excerpt);

// The excerpt of `file` for whoever sees `shown` of the disclosures. `judged` is what the file
// gives. A proof that would show a withheld field, or alone does not give what the payload says, is
// left out; so judge_excerpt() finds no difference.
core::Result<v1::RecordFile> excerpt_for(const v1::RecordFile& file, const Judged& judged,
                                         std::span<const Disclosure> shown);

}  // namespace heyan::bundle
