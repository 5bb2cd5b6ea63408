#include "gateway/ops/nodes.h"

#include <algorithm>
#include <array>

#include "gateway/ops/config_values.h"
#include "gateway/os/folder.h"
#include "verifier/core/text.h"
#include "verifier/trust/document.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

constexpr std::size_t kFileBytes = 1u << 20;
class Reader {
 public:
  Reader(Table root, path folder) : root_(std::move(root)), folder_(std::move(folder)) {}

  Nodes read() {
    for (Table& each : root_.tables("node")) read_node(each);
    if (auto table = root_.table("tsa")) nodes_.tsa = read_tsa(*table, folder_);
    if (!root_.has("node") && !root_.has("tsa"))
      root_.defect("node", "is missing", "Add a table [[node]]");
    root_.finish();
    return std::move(nodes_);
  }

 private:
  path file(Table& table, std::string_view key) const {
    return resolve_path(folder_, table.required_text(key).value_or(""));
  }
  path optional_file(Table& table, std::string_view key) const {
    const auto text = table.text(key);
    if (text && text->empty()) table.defect(key, "is empty", "Leave it out, or name a file");
    return resolve_path(folder_, text.value_or(""));
  }

  void read_node(Table& table) {
    Node node;
    node.ledger = table.required_text("ledger").value_or("");
    if (!node.ledger.empty() && nodes_.find(node.ledger) != nullptr)
      table.defect("ledger", "has a node already", "Name one node for each ledger");
    read_destination(table, folder_, node);
    read_chain(table, node);
    nodes_.nodes.push_back(std::move(node));
  }

  void read_chain(Table& table, Node& node) {
    auto fisco = table.table("fisco-bcos");
    auto chainmaker = table.table("chainmaker");
    if (fisco.has_value() == chainmaker.has_value()) {
      table.defect("", fisco ? "is of two kinds" : "does not say of which kind it is",
                   "Add [node.fisco-bcos] or [node.chainmaker]");
    }
    if (fisco) node.chain = read_fisco(*fisco);
    if (!chainmaker) return;
    node.chain = read_chainmaker(*chainmaker);
    if (node.path != "/") table.defect("url", "has a path", "gRPC has its own: leave it out");
  }

  static FiscoNode read_fisco(Table& table) {
    static constexpr std::array<std::string_view, 2> kCryptos = {"sm", "ecdsa"};
    FiscoNode node;
    const auto version = table.integer("version");
    if (!version || *version < 2 || *version > 3)
      table.defect("version", "must be 2 or 3");
    else
      node.version = static_cast<int>(*version);
    if (!table.has("crypto")) table.defect("crypto", "is missing", "Write \"sm\" or \"ecdsa\"");
    node.is_sm = table.word("crypto", kCryptos).value_or("") == "sm";
    node.chain_id = table.text("chain_id").value_or("");
    node.group = table.required_text("group").value_or("");
    const bool number = !node.group.empty() && node.group.size() <= 5 &&
                        node.group.find_first_not_of("0123456789") == std::string::npos;
    if (node.version == 2 && !node.group.empty() && !number)
      table.defect("group", "is no number", "Groups of 2.x are numbers: write \"1\"");
    node.name = table.text("node").value_or("");
    return node;
  }

  ChainmakerNode read_chainmaker(Table& table) const {
    static constexpr std::array<std::string_view, 3> kHashes = {"SHA256", "SM3", "SHA3_256"};
    static constexpr std::array<std::string_view, 2> kAuths = {"cert", "public-key"};
    ChainmakerNode node;
    node.chain_id = table.required_text("chain_id").value_or("");
    if (!table.has("hash")) table.defect("hash", "is missing", "Write crypto.hash of the chain");
    node.hash = table.word("hash", kHashes).value_or("");
    if (!table.has("auth")) table.defect("auth", "is missing", "Write \"cert\" or \"public-key\"");
    node.with_certificates = table.word("auth", kAuths).value_or("") == "cert";
    node.org_id = table.text("org_id").value_or("");
    node.member_certificate = optional_file(table, "member_certificate");
    node.member_key = file(table, "member_key");
    if (node.with_certificates && (node.org_id.empty() || node.member_certificate.empty()))
      table.defect("", "lacks org_id or member_certificate", "Nodes answer members alone");
    if (!node.with_certificates && !node.member_certificate.empty())
      table.defect("member_certificate", "has no place here", "In public-key mode leave it out");
    return node;
  }

  Table root_;
  path folder_;
  Nodes nodes_;
};

}  // namespace

const Node* Nodes::find(std::string_view ledger) const {
  const auto found = std::ranges::find(nodes, ledger, &Node::ledger);
  return found == nodes.end() ? nullptr : &*found;
}

std::expected<Nodes, std::vector<trust::ConfigError>> parse_nodes(std::string_view name,
                                                                  std::string_view text,
                                                                  const path& folder) {
  const trust::FileReader reader = [text](std::string_view) -> core::Result<core::Bytes> {
    return core::to_bytes(text);
  };
  trust::Document document(name, reader);
  if (!document.readable()) return std::unexpected(document.errors());
  Nodes nodes = Reader(document.root(), folder).read();
  if (auto errors = document.errors(); !errors.empty()) return std::unexpected(std::move(errors));
  return nodes;
}

std::expected<Nodes, std::vector<trust::ConfigError>> load_nodes(const path& file) {
  const auto bytes = os::read_named_file(file, kFileBytes);
  if (!bytes) {
    return std::unexpected(
        std::vector<trust::ConfigError>{{.file = core::visible(file.string(), 1000),
                                         .line = 0,
                                         .path = "",
                                         .what = std::string(bytes.error().text),
                                         .remedy = ""}});
  }
  std::error_code error;
  const path absolute = std::filesystem::absolute(file, error);
  return parse_nodes(file.filename().string(), core::as_text(*bytes), absolute.parent_path());
}

}  // namespace heyan::ops
