#include "gateway/api/caller.h"

#include "gateway/api/listeners.h"

namespace heyan::api {

store::Scope Caller::scope() const {
  if (!may(Right::kRead)) return store::Scope::nothing();
  if (role == Role::kLitigant) return store::Scope::of_person(account);
  if (!held || courts.size() != 1) return whole_court();
  return store::Scope::of_judge(courts[0].code, account, asked_at_ms);
}

store::Scope Caller::whole_court() const {
  const bool of_one = role != Role::kLitigant && role != Role::kOperator && courts.size() == 1;
  return of_one ? store::Scope::of_court(courts[0].code) : store::Scope::nothing();
}

store::Scope Caller::sending() const {
  if (!may(Right::kFile)) return store::Scope::nothing();
  if (role != Role::kCourtSystem) return store::Scope::of_person(account);
  return courts.empty() ? store::Scope::nothing()
                        : store::Scope::of_account(courts[0].code, account);
}

std::string Caller::counted() const {
  return role == Role::kCourtSystem && !courts.empty() ? courts[0].code + "\n" + account : account;
}

v1::Session Caller::session(const Court& court, std::int64_t received_at_ms) const {
  v1::Session session;
  session.mutable_court()->set_code(court.code);
  session.mutable_court()->set_name(court.name);
  session.set_account_id(account);
  session.set_authentication(authentication);
  session.set_received_at_ms(received_at_ms);
  return session;
}

std::optional<Caller> court_system_of(const front::Peer& peer, const Settings& settings) {
  if (peer.listener != kCourtSystems || !peer.secure || !peer.client_key) return std::nullopt;
  for (const CourtSystem& system : settings.court_systems) {
    if (system.key != *peer.client_key) continue;
    return Caller{.role = Role::kCourtSystem,
                  .account = system.account,
                  .courts = {system.court},
                  .authentication = v1::AUTHENTICATION_COURT_SYSTEM};
  }
  return std::nullopt;
}

}  // namespace heyan::api
