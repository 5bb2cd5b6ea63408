#include "gateway/ops/nodes.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "gateway/ops/config_values.h"
#include "gateway/os/folder.h"
#include "verifier/core/text.h"
#include "verifier/trust/document.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

constexpr std::size_t kFileBytes = 1u << 20;
constexpr std::size_t kMostName = 253;  // of a host, RFC 1035 section 2.3.4
constexpr std::int64_t kMostSeconds = 300;

bool consists_of(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= kMostName && text.front() != '.' && text.front() != '-' &&
         text.find("..") == std::string_view::npos && consists_of(text, ".-");
}

// A certificate's name: capitals are usual in those of FISCO BCOS.
bool is_tls_name(std::string_view text) {
  return !text.empty() && text.size() <= kMostName &&
         consists_of(text, std::string(kCapitals) + ".-");
}

bool is_path(std::string_view text) {
  return text.starts_with('/') && text.find("..") == std::string_view::npos &&
         consists_of(text, std::string(kCapitals) + "/._~-");
}

std::optional<std::string> numeric(std::string_view text) {
  const std::string copy(text);
  std::array<std::uint8_t, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  for (const int family : {AF_INET, AF_INET6}) {
    if (::inet_pton(family, copy.c_str(), bytes.data()) == 1 &&
        ::inet_ntop(family, bytes.data(), shown.data(), shown.size()) != nullptr) {
      return std::string(shown.data());
    }
  }
  return std::nullopt;
}

struct Url {
  std::string host;
  std::uint16_t port = 443;
  std::string path = "/";
};

// https://HOST[:PORT][/PATH] and nothing else: no user, query or fragment, which could carry a
// secret or make another reader see another host.
std::optional<Url> parse_url(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  Url url;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    url.path = text.substr(slash);
    text = text.substr(0, slash);
  }
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || url.port == 0 || std::to_string(url.port) != port)
      return std::nullopt;
    text = text.substr(0, colon);
  }
  url.host = text;
  if (text.starts_with('[') && text.ends_with(']')) {
    const auto address = numeric(text.substr(1, text.size() - 2));
    if (!address || address->find(':') == std::string::npos) return std::nullopt;
    url.host = *address;
  } else if (!is_host(text)) {
    return std::nullopt;
  }
  return is_path(url.path) ? std::optional(url) : std::nullopt;
}

class Reader {
 public:
  Reader(Table root, path folder) : root_(std::move(root)), folder_(std::move(folder)) {}

  Nodes read() {
    for (Table& each : root_.tables("node")) read_node(each);
    if (!root_.has("node")) root_.defect("node", "is missing", "Add a table [[node]]");
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
    read_url(table, node);
    node.ca = file(table, "ca");
    node.certificate = optional_file(table, "certificate");
    node.key = optional_file(table, "key");
    if (node.certificate.empty() != node.key.empty())
      table.defect("key", "and certificate belong together", "Name both, or neither");
    for (const std::string& each : table.texts("addresses")) read_address(table, each, node);
    if (const auto seconds = table.integer("seconds")) {
      if (*seconds < 1 || *seconds > kMostSeconds)
        table.defect("seconds", fmt::format("must be from 1 to {}", kMostSeconds));
      else
        node.seconds = static_cast<unsigned>(*seconds);
    }
    read_chain(table, node);
    nodes_.nodes.push_back(std::move(node));
  }

  static void read_url(Table& table, Node& node) {
    const auto text = table.required_text("url");
    const auto url = parse_url(text.value_or(""));
    if (text && !text->empty() && !url) {
      table.defect("url", "is no address of a node",
                   "Write for example \"https://node1.example:8545/\": https, small letters, no "
                   "user, query or fragment");
    }
    if (url) std::tie(node.host, node.port, node.path) = std::tie(url->host, url->port, url->path);
    const auto name = table.text("tls_name");
    if (name && !is_tls_name(*name))
      table.defect("tls_name", "is no name", "Write the name that the node's certificate has");
    node.tls_name = name.value_or("");
  }

  static void read_address(Table& table, const std::string& text, Node& node) {
    const auto address = numeric(text);
    if (address)
      node.addresses.push_back(*address);
    else
      table.defect("addresses", "holds what is no numeric address", "Write \"10.20.0.7\"");
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

std::string url_of(const Node& node) {
  return fmt::format("https://{}{}", to_string(Address{node.host, node.port}), node.path);
}

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
