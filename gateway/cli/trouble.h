// Why a command could not do its work: the exit status, every defect with its place, and what to do
// next.
//
// What the shell makes of intake::Refusal. Text from outside stands in it only as core::visible
// shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/exit_status.h"
#include "gateway/intake/refusal.h"
#include "verifier/core/error.h"
#include "verifier/core/json.h"

namespace heyan::cli {

struct Trouble {
  ExitStatus status = ExitStatus::kInternal;
  std::string what;  // one sentence: what could not be done, and with which file
  std::vector<contents::Defect> defects;  // all of them, where a document is at fault
  std::string remedy;                     // what to do next
};

// kIo: 74; kInternal: 70; everything else is a fault of what was handed in: 65.
ExitStatus status_of(core::ErrorCode code);

Trouble trouble_of(intake::Refusal refusal);

// "SUBJECT: TEXT", with the byte offset where the error knows one.
Trouble trouble_of(const core::Error& error, std::string_view subject, std::string_view remedy);

// The same for a file that the user named: one that is not there is an error of input (74).
Trouble trouble_of_named(const core::Error& error, std::string_view path, std::string_view remedy);

// For people, several lines, the last one ends.
std::string to_text(const Trouble& trouble);

// For programs: what stands in an array of reports where one of several cases could not be read.
core::json::Value to_json(const Trouble& trouble, std::string_view case_name);

}  // namespace heyan::cli
