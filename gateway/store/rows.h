// What reading and writing read alike. Only for the sources of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/sql/statement_cache.h"
#include "gateway/store/submission.h"

namespace heyan::store {

// ASCII letters small, all else as it is: as SQLite's lower() and that of PostgreSQL's collation C.
std::string small_letters(std::string_view text);

// The inverse of name(State); kInternal for anything else.
core::Result<State> state_named(std::string_view word);
// kInternal where it does not fit.
core::Result<std::uint32_t> version_of(std::uint64_t stored);

// The use that was made of a key, by what was accepted or is being received.
core::Result<std::optional<KeyUse>> key_use(sql::StatementCache& statements, std::string_view court,
                                            std::string_view account, std::string_view key);

// kLimit: with this one its account had more under way than it may.
core::Result<void> expect_room(sql::StatementCache& statements, const NewReceiving& submission);

// Of a submission `s`, as a condition: the judge of the first parameter ("?4") may read it at the
// time of the second. Nothing else says what is open to whom (assignments.h).
std::string open_to(std::string_view judge, std::string_view at_ms);

// Who is told what a court decided, and not who of it did or why: no column is asked for that says
// so, for a front of litigants alone may not see it (public_front.cc).
inline bool is_of_person(const Scope& scope) { return scope.account && !scope.court; }

core::Result<std::vector<StoredFile>> files_of(sql::StatementCache& statements,
                                               std::string_view submission);

}  // namespace heyan::store
