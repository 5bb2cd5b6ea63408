// What the parts of the front are given, from the configuration. Pure.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/api/api.h"
#include "gateway/ops/config.h"

namespace heyan::api {

std::set<std::string, std::less<>> adapters_of(const ops::Config& config);
std::vector<CourtSystem> court_systems_of(const ops::Config& config);
std::vector<std::string> codes_of_courts(const ops::Config& config);
std::vector<Court> courts_of_people(const ops::Config& config);
std::map<std::string, bool> accounts_told(const ops::Config& config);
// By account, of the system's own answers.
std::map<std::string, std::string> languages_of(const ops::Config& config);
std::map<std::string, std::chrono::milliseconds> patience_of(const ops::Config& config);
std::vector<Listener> addresses_of(const ops::Listen& listen);
std::vector<Provider> providers_of(const ops::Config& config);
// Of one answer, by the slowest of them.
std::chrono::milliseconds patience_with_providers(const ops::Config& config);
std::vector<std::string> witnesses_of(const ops::Config& config);

}  // namespace heyan::api
