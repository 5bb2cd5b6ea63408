// Topic fabric: blocks, chains and signed answers of whole Fabric networks, with the outcome that
// each must have.
//
// DIR holds run folders, each one network with its cases.json (or is one itself); paths in it are
// relative to the run folder. Modes: "single" (one block and config blocks), "chain" (all blocks of
// a folder, some replaced or left out), "attest" (signed answers). The verdict and every other
// field of `expect` that a mode names must be equal; the listed reasons must be among those
// reported.
#include <algorithm>
#include <array>
#include <iostream>

#include "tests/vectors/fabric_network.h"
#include "tests/vectors/topic.h"

namespace heyan::vectors {

bool run_fabric(const std::filesystem::path& folder, const Report& report);

namespace {

namespace fabric = ledgers::fabric;
namespace fs = std::filesystem;
using core::json::Value;

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ",") + text;
  return result;
}

std::string verdict(const fabric::Reasons& reasons) {
  switch (fabric::outcome(reasons)) {
    case v1::PROOF_OUTCOME_ACCEPT:
      return "ACCEPT";
    case v1::PROOF_OUTCOME_INCOMPLETE:
      return "INCOMPLETE";
    case v1::PROOF_OUTCOME_UNSUPPORTED:
      return "UNSUPPORTED";
    default:
      return "REJECT";
  }
}

bool same(const Value& one, const Value& other) {
  return core::json::write_canonical(one) == core::json::write_canonical(other);
}

// Fields of `expect` that the result must equal; the others are ground truth or information.
constexpr std::array<std::string_view, 12> kCompared{
    "tx_index",     "txid",          "digest",         "endorsing_msps",
    "orderer_msps", "flag_in_block", "attesting_msps", "validation_code",
    "codes",        "last_block",    "commit_hash",    "at"};

CaseResult compare(const Value& one, const Found& found) {
  const Value nothing;
  const Value* given = one.find("expect");
  const Value& expect = given != nullptr ? *given : nothing;
  const std::vector<std::string> wanted = texts_of(expect, "reasons");
  const std::vector<std::string> got = fabric::names(found.reasons);
  CaseResult result;
  result.id = text_of(one, "id");
  result.expected = text_of(expect, "verdict") + (wanted.empty() ? "" : " " + joined(wanted));
  result.got = found.error.empty() ? verdict(found.reasons) + (got.empty() ? "" : " " + joined(got))
                                   : found.error;
  bool passed = found.error.empty() && verdict(found.reasons) == text_of(expect, "verdict");
  for (const std::string& reason : wanted)
    passed = passed && std::ranges::find(got, reason) != got.end();
  const auto compare_field = [&](std::string_view name) {
    const Value* value = expect.find(name);
    if (value == nullptr) return;
    const auto field = found.fields.find(std::string(name));
    if (field != found.fields.end() && same(*value, field->second)) return;
    passed = false;
    result.got += " " + std::string(name) + "=" +
                  (field == found.fields.end() ? "?" : core::json::write_canonical(field->second));
  };
  for (const std::string_view name : kCompared) compare_field(name);
  compare_field("history");
  result.status = passed ? Status::kPassed : Status::kFailed;
  return result;
}

bool run_network(const fs::path& folder, const Report& report) {
  const auto bytes = read_file(folder / "cases.json");
  core::Limits limits;
  const auto list = bytes ? core::json::parse(*bytes, limits) : core::json::parse({}, limits);
  if (!list) {
    std::cerr << folder.string() << ": cases.json cannot be read: " << list.error().error.text
              << " at " << list.error().pointer << "\n";
    return false;
  }
  FabricNetwork network(folder, *list);
  const Value* cases = list->find("cases");
  if (cases == nullptr || cases->as_array() == nullptr) {
    std::cerr << folder.string() << ": cases.json has no cases\n";
    return false;
  }
  for (const Value& one : *cases->as_array()) report(compare(one, network.run(one)));
  return true;
}

}  // namespace

bool run_fabric(const fs::path& folder, const Report& report) {
  std::vector<fs::path> networks;
  std::error_code error;
  if (fs::exists(folder / "cases.json", error)) networks.push_back(folder);
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory() && fs::exists(entry.path() / "cases.json"))
      networks.push_back(entry.path());
  }
  std::ranges::sort(networks);
  if (networks.empty()) std::cerr << folder.string() << ": no folder with a cases.json\n";
  bool read = !networks.empty();
  for (const fs::path& network : networks) read = run_network(network, report) && read;
  return read;
}

}  // namespace heyan::vectors
