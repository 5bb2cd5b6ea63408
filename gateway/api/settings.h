// What the interface is built from: who may speak to it, and the parts that do the work. Plain
// values and references; main builds them.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gateway/accounts/accounts.h"
#include "gateway/api/observer.h"
#include "gateway/api/pages.h"
#include "gateway/api/rate_limit.h"
#include "gateway/audit/trail.h"
#include "gateway/front/connection.h"
#include "gateway/front/signal.h"
#include "gateway/service/acceptance.h"
#include "gateway/service/dispatcher.h"
#include "gateway/service/identity_desk.h"
#include "gateway/service/receiver.h"
#include "gateway/service/rendering.h"

namespace heyan::api {

struct Court {
  std::string code;
  std::string name;
  bool assignment = false;  // its judges read what is assigned to them
};

// A court's system, by the key of its client certificate (security decision 31).
struct CourtSystem {
  front::KeyDigest key{};
  Court court;
  std::string account;
};

// Where people may sign in besides here (ops::Oidc).
struct Provider {
  std::string id;
  std::string issuer;
  std::string authorization;
  std::string client_id;
  std::string redirect;
  std::string acr;
  bool sends_issuer = true;
  bool litigants = false;
  std::string title_zh;
  std::string title_en;
};

// Where the program listens, to be shown.
struct Listener {
  std::string name;
  std::string address;
};

// The front's own sandbox, tried when it started: it would not run where an act had not been
// stopped.
struct SelfTest {
  std::int64_t at_ms = 0;
  std::vector<std::string> stopped;  // the acts: gateway/sandbox/self_test.h
  std::vector<std::string> lacking;  // what this kernel cannot do
};

struct Settings {
  std::vector<CourtSystem> court_systems;
  std::set<std::string, std::less<>> courts;  // adapters whose messages are taken
  std::filesystem::path staging;
  std::filesystem::path public_log;
  std::string log_origin;
  std::vector<Court> courts_of_people;
  std::vector<Provider> providers;
  Rate account_rate;          // of changes, for each account
  Rate people_rate;           // of all requests, for each account of a person
  Rate public_rate;           // of reports checked, for each client
  unsigned access_hours = 8;  // of a broken glass
  bool scans = false;         // a malware scanner looks at files before they are shown
  std::chrono::milliseconds deletion_wait{0};  // after its confirmation
  std::chrono::milliseconds propose_after{0};  // after the last report; 0: nothing is proposed
  Pages pages;
  std::chrono::milliseconds upload_life{0};  // after its last byte
  // Who waits for a submission looks again so often: other gateways change it, too, and tell nobody
  // here. Without such: only when it is told.
  std::chrono::milliseconds looks_again = std::chrono::hours(1);
  std::int64_t started_at_ms = 0;
  std::vector<Listener> listeners;
  SelfTest self_test;
  std::function<std::int64_t()> now_ms;
};

struct Parts {
  service::Acceptance acceptance;
  accounts::Accounts& accounts;
  service::IdentityDesk* identities;  // null: there are no providers
  service::Dispatcher& dispatcher;
  service::Receiver& receiver;
  service::Renderers renderers;
  ipc::Doors& drawers;
  front::Signals& changed;  // about a submission, by its id, when its state is on the disk
  service::Readiness& readiness;
  Observer& observer;
  audit::Trail& trail;
  std::function<std::size_t()> connections;                 // how many are open
  std::function<std::optional<core::UtcTime>()> tls_until;  // when its certificate ends
  std::function<std::uint16_t()> preview_port;
};

}  // namespace heyan::api
