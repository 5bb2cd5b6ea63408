// The session that a submission is filed under.
#pragma once

#include "gateway/api/caller.h"
#include "gateway/service/acceptance.h"

namespace heyan::api {

// Who may file at several courts names one of them in case.json (/court/code), and no other. Asks a
// box, then; it blocks. Any thread.
std::expected<v1::Session, service::Refused> filing_session(const Caller& caller, ipc::Doors& boxes,
                                                            const service::Staged& staged,
                                                            std::int64_t received_at_ms);

}  // namespace heyan::api
