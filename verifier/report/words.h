// How values of the model are written in a report: words of closed lists, numbers, text from
// outside.
//
// Internal to verifier/report. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "heyan/v1/finding.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/core/json.h"

namespace heyan::report {

// The word of contracts for a value of an enumeration: its protobuf name without `prefix`; empty
// for the value 0.
std::string_view closed_word(std::string_view name, std::string_view prefix);

// "sha-256" ... as case.json writes it.
std::string_view digest_word(v1::DigestAlgorithm algorithm);
// "SHA-256" ... for readers.
std::string_view digest_label(v1::DigestAlgorithm algorithm);

// A JSON number, or its decimal digits as a string beyond 2^53-1.
core::json::Value number(std::uint64_t value);
core::json::Value number(std::int64_t value);

// UTF-8 as it is; anything else as core::visible shows it.
std::string safe_text(std::string_view text);

std::string hex(std::string_view bytes);

}  // namespace heyan::report
