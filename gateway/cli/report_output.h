// A judgement in the form that was asked for, to the place that was asked for.
#pragma once

#include <expected>
#include <string>

#include "gateway/cli/console.h"
#include "gateway/cli/local_judgement.h"
#include "gateway/cli/options.h"
#include "gateway/cli/signing_keys.h"
#include "gateway/cli/trouble.h"

namespace heyan::cli {

// The report as text, payload, JWS, draft of a PDF or unsigned bundle. `keys` is needed for kJws
// alone.
std::expected<std::string, Trouble> encode(const LocalJudgement& judgement,
                                           const ReportOptions& options, const SigningKeys* keys);

// To the file, or to standard output; on a terminal a last line without end gets one.
ExitStatus deliver(std::string_view bytes, const ReportOptions& options, Console& console);

}  // namespace heyan::cli
