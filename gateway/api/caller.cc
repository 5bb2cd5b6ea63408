#include "gateway/api/caller.h"

namespace heyan::api {

v1::Session Caller::session(std::int64_t received_at_ms) const {
  v1::Session session;
  session.mutable_court()->set_code(system->court_code);
  session.mutable_court()->set_name(system->court_name);
  session.set_account_id(system->account);
  session.set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
  session.set_received_at_ms(received_at_ms);
  return session;
}

std::optional<Caller> caller_of(const front::Peer& peer, const Settings& settings) {
  if (!peer.secure || !peer.client_key) return std::nullopt;
  for (const CourtSystem& system : settings.court_systems) {
    if (system.key == *peer.client_key) return Caller{&system};
  }
  return std::nullopt;
}

}  // namespace heyan::api
