// What stands in the report log: typed leaves, canonical JSON, none above a few hundred bytes.
//
//   {"createdAt","keys":[{"spki","use"}],"origin","schema":"heyan.log.v1","type":"log"}   always
//   the first
//   {"files","nonce","submission","type":"intake"}
//   {"intake":N,"payload","type":"report"}
//   {"report":N,"supersedes":M,"type":"supersession"}
//   {"reason","report":N,"type":"withdrawal"}
//
// N and M are places in the log; digests are SHA-256 in hex. The log is public: nothing in it opens
// a report or names a case (security decision 30). Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/time.h"

namespace heyan::report {

struct LogKey {
  std::string_view use;  // "report-es256" "report-sm2" "receipt"
  core::ByteView spki;
};

core::Bytes encode_log_entry(std::string_view origin, std::span<const LogKey> keys,
                             core::UtcTime created_at);
// `files`: SHA-256 of what the receipt lists. The nonce keeps guesses about both from being tried.
core::Bytes encode_intake_entry(core::ByteView submission_sha256, core::ByteView files_sha256,
                                core::ByteView nonce);
core::Bytes encode_report_entry(core::ByteView payload_sha256, std::uint64_t intake);
core::Bytes encode_supersession_entry(std::uint64_t report, std::uint64_t supersedes);
core::Bytes encode_withdrawal_entry(std::uint64_t report, std::string_view reason);

// Is `entry` the report leaf of that payload, whatever intake it names?
bool is_report_entry(core::ByteView entry, core::ByteView payload_sha256);

}  // namespace heyan::report
