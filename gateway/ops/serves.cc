#include "gateway/ops/serves.h"

#include "gateway/ops/config.h"

namespace heyan::ops {
namespace {

constexpr std::string_view kLeaveToCourt =
    "Leave it out: the court's gateways of the same database do it";

}  // namespace

// Not: time stamps, which documents bear that are read; witnesses, whose keys log proofs are made
// with, and who are asked at the start what they keep of the log; providers, who vouch for
// litigants, too.
std::vector<ServingFault> faults_of_serving(const Config& config) {
  std::vector<ServingFault> faults;
  if (config.listen.serves == Serves::kEverybody) return faults;
  const auto expect = [&faults](bool fits, std::string_view table, std::string_view what,
                                std::string_view remedy) {
    if (!fits) faults.push_back({table, what, remedy});
  };
  expect(config.database.has_value(), "database",
         "is missing, where [listen] serves litigants alone",
         "Add [database]: the court's gateways verify what is filed here");
  expect(config.tls.client_ca.empty(), "tls",
         "names client_ca, where [listen] serves litigants alone",
         "Leave client_ca out: court systems connect to the court's gateways");
  expect(config.court_systems.empty(), "court_system",
         "is served by the court's gateways, where [listen] serves litigants alone",
         "Leave it out, and name the court in [[people.court]]");
  expect(config.courts.empty(), "court",
         "has messages of courts' systems, where [listen] serves litigants alone", kLeaveToCourt);
  expect(config.webhooks.empty(), "webhook",
         "tells courts' systems, where [listen] serves litigants alone", kLeaveToCourt);
  expect(!config.scanner, "scanner", "scans files, where [listen] serves litigants alone",
         kLeaveToCourt);
  return faults;
}

}  // namespace heyan::ops
