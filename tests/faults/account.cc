#include "tests/faults/account.h"

#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "verifier/core/bytes.h"

namespace heyan::faults {
namespace {

using Json = nlohmann::json;

// The signed payload of an envelope.
Json payload_of(const Json& envelope) {
  const std::string text = envelope.value("payload", "");
  const auto bytes = core::from_base64url(text);
  return bytes ? Json::parse(core::to_string(*bytes), nullptr, false) : Json();
}

// "index N" of the log proof.
std::uint64_t place_of(const Json& envelope) {
  const std::string proof = envelope.value("heyan-log-proof", "");
  const std::size_t at = proof.find("\nindex ");
  std::uint64_t place = 0;
  if (at != std::string::npos) {
    std::from_chars(proof.data() + at + 7, proof.data() + proof.size(), place);
  }
  return place;
}

}  // namespace

std::string Account::verify_offline(const std::string& report) const {
  functional::write_file(folder_ / "report.jws", report);
  const functional::Outcome outcome =
      functional::run({.arguments = {HEYAN_BINARY, "report", "verify", folder_ / "report.jws",
                                     "--key", gateway_.state("keys/report-es256.cert.pem"), "--key",
                                     gateway_.state("keys/report-sm2.cert.pem"), "--log",
                                     gateway_.state("keys/log.vkey")},
                       .environment = {},
                       .folder = {},
                       .input = {}});
  return outcome.status == 0 ? "" : "a report does not verify: " + outcome.out + outcome.err;
}

std::string Account::check_one(CourtSystem& court, const std::string& id) {
  const Answer found = court.await(id);
  if (found.status != 200) return "acknowledged and lost: " + id + ", " + found.body;
  if (found.member("state") != "DONE") return "acknowledged and not done: " + found.body;
  const std::string number = found.member("number");
  if (!numbers_.insert(number).second) return "two reports under one number: " + number;
  const std::string report = court.signed_report(number);
  if (report.empty()) return "there is no report " + number;
  if (std::string wrong = verify_offline(report); !wrong.empty()) return wrong;
  const Json envelope = Json::parse(report, nullptr, false);
  if (!places_.insert(place_of(envelope)).second) return "two reports in one place of the log";
  ++verdicts_[payload_of(envelope).value("verdict", "?")];
  return {};
}

std::string Account::read_log(const LogCopy& log) {
  intakes_ = 0;
  std::set<std::uint64_t> reported;  // places of intakes
  for (const std::string& entry : log.entries()) {
    const Json leaf = Json::parse(entry, nullptr, false);
    const std::string type = leaf.value("type", "");
    if (type == "intake") ++intakes_;
    if (type != "report") continue;
    const std::uint64_t intake = leaf.value("intake", std::uint64_t{0});
    if (intake == 0) return "a report on no intake";
    if (!reported.insert(intake).second) return "an intake was reported on twice";
  }
  reports_ = reported.size();
  return {};
}

// What was cut off before it was acknowledged, and logged by then, is gone on with by itself.
std::string Account::check_log(LogCopy& log) {
  constexpr auto kLongest = std::chrono::minutes(2);
  const auto until = std::chrono::steady_clock::now() + kLongest;
  while (true) {
    if (std::string wrong = log.follow(); !wrong.empty()) return "the log: " + wrong;
    if (std::string wrong = read_log(log); !wrong.empty()) return wrong;
    if (reports_ == intakes_) break;
    if (std::chrono::steady_clock::now() > until) {
      return std::to_string(intakes_ - reports_) + " intakes stay without a report";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  if (reports_ >= numbers_.size()) return {};
  return "the log has " + std::to_string(reports_) + " reports, and there are " +
         std::to_string(numbers_.size());
}

std::string Account::check(const std::map<std::string, std::string>& acknowledged, LogCopy& log) {
  CourtSystem court(gateway_);
  std::set<std::string> ids;
  for (const auto& [key, id] : acknowledged) {
    if (id.empty() || !ids.insert(id).second) return "two keys, one submission: " + key;
    if (std::string wrong = check_one(court, id); !wrong.empty()) return wrong;
  }
  return check_log(log);
}

std::string Account::summary() const {
  std::string text = std::to_string(numbers_.size()) + " reports verified offline, " +
                     std::to_string(reports_) + " and " + std::to_string(intakes_) +
                     " intakes in the log; verdicts:";
  for (const auto& [verdict, count] : verdicts_) {
    text += " " + std::to_string(count) + " " + verdict;
  }
  return text;
}

}  // namespace heyan::faults
