// Who is asking, from the certificate that TLS verified; never from anything in the request.
#pragma once

#include <optional>
#include <string>

#include "gateway/api/settings.h"
#include "gateway/store/submission.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::api {

struct Caller {
  const CourtSystem* system = nullptr;  // never null

  store::Scope scope() const { return store::Scope::of_court(system->court_code); }
  // Of one account in one court.
  std::string account() const { return system->court_code + "\n" + system->account; }
  v1::Session session(std::int64_t received_at_ms) const;
};

// Nothing: nobody known.
std::optional<Caller> caller_of(const front::Peer& peer, const Settings& settings);

}  // namespace heyan::api
