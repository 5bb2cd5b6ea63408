// What the parts of the front are given, from the configuration. Pure but for what they are to
// call, which must outlive them.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/api/api.h"
#include "gateway/ops/config.h"
#include "gateway/ops/log.h"
#include "gateway/postgres/settings.h"
#include "gateway/service/canary_caller.h"
#include "gateway/service/cosigner.h"
#include "gateway/service/courier.h"
#include "gateway/service/deleter.h"
#include "gateway/service/object_store.h"
#include "gateway/service/scanner.h"
#include "gateway/service/sealer.h"
#include "gateway/service/vault_sweep.h"

namespace heyan::api {

// Verifies, tells, stamps, scans, deletes and cleans up: where it serves litigants alone, the
// court's gateways do.
inline bool does_acts_of_court(const ops::Config& config) {
  return config.listen.serves == ops::Serves::kEverybody;
}

std::set<std::string, std::less<>> adapters_of(const ops::Config& config);
std::vector<CourtSystem> court_systems_of(const ops::Config& config);
std::vector<std::string> codes_of_courts(const ops::Config& config);
std::vector<Court> courts_of_people(const ops::Config& config);
std::map<std::string, bool> accounts_told(const ops::Config& config);
std::vector<Listener> addresses_of(const ops::Listen& listen);
std::vector<Provider> providers_of(const ops::Config& config);
// Of one answer, by the slowest of them.
std::chrono::milliseconds patience_with_providers(const ops::Config& config);
std::vector<std::string> witnesses_of(const ops::Config& config);

// All that the configuration says; pages, the sandbox's test and the clock are the program's.
Settings settings_of(const ops::Config& config);
service::StampDesk::Settings desk_settings(const ops::Tsa& tsa, Observer& observer);
service::Courier::Settings courier_settings(const ops::Config& config,
                                            service::SignerClient& signer,
                                            const service::Acceptance& acceptance,
                                            const service::Renderers& rendering, Observer& observer,
                                            std::function<std::int64_t()> now_ms);
accounts::Settings session_settings(const ops::People& people,
                                    std::function<std::int64_t()> now_ms);
// The first record of the front's audit trail: whom the configuration has it tell of events.
audit::Entry beginning(const ops::Config& config);
// `accepted` in that trail.
service::RecordAccepted record_accepted(audit::Trail& trail, Observer& observer);
// `judged` in that trail, which failed.
service::RecordLost record_lost(audit::Trail& trail, Observer& observer);

service::Scanner::Settings scanner_settings(const ops::Scanner& scanner, Observer& observer,
                                            std::function<std::int64_t()> now_ms);
audit::TrailSettings trail_settings(const ops::Config& config,
                                    std::function<std::int64_t()> now_ms);
// Where store and accounts are: of a [database], else in the state folder. Each event is said once,
// whichever connection has it first. Errors of database::as_front.
core::Result<std::optional<postgres::Settings>> server_of(const ops::Config& config,
                                                          const ops::Log& log);
// What is wrong with the groups of the role that the server was asked in, and what mends it; empty
// where nothing is. kIo.
core::Result<std::string> misplaced_role(const ops::Config& config,
                                         const std::optional<postgres::Settings>& server);
core::Result<std::unique_ptr<store::Store>> open_store(
    const ops::Config& config, const std::optional<postgres::Settings>& server,
    store::Store::Listener changed);
core::Result<std::unique_ptr<accounts::People>> open_people(
    const ops::Config& config, const std::optional<postgres::Settings>& server);
// service::Receiver::Settings: where it serves litigants alone, of litigants that it can see. A
// clerk's account begins as theirs do, and the store would refuse after all was logged.
std::function<bool(const std::string& account)> others_of(const ops::Config& config,
                                                          accounts::People& people);
service::Cosigner::Settings cosigner_settings(const ops::Config& config, store::Store& store,
                                              Observer& observer);
// Empty where there is none; else it must outlive what is given out.
std::function<bool()> there_of(const std::optional<service::Scanner>& scanner);
service::Deleter::Settings deleter_settings(const ops::Config& config, audit::Trail& trail,
                                            Observer& observer,
                                            std::function<std::int64_t()> now_ms);
service::Sealer::Settings sealer_settings(const ops::Config& config, const ops::Log& log);
service::CanaryCaller::Settings canary_settings(const ops::Config& config, Observer& observer);
service::VaultSweep::Settings sweep_settings(const ops::Config& config, const ops::Log& log,
                                             Observer& observer);
service::ObjectStore::Settings bucket_settings(const ops::Bucket& bucket,
                                               const std::filesystem::path& staging,
                                               const ops::Log& log);
std::function<bool(std::chrono::milliseconds)> there_of(service::ObjectStore* bucket);

}  // namespace heyan::api
