// What a restored gateway must not go on with as the backup has it. Since it was made a legal hold
// may have been placed, a deletion cancelled, an account disabled, and nothing of that is known
// here: so what two persons had confirmed to be deleted waits once more, and whoever was signed in
// signs in again. Reports that were issued since, and ledger blocks that were seen, are not known
// here either, and no report is to say that it was compared with them. In the tables, while nothing
// runs on them. The same holds of a state folder that was set back, as by an image of the disk, and
// whose log was found to be so (`heyan log renew`). One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/intake/refusal.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"

namespace heyan::backup {

// No confirmed deletion is due before then; one that was due later stays so. Which submissions they
// are, held or not, by their ids. What is under way is gone on with: the log may tell of it.
core::Result<std::vector<std::string>> wait_anew(const std::filesystem::path& front,
                                                 std::int64_t due_at_ms);

// Searches for the same content are complete from then on, and so is what ledgers showed from the
// next day (UTC) on, for reports name a day: nothing else is claimed (docs/memory.md,
// service/content_index.h). What is older, and still here, is found all the same. What began later
// stays so. kIo, kInternal.
core::Result<void> claim_anew(const std::filesystem::path& front, std::int64_t from_ms);

// All of accounts.db, which need not be there.
core::Result<void> end_sessions(const std::filesystem::path& file);

struct Anew {
  std::vector<std::string> waiting;  // submissions with a confirmed deletion, held or not
  core::UtcTime complete_from;       // what reports say of searches begins then, or later
};

// All three, in a state folder or what is to become one. Done again it lets them wait longer. The
// tables of a gateway that never served need not be there. `remedy`: of a refusal, which is kIo or
// kInternal and names the file.
std::expected<Anew, intake::Refusal> begin_anew(const std::filesystem::path& state,
                                                core::UtcTime from, std::chrono::days wait,
                                                std::string_view remedy);

}  // namespace heyan::backup
