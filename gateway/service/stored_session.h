// The session that a submission was filed in, read from the store.
#pragma once

#include <string_view>

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::service {

// What the accounts of people begin with, as they are stored.
inline constexpr std::string_view kOfPeople = "person:";

// Of a row that names that court and account. kInternal: it does not read, or is not what a row of
// a person's can have. Pure, any thread.
//
// Threat: who took a front of litigants over writes rows of people there, and would have one speak
// as a court's system: in another's name, or with what only a system's message brings. The server
// holds the front to the row's account, not to what is in the session.
core::Result<v1::Session> stored_session(core::ByteView stored, std::string_view court,
                                         std::string_view account);

}  // namespace heyan::service
