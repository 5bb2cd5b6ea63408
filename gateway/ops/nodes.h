// Nodes of ledgers that proofs are fetched from: one commented TOML file beside the trust list.
//
// Whom the court believes stands in the trust list alone; a node named here is asked and never
// believed. [tsa] names an authority that stamps on demand (tsa.h). Strict: an unknown key is an
// error that names its line and the nearest key. Relative paths are relative to the folder of the
// file. Threat: who may write this file decides where calls go to, so an address is never taken
// from anywhere else (security decision 32). Values.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/ops/destination.h"
#include "gateway/ops/tsa.h"
#include "verifier/trust/table.h"

namespace heyan::ops {

// JSON-RPC over HTTPS.
struct FiscoNode {
  int version = 3;       // 2 3
  bool is_sm = false;    // crypto = "sm"; otherwise "ecdsa"
  std::string chain_id;  // empty: not said
  std::string group;     // "group0"; of 2.x the number as text
  std::string name;      // 3.x: which node of the group; empty: any
};

// gRPC, in the name of a member of the chain, whom the node wants to know.
struct ChainmakerNode {
  std::string chain_id;
  std::string hash;               // SHA256 SM3 SHA3_256
  bool with_certificates = true;  // auth = "cert"; otherwise "public-key"
  std::string org_id;
  std::filesystem::path member_certificate;  // PEM; empty in public-key mode
  std::filesystem::path member_key;          // PEM, PKCS#8
};

struct Node : Destination {
  std::string ledger;  // id in the trust list; one node a ledger
  std::variant<FiscoNode, ChainmakerNode> chain;

  bool is_grpc() const { return std::holds_alternative<ChainmakerNode>(chain); }
};

struct Nodes {
  std::vector<Node> nodes;
  std::optional<Tsa> tsa;
  const Node* find(std::string_view ledger) const;  // null: none
};

// Every defect, in the order of the lines. `folder` is put before relative paths.
std::expected<Nodes, std::vector<trust::ConfigError>> parse_nodes(
    std::string_view name, std::string_view text, const std::filesystem::path& folder);
std::expected<Nodes, std::vector<trust::ConfigError>> load_nodes(const std::filesystem::path& file);

}  // namespace heyan::ops
