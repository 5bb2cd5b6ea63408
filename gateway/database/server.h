// The server of [database], as each program asks it: in which role, by which password, and what its
// sandbox has to permit.
//
// Threat: a password is read before a sandbox is entered, which then reaches no such file. Values;
// any thread.
#pragma once

#include <functional>
#include <optional>

#include "gateway/ops/database.h"
#include "gateway/postgres/settings.h"
#include "gateway/sandbox/profile.h"
#include "verifier/core/error.h"

namespace heyan::database {

// As ops::read_password.
core::Result<postgres::Settings> as_front(const ops::Database& database);
core::Result<postgres::Settings> as_signer(const ops::Database& database);
// As the role that owns the tables; an empty file: the server asks for no password.
core::Result<postgres::Settings> as_owner(const ops::Database& database, const std::string& role,
                                          const std::filesystem::path& password_file);

// To connect there, and to read who vouches for it.
void permit(const ops::Database& database, sandbox::Profile& profile);

}  // namespace heyan::database
