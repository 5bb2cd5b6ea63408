// The keys that the first leaf of a log announces (security decision 18).
//
// Threat: whoever can write the folder of keys has reports, seals, codes or XML signed with keys
// that nobody heard of, under the name of a log that everybody follows. So a log is not continued
// with others than those it began with; a log that follows it announces others. Pure values, any
// thread.
#pragma once

#include <vector>

#include "gateway/signer/keys.h"
#include "verifier/report/log_entry.h"

namespace heyan::signer {

std::vector<report::LogKey> announced_keys(const Keys& keys);

// kUnsupported: a key is another than the one of that use which `beginning` announces. A use that
// it does not know is younger than that log, and that of receipts may be replaced within a log
// (docs/processes.md).
core::Result<void> expect_announced(const report::LogBeginning& beginning, const Keys& keys);

}  // namespace heyan::signer
