// A file to clamd, by its commands zINSTREAM and zPING, and what it answers (clamd(8)).
//
// Threat: the file is hostile and may take the scanner over, which then answers what it likes: one
// short line, whole, with nothing after it, within the time of the configuration, or it is a
// failure. Nothing but the exact words counts as clean, and the name in it is made visible and cut.
// One call, one connection. Any thread; blocks.
#pragma once

#include <expected>
#include <string_view>

#include "gateway/ops/scanner.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::egress {

// `file`: read from where it stands; `size`: what is left of it. Failures: CONNECTION, TIME; SIZE
// and PROTOCOL of an answer; REFUSED where the scanner says that it could not; FILES where the file
// has other bytes than so many, or cannot be read.
std::expected<v1::ScanSaid, v1::EgressFailure> scan(const ops::Scanner& scanner, int file,
                                                    std::uint64_t size);
// THERE, or why not.
std::expected<v1::ScanSaid, v1::EgressFailure> ask_whether_there(const ops::Scanner& scanner);

// All that it answered about a file.
std::expected<v1::ScanSaid, v1::EgressFailure> read_scan_answer(std::string_view whole);

}  // namespace heyan::egress
