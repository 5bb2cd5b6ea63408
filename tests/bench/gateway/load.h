// A load: so many connections, each of which files a case, waits for its report, takes it, and
// files the next.
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tests/bench/gateway/filings.h"
#include "tests/bench/gateway/installation.h"

namespace heyan::bench {

using Seconds = std::chrono::duration<double>;

struct Reported {
  std::string id;
  std::string envelope;     // the signed report
  Seconds acknowledged{0};  // from the first byte sent to 201
  Seconds reported{0};      // from the first byte sent to state DONE
};

struct Load {
  Seconds took{0};
  std::map<std::string, Seconds> gateway;  // processor time of its processes, by kind
  Seconds client{0};                       // and ours
  std::vector<Reported> reports;           // in the order of the filings
};

// Gives up with a message on any answer that is not the right one.
Load run_load(const Installation& gateway, std::span<const Filing> filings,
              std::size_t connections);

// That every report is signed and logged, is that of its case, and finds each item consistent; and
// that no number was given twice. Gives up with a message otherwise.
void check_reports(const Installation& gateway, std::span<const Filing> filings, const Load& load);

}  // namespace heyan::bench
