// Who is a member of what, as a program that prepares tables wants to know.
#pragma once

#include <string>

#include "gateway/postgres/settings.h"
#include "verifier/core/error.h"

namespace heyan::postgres {

// False, too, where either is not there. kIo.
core::Result<bool> is_member(const Settings& as, const std::string& role, const std::string& group);

}  // namespace heyan::postgres
