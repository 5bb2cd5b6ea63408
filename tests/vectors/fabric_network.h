// One Fabric network of the case lists: its files, its profile, and its cases run through the code
// that production uses.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/ledgers/fabric/reason.h"

namespace heyan::vectors {

std::optional<core::Bytes> read_file(const std::filesystem::path& path);

// Members of a JSON object; empty where absent or of another type.
std::string text_of(const core::json::Value& object, std::string_view name);
std::vector<std::string> texts_of(const core::json::Value& object, std::string_view name);

// What a mode found, in the words of `expect`.
struct Found {
  std::string error;  // the case itself could not be run
  ledgers::fabric::Reasons reasons;
  std::map<std::string, core::json::Value> fields;
};

class FabricNetwork {
 public:
  // `folder`: the run folder; `list`: its cases.json.
  FabricNetwork(std::filesystem::path folder, core::json::Value list);
  ~FabricNetwork();
  FabricNetwork(const FabricNetwork&) = delete;
  FabricNetwork& operator=(const FabricNetwork&) = delete;

  // `one`: an entry of the list.
  Found run(const core::json::Value& one);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace heyan::vectors
