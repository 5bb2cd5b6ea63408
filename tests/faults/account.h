// The reckoning after faults: what was acknowledged against what was reported and logged.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/faults/court_system.h"
#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"

namespace heyan::faults {

class Account {
 public:
  explicit Account(Gateway& gateway) : gateway_(gateway) {}

  // `acknowledged`: idempotency key to submission, everything that was ever acknowledged, each
  // verified once. The gateway runs. What is wrong, in words; empty: every one has one signed
  // report that verifies offline, in a place of the log and under a number of its own, and every
  // intake of the log has one report.
  std::string check(const std::map<std::string, std::string>& acknowledged, LogCopy& log);

  std::string summary() const;
  std::size_t reports() const { return reports_; }  // in the log
  // How many submissions ended in which verdict.
  const std::map<std::string, int>& verdicts() const { return verdicts_; }

 private:
  std::string check_one(CourtSystem& court, const std::string& id);
  std::string verify_offline(const std::string& report) const;
  std::string read_log(const LogCopy& log);
  std::string check_log(LogCopy& log);

  Gateway& gateway_;
  functional::TemporaryFolder folder_;
  std::map<std::string, int> verdicts_;  // of submissions
  std::set<std::string> numbers_;        // of reports
  std::set<std::uint64_t> places_;       // of their leaves
  std::size_t intakes_ = 0;
  std::size_t reports_ = 0;
};

}  // namespace heyan::faults
