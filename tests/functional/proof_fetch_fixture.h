// `heyan proof fetch` against a node that replays a vector of FISCO BCOS.
#pragma once

#include <gmock/gmock.h>

#include <optional>
#include <sstream>

#include "tests/functional/replayed_node.h"
#include "tests/vectors/fisco_bundle.h"

namespace heyan::functional {

using core::json::Value;

class ProofFetch : public ::testing::Test {
 protected:
  ProofFetch() {
    certificates_.write_to(folder_.path());
    use("fisco3sm-v02-5tx-idx4");
  }

  static Value read_json(const std::string& path) {
    const std::string text = read_file(path);
    auto value = core::json::parse(core::as_bytes(text), {});
    EXPECT_TRUE(value.has_value()) << path;
    return value ? *std::move(value) : Value();
  }

  // The bundle's answers, as a node gives them one by one.
  void use(const std::string& vector) {
    bundle_ = read_json(std::string(HEYAN_VECTORS) + "/chains-cn/fisco/" + vector + ".json");
    vector_ = vector;
    transaction_ = vectors::member_text(*bundle_.find("transaction"), "hash");
    if (vectors::is_second_generation(bundle_)) {
      Value transaction;
      transaction.set("transaction", *bundle_.find("transaction"))
          .set("txProof", *bundle_.find("tx_proof"));
      Value receipt;
      receipt.set("transactionReceipt", *bundle_.find("receipt"))
          .set("receiptProof", *bundle_.find("receipt_proof"));
      answer({{"getTransactionByHashWithProof", std::move(transaction)},
              {"getTransactionReceiptByHashWithProof", std::move(receipt)},
              {"getBlockHeaderByNumber", *bundle_.find("block_header")}});
    } else {
      answer({{"getTransaction", *bundle_.find("transaction")},
              {"getTransactionReceipt", *bundle_.find("receipt")},
              {"getBlockByNumber", *bundle_.find("block_header")}});
    }
  }
  void answer(std::vector<core::json::Member> answers) {
    Value all;
    for (auto& [method, result] : answers) all.set(method, std::move(result));
    write_file(folder_ / "answers.json", core::json::write_canonical(all));
  }

  void start(const std::string& behaviour = "usual") {
    node_.reset();
    node_.emplace(folder_.path(), behaviour);
    name_node();
  }
  // Writes nodes.toml. `entry`: further lines, or others in the place of those of that key.
  void name_node(std::map<std::string, std::string> entry = {}, const std::string& chain = {}) {
    std::map<std::string, std::string> lines = {
        {"ledger", "\"chain\""},
        {"url", "\"https://localhost:" + node_->port() + "/\""},
        {"ca", "\"ca.pem\""},
        {"addresses", "[\"127.0.0.1\"]"},
        {"seconds", "2"}};
    for (auto& [key, value] : entry) lines[key] = value;
    std::string text = "[[node]]\n";
    for (const auto& [key, value] : lines) {
      if (!value.empty()) text += key + " = " + value + "\n";
    }
    write_file(folder_ / "nodes.toml", text + (chain.empty() ? fisco_table() : chain));
  }
  std::string fisco_table(const std::string& group = {}) const {
    const bool second = vectors::is_second_generation(bundle_);
    return std::string("[node.fisco-bcos]\nversion = ") + (second ? "2" : "3") + "\ncrypto = \"" +
           vectors::member_text(bundle_, "crypto") + "\"\ngroup = \"" +
           (group.empty() ? vectors::member_text(bundle_, "group_id") : group) + "\"\n";
  }

  Outcome fetch(std::vector<std::string> more = {},
                std::map<std::string, std::string> environment = {}) {
    Process process{.arguments = {HEYAN_BINARY, "proof", "fetch", "--nodes", folder_ / "nodes.toml",
                                  "--ledger", "chain", "--tx", transaction_, "--lang", "en"},
                    .environment = std::move(environment),
                    .folder = {},
                    .input = {}};
    process.arguments.insert(process.arguments.end(), more.begin(), more.end());
    return run(process);
  }
  void expect_refused(const Outcome& outcome, int status, const std::string& words) {
    EXPECT_EQ(outcome.status, status) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, ::testing::HasSubstr(words));
    EXPECT_THAT(outcome.err, ::testing::Not(::testing::HasSubstr("SECRET")));
  }
  std::vector<std::string> asked() const {
    std::vector<std::string> lines;
    if (!std::filesystem::exists(folder_.path() / "asked")) return lines;
    std::istringstream text(read_file(folder_.path() / "asked"));
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
  }
  // What the vectors say of this one: where the record stands.
  Value case_line() const {
    std::istringstream lines(read_file(std::string(HEYAN_VECTORS) + "/chains-cn/cases.jsonl"));
    for (std::string line; std::getline(lines, line);) {
      auto value = core::json::parse(core::as_bytes(line), {});
      if (value && vectors::member_text(*value, "id") == vector_) return *std::move(value);
    }
    ADD_FAILURE() << "no case " << vector_;
    return {};
  }
  std::string trust_list() {
    const std::string file = folder_ / "trust.toml";
    const Value line = case_line();
    const Value& params = *line.find("params");
    write_file(file, vectors::fisco_trust_list(
                         bundle_, {.contract = vectors::member_text(params, "contract"),
                                   .method = vectors::member_text(params, "method"),
                                   .argument = vectors::member_text(params, "digest_parameter")}));
    return file;
  }

  TestCertificates certificates_;
  TemporaryFolder folder_;
  Value bundle_;
  std::string vector_;
  std::string transaction_;
  std::optional<ReplayedNode> node_;
};

}  // namespace heyan::functional
