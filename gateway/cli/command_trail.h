// The audit trail of what is done to a gateway at a command line: `audit/accounts` of its state
// folder, called so after the first of these commands (docs/audit.md). Its heads stand in the
// report log, as those of the gateway's own programs.
//
// Threat: something is done and nobody can tell by whom. So a trail is opened before anything is
// changed: what cannot be recorded is not done. Who did it is known by the numbers of users of the
// operating system. It is held for a moment only, for other commands wait for it. One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "gateway/audit/trail.h"
#include "gateway/cli/trouble.h"
#include "gateway/ops/config.h"

namespace heyan::cli {

// The gateway could not open what another user made: kInputOutput where the folder is not there, or
// is somebody else's.
std::expected<void, Trouble> expect_own_state(const std::filesystem::path& state);

// `state`: as a rule that of the configuration. expect_own_state's troubles, and Trail::open's with
// `remedy`.
std::expected<std::unique_ptr<audit::Trail>, Trouble> open_command_trail(
    const std::filesystem::path& state, const ops::Config& config, std::string_view remedy);

// By whoever runs this.
audit::Entry command_entry(audit::Event event);

// One record, and nothing kept open.
std::expected<void, Trouble> record_command(const std::filesystem::path& state,
                                            const ops::Config& config, const audit::Entry& entry,
                                            std::string_view remedy);

}  // namespace heyan::cli
