// The evidence record that a log's entry is: JSON, by pointers that the trust list may change.
//
// Threat: the entry is the depositor's. The strict reader refuses duplicate names, so that no other
// reader can see another digest. Pure; any thread.
#pragma once

#include "heyan/v1/attestation.pb.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"
#include "verifier/ledgers/tlog/trust_config.h"

namespace heyan::ledgers::tlog {

// kMalformed: not strict JSON, a field of another type, or no digest at all.
core::Result<v1::LedgerRecord> read_record(core::ByteView entry, const RecordPlaces& places,
                                           const core::Limits& limits);

}  // namespace heyan::ledgers::tlog
