// Of files that a gateway received and kept: is what lies there what came? Inside the verifier;
// pure, any thread.
#pragma once

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/circumstances.pb.h"

namespace heyan::checks {

// By its size or its SHA-256, or because it changed while it was read. False where it was not read.
bool is_stored_otherwise(const v1::Measured& measured, const v1::ReceivedFile& received);

// The item with its proofs, and nothing of a file. Whatever the bytes that are kept under its name
// would say is not about what somebody filed: it must not speak against them (security decision
// 21).
v1::ItemRecord as_not_read(const v1::ItemRecord& item);

}  // namespace heyan::checks
