// Who is asking: a court's system, by the certificate that TLS verified, or a person, by a session
// (security decision 31). Never from anything that a request declares.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/api/rights.h"
#include "gateway/api/settings.h"
#include "gateway/store/submission.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::api {

struct Caller {
  Role role = Role::kCourtSystem;
  std::string account;  // as the store keeps it; a person's is never a system's
  // Where it may file: of a system, a clerk and a judge its own court alone; of an operator none.
  std::vector<Court> courts;
  v1::Authentication authentication = v1::AUTHENTICATION_COURT_SYSTEM;
  std::string session_name{};  // a person's: names it, and is no secret
  // A judge of a court that assigns its cases.
  bool held = false;
  std::int64_t asked_at_ms = 0;  // what was open to such a judge for a time is, if it is then

  bool may(Right right) const { return api::may(role, right); }
  // What it may read. An operator sees nothing; a judge who is held, what is assigned and what was
  // opened.
  store::Scope scope() const;
  // Of the court, also what is for other judges: to be named, not to be read.
  store::Scope whole_court() const;
  // What it may go on sending: its own alone, since what was filed names who filed it.
  store::Scope sending() const;
  // Against whom its requests count.
  std::string counted() const;
  // Of what it files at one of its courts.
  v1::Session session(const Court& court, std::int64_t received_at_ms) const;
};

// Nothing: no court system of that certificate, or not on the listener for them.
std::optional<Caller> court_system_of(const front::Peer& peer, const Settings& settings);

}  // namespace heyan::api
