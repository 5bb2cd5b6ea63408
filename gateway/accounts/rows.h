// What the sources of this folder read alike.
#pragma once

#include "gateway/accounts/people.h"

namespace heyan::accounts {

// kInternal: the tables hold a role that is none.
core::Result<Person> person_of(std::string account, std::string name, const std::string& role,
                               std::string court);
core::Result<std::optional<Kept>> kept_of(sql::StatementCache& statements,
                                          const std::string& account);
// After one was begun.
core::Result<void> drop_oldest_sessions(sql::StatementCache& statements,
                                        const std::string& account);

}  // namespace heyan::accounts
