// The .hcr file: everything that a judgement rests on except the evidence files, so that it can be
// judged again years later (docs/formats.md).
//
// Threat: a record file may come from anyone. Reading accepts only what writing produces: the
// canonical serialisation, nothing unknown, every proof under its own digest. It does not say who
// made it.
#pragma once

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::report {

inline constexpr std::uint32_t kRecordFileVersion = 1;

// "HEYANHCR", the version as one byte, SHA-256 of what follows (32 bytes), then the canonical
// message (heyan::canonical_bytes) with `version` set.
core::Bytes encode_record_file(const v1::RecordFile& file);

// kTruncated: the digest does not fit. kUnsupported: another version. kNotCanonical, kMalformed,
// kLimit, kUnknown (fields of a later program) otherwise. What comes out fits judge(): items and
// proofs agree with the submission.
core::Result<v1::RecordFile> decode_record_file(core::ByteView bytes, const core::Limits& limits);

}  // namespace heyan::report
