#include "verifier/ledgers/answers.h"
// Topic fabric: blocks, chains and signed answers of whole Fabric networks, with the outcome that
#include "verifier/ledgers/answers.h"
// each must have.
#include "verifier/ledgers/answers.h"
//
#include "verifier/ledgers/answers.h"
// DIR holds run folders, each one network with its cases.json (or is one itself); paths in it are
#include "verifier/ledgers/answers.h"
// relative to the run folder. Modes: "single" (one block and config blocks), "chain" (all blocks of
#include "verifier/ledgers/answers.h"
// a folder, some replaced or left out), "attest" (signed answers). The verdict and every other
#include "verifier/ledgers/answers.h"
// field of `expect` that a mode names must be equal; the listed reasons must be among those
#include "verifier/ledgers/answers.h"
// reported.
#include <algorithm>
#include <array>
#include <iostream>
#include "verifier/ledgers/answers.h"

#include "tests/vectors/fabric_network.h"
#include "tests/vectors/topic.h"
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
namespace heyan::vectors {
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
bool run_fabric(const std::filesystem::path& folder, const Report& report);
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
namespace {
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
namespace fabric = ledgers::fabric;
#include "verifier/ledgers/answers.h"
namespace fs = std::filesystem;
#include "verifier/ledgers/answers.h"
using core::json::Value;
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
std::string joined(const std::vector<std::string>& texts) {
#include "verifier/ledgers/answers.h"
  std::string result;
#include "verifier/ledgers/answers.h"
  for (const std::string& text : texts) result += (result.empty() ? "" : ",") + text;
#include "verifier/ledgers/answers.h"
  return result;
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
std::string verdict(const fabric::Reasons& reasons) {
#include "verifier/ledgers/answers.h"
  switch (fabric::outcome(reasons)) {
#include "verifier/ledgers/answers.h"
    case v1::PROOF_OUTCOME_ACCEPT:
#include "verifier/ledgers/answers.h"
      return "ACCEPT";
#include "verifier/ledgers/answers.h"
    case v1::PROOF_OUTCOME_INCOMPLETE:
#include "verifier/ledgers/answers.h"
      return "INCOMPLETE";
#include "verifier/ledgers/answers.h"
    case v1::PROOF_OUTCOME_UNSUPPORTED:
#include "verifier/ledgers/answers.h"
      return "UNSUPPORTED";
#include "verifier/ledgers/answers.h"
    default:
#include "verifier/ledgers/answers.h"
      return "REJECT";
#include "verifier/ledgers/answers.h"
  }
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
bool same(const Value& one, const Value& other) {
#include "verifier/ledgers/answers.h"
  return core::json::write_canonical(one) == core::json::write_canonical(other);
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
// Fields of `expect` that the result must equal; the others are ground truth or information.
#include "verifier/ledgers/answers.h"
constexpr std::array<std::string_view, 12> kCompared{
#include "verifier/ledgers/answers.h"
    "tx_index",     "txid",          "digest",         "endorsing_msps",
#include "verifier/ledgers/answers.h"
    "orderer_msps", "flag_in_block", "attesting_msps", "validation_code",
#include "verifier/ledgers/answers.h"
    "codes",        "last_block",    "commit_hash",    "at"};
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
CaseResult compare(const Value& one, const Found& found) {
#include "verifier/ledgers/answers.h"
  const Value nothing;
#include "verifier/ledgers/answers.h"
  const Value* given = one.find("expect");
#include "verifier/ledgers/answers.h"
  const Value& expect = given != nullptr ? *given : nothing;
#include "verifier/ledgers/answers.h"
  const std::vector<std::string> wanted = texts_of(expect, "reasons");
#include "verifier/ledgers/answers.h"
  const std::vector<std::string> got = ledgers::sorted_names(found.reasons);
#include "verifier/ledgers/answers.h"
  CaseResult result;
#include "verifier/ledgers/answers.h"
  result.id = text_of(one, "id");
#include "verifier/ledgers/answers.h"
  result.expected = text_of(expect, "verdict") + (wanted.empty() ? "" : " " + joined(wanted));
#include "verifier/ledgers/answers.h"
  result.got = found.error.empty() ? verdict(found.reasons) + (got.empty() ? "" : " " + joined(got))
#include "verifier/ledgers/answers.h"
                                   : found.error;
#include "verifier/ledgers/answers.h"
  bool passed = found.error.empty() && verdict(found.reasons) == text_of(expect, "verdict");
#include "verifier/ledgers/answers.h"
  for (const std::string& reason : wanted)
#include "verifier/ledgers/answers.h"
    passed = passed && std::ranges::find(got, reason) != got.end();
#include "verifier/ledgers/answers.h"
  const auto compare_field = [&](std::string_view name) {
#include "verifier/ledgers/answers.h"
    const Value* value = expect.find(name);
#include "verifier/ledgers/answers.h"
    if (value == nullptr) return;
#include "verifier/ledgers/answers.h"
    const auto field = found.fields.find(std::string(name));
#include "verifier/ledgers/answers.h"
    if (field != found.fields.end() && same(*value, field->second)) return;
#include "verifier/ledgers/answers.h"
    passed = false;
#include "verifier/ledgers/answers.h"
    result.got += " " + std::string(name) + "=" +
#include "verifier/ledgers/answers.h"
                  (field == found.fields.end() ? "?" : core::json::write_canonical(field->second));
#include "verifier/ledgers/answers.h"
  };
#include "verifier/ledgers/answers.h"
  for (const std::string_view name : kCompared) compare_field(name);
#include "verifier/ledgers/answers.h"
  compare_field("history");
#include "verifier/ledgers/answers.h"
  result.status = passed ? Status::kPassed : Status::kFailed;
#include "verifier/ledgers/answers.h"
  return result;
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
bool run_network(const fs::path& folder, const Report& report) {
#include "verifier/ledgers/answers.h"
  const auto bytes = read_file(folder / "cases.json");
#include "verifier/ledgers/answers.h"
  core::Limits limits;
#include "verifier/ledgers/answers.h"
  const auto list = bytes ? core::json::parse(*bytes, limits) : core::json::parse({}, limits);
#include "verifier/ledgers/answers.h"
  if (!list) {
#include "verifier/ledgers/answers.h"
    std::cerr << folder.string() << ": cases.json cannot be read: " << list.error().error.text
#include "verifier/ledgers/answers.h"
              << " at " << list.error().pointer << "\n";
#include "verifier/ledgers/answers.h"
    return false;
#include "verifier/ledgers/answers.h"
  }
#include "verifier/ledgers/answers.h"
  FabricNetwork network(folder, *list);
#include "verifier/ledgers/answers.h"
  const Value* cases = list->find("cases");
#include "verifier/ledgers/answers.h"
  if (cases == nullptr || cases->as_array() == nullptr) {
#include "verifier/ledgers/answers.h"
    std::cerr << folder.string() << ": cases.json has no cases\n";
#include "verifier/ledgers/answers.h"
    return false;
#include "verifier/ledgers/answers.h"
  }
#include "verifier/ledgers/answers.h"
  for (const Value& one : *cases->as_array()) report(compare(one, network.run(one)));
#include "verifier/ledgers/answers.h"
  return true;
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
}  // namespace
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
bool run_fabric(const fs::path& folder, const Report& report) {
#include "verifier/ledgers/answers.h"
  std::vector<fs::path> networks;
#include "verifier/ledgers/answers.h"
  std::error_code error;
#include "verifier/ledgers/answers.h"
  if (fs::exists(folder / "cases.json", error)) networks.push_back(folder);
#include "verifier/ledgers/answers.h"
  for (const auto& entry : fs::directory_iterator(folder, error)) {
#include "verifier/ledgers/answers.h"
    if (entry.is_directory() && fs::exists(entry.path() / "cases.json"))
#include "verifier/ledgers/answers.h"
      networks.push_back(entry.path());
#include "verifier/ledgers/answers.h"
  }
#include "verifier/ledgers/answers.h"
  std::ranges::sort(networks);
#include "verifier/ledgers/answers.h"
  if (networks.empty()) std::cerr << folder.string() << ": no folder with a cases.json\n";
#include "verifier/ledgers/answers.h"
  bool read = !networks.empty();
#include "verifier/ledgers/answers.h"
  for (const fs::path& network : networks) read = run_network(network, report) && read;
#include "verifier/ledgers/answers.h"
  return read;
#include "verifier/ledgers/answers.h"
}
#include "verifier/ledgers/answers.h"

#include "verifier/ledgers/answers.h"
}  // namespace heyan::vectors
