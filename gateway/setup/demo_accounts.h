// People for a demonstration: one account of each role.
//
// Threat: their passwords stand in a file. They are random, the file is its owner's alone, and only
// an installation for development has any.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/intake/refusal.h"
#include "gateway/ops/config.h"

namespace heyan::setup {

// Makes demo/accounts.txt ("ROLE ACCOUNT PASSWORD" each line, mode 0600) and what it names, in the
// court of the first court system. Where the file is there already, nothing; where only an account
// is, it has a new password.
std::expected<void, intake::Refusal> make_demo_accounts(const ops::Config& config,
                                                        std::int64_t now_ms);

}  // namespace heyan::setup
