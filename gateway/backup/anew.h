// What a restored gateway must not go on with as the backup has it. Since it was made a legal hold
// may have been placed, a deletion cancelled, an account disabled, and nothing of that is known
// here: so what two persons had confirmed to be deleted waits once more, and whoever was signed in
// signs in again. In the tables, before they are put in place. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "verifier/core/error.h"

namespace heyan::backup {

// No confirmed deletion is due before then; one that was due later stays so. Which submissions they
// are, held or not, by their ids. What is under way is gone on with: the log may tell of it.
core::Result<std::vector<std::string>> wait_anew(const std::filesystem::path& front,
                                                 std::int64_t due_at_ms);

// All of accounts.db, which need not be there.
core::Result<void> end_sessions(const std::filesystem::path& file);

}  // namespace heyan::backup
