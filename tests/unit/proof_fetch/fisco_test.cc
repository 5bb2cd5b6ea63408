// Every proof of FISCO BCOS among the vectors, asked for as from a node: what is written is what
// the verifier takes, and an attack is refused here or by the trust list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "gateway/proof_fetch/fisco_bcos.h"
#include "gateway/proof_fetch/json_rpc.h"
#include "tests/vectors/fisco_bundle.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::proof_fetch {
namespace {

namespace fisco = ledgers::fisco_bcos;
using core::json::Value;
using ::testing::HasSubstr;

std::string read_file(const std::string& path) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/chains-cn/" + path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}
Value parse(const std::string& text) {
  auto value = core::json::parse(core::as_bytes(text), {});
  EXPECT_TRUE(value.has_value()) << text.substr(0, 80);
  return value ? *std::move(value) : Value();
}

ops::FiscoNode node_of(const Value& bundle) {
  return {.version = vectors::is_second_generation(bundle) ? 2 : 3,
          .is_sm = vectors::member_text(bundle, "crypto") == "sm",
          .chain_id = vectors::member_text(bundle, "chain_id"),
          .group = vectors::member_text(bundle, "group_id"),
          .name = {}};
}

// A node that answers with the bundle's parts.
class Node {
 public:
  explicit Node(const Value& bundle) : bundle_(bundle) {}

  OrRefusal<core::Bytes> operator()(core::ByteView question) const {
    const Value call = parse(core::to_string(question));
    const std::string method = vectors::member_text(call, "method");
    Value answer;
    answer.set("jsonrpc", "2.0").set("id", *call.find("id")).set("result", result_of(method));
    return core::to_bytes(std::string_view(core::json::write_canonical(answer)));
  }

 private:
  Value part(const char* name) const {
    const Value* value = bundle_.find(name);
    return value == nullptr ? Value() : *value;
  }
  Value result_of(const std::string& method) const {
    Value both;
    if (method == "getTransactionByHashWithProof")
      return both.set("transaction", part("transaction")).set("txProof", part("tx_proof"));
    if (method == "getTransactionReceiptByHashWithProof")
      return both.set("transactionReceipt", part("receipt"))
          .set("receiptProof", part("receipt_proof"));
    if (method == "getTransaction") return part("transaction");
    if (method == "getTransactionReceipt") return part("receipt");
    return part("block_header");
  }
  const Value& bundle_;
};

OrRefusal<Bundle> fetch(const Value& bundle, const std::string& hash) {
  return fetch_fisco(node_of(bundle), hash, Node(bundle), [](Step) {});
}

bool holds_under_trust(const Value& bundle, const Value& params, const std::string& bytes) {
  const std::string text = vectors::fisco_trust_list(
      bundle, {.contract = vectors::member_text(params, "contract"),
               .method = vectors::member_text(params, "method"),
               .argument = vectors::member_text(params, "digest_parameter")});
  const trust::LedgerSetup* const setup = ledgers::by_format("fisco-bcos");
  const auto list = trust::parse_trust_list("trust.toml",
                                            [&](std::string_view) -> core::Result<core::Bytes> {
                                              return core::to_bytes(std::string_view(text));
                                            },
                                            {&setup, 1});
  if (!list) return false;
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto evaluation = fisco::evaluate(
      core::as_bytes(bytes),
      dynamic_cast<const fisco::FiscoConfig&>(*list->ledger("chain")->config), checker, {});
  return evaluation && evaluation->holds();
}

TEST(FetchFisco, EveryProofOfTheVectors) {
  std::istringstream lines(read_file("cases.jsonl"));
  std::size_t written = 0;
  std::size_t refused = 0;
  for (std::string text; std::getline(lines, text);) {
    const Value line = parse(text);
    if (!vectors::member_text(line, "kind").ends_with("-proof") ||
        !vectors::member_text(line, "id").starts_with("fisco"))
      continue;
    const std::string id = vectors::member_text(line, "id");
    const Value bundle = parse(read_file(*line.at("/inputs/bundle")->as_string()));
    if (bundle.find("transaction") == nullptr || bundle.find("receipt") == nullptr) continue;
    const bool valid = vectors::member_text(line, "expect") == "valid";
    const std::string hash = vectors::member_text(*bundle.find("transaction"), "hash");
    const auto fetched = fetch(bundle, hash);
    if (!fetched) {
      // An evidence file that differs is nothing that a node could tell.
      EXPECT_FALSE(valid) << id << ": " << fetched.error().what;
      ++refused;
      continue;
    }
    ++written;
    const bool other_file = text.find("EVIDENCE_HASH_MISMATCH") != std::string::npos;
    EXPECT_EQ(holds_under_trust(bundle, *line.find("params"), fetched->bytes), valid || other_file)
        << id;
    EXPECT_TRUE(fisco::looks_like_proof(core::as_bytes(fetched->bytes)));
  }
  EXPECT_GE(written, 12u);
  EXPECT_GE(refused, 20u);
}

TEST(FetchFisco, ATransactionIsNamedByItsHash) {
  const Value bundle = parse(read_file("fisco/fisco3sm-v01-1tx.json"));
  const std::string hash = vectors::member_text(*bundle.find("transaction"), "hash");
  EXPECT_TRUE(fetch(bundle, hash).has_value());
  EXPECT_TRUE(fetch(bundle, hash.substr(2)).has_value());
  for (const std::string& other :
       {std::string(), std::string("0x"), hash + "00", hash.substr(0, 64), std::string("../../x"),
        std::string(64, 'g')}) {
    const auto refused = fetch(bundle, other);
    ASSERT_FALSE(refused.has_value()) << other;
    EXPECT_EQ(refused.error().code, core::ErrorCode::kUnknown);
  }
  const auto another = fetch(bundle, "0x" + std::string(64, '0'));
  ASSERT_FALSE(another.has_value());
  EXPECT_THAT(another.error().what, HasSubstr("another transaction"));
}

TEST(FetchFisco, ABlockThatIsNotNamedIsNotAskedFor) {
  Value bundle = parse(read_file("fisco/fisco3sm-v01-1tx.json"));
  const std::string hash = vectors::member_text(*bundle.find("transaction"), "hash");
  for (const char* number :
       {"null", "\"-1\"", "\"9007199254740992\"", "\"0x1ffffffffffffffffff\"", "[]", "1.5"}) {
    Value changed;
    Value receipt;
    for (const auto& [name, value] : *bundle.find("receipt")->as_object()) {
      if (name != "blockNumber") receipt.set(name, value);
    }
    if (std::string_view(number) != "1.5") receipt.set("blockNumber", parse(number));
    for (const auto& [name, value] : *bundle.as_object()) {
      if (name != "receipt") changed.set(name, value);
    }
    changed.set("receipt", std::move(receipt));
    const auto refused = fetch(changed, hash);
    ASSERT_FALSE(refused.has_value()) << number;
    EXPECT_THAT(refused.error().what, HasSubstr("in which block")) << number;
  }
}

TEST(JsonRpc, TheAnswerIsTheOneToThisQuestion) {
  const auto read = [](std::string_view text) {
    return read_result(core::as_bytes(text), 3, "thing").has_value();
  };
  EXPECT_TRUE(read(R"({"jsonrpc":"2.0","id":3,"result":{}})"));
  EXPECT_TRUE(read(R"({"id":3,"jsonrpc":"2.0","result":"0x1","error":null})"));
  for (const char* text :
       {R"({"jsonrpc":"2.0","id":4,"result":{}})", R"({"jsonrpc":"2.0","id":"3","result":{}})",
        R"({"jsonrpc":"2.0","result":{}})", R"({"jsonrpc":"1.0","id":3,"result":{}})",
        R"({"id":3,"result":{}})", R"({"jsonrpc":2.0,"id":3,"result":{}})",
        R"({"jsonrpc":"2.0","id":3})", R"({"jsonrpc":"2.0","id":3,"result":null})",
        R"({"jsonrpc":"2.0","id":3,"result":{},"error":{"code":1}})",
        R"({"jsonrpc":"2.0","id":3,"result":[1.5]})",
        R"({"jsonrpc":"2.0","id":3,"result":{"a":[9007199254740992]}})",
        R"({"jsonrpc":"2.0","id":3,"result":-9007199254740992})",
        R"([{"jsonrpc":"2.0","id":3,"result":{}}])", "null", "", "{}"}) {
    EXPECT_FALSE(read(text)) << text;
  }
}

TEST(JsonRpc, ErrorTextsAreNotRepeated) {
  const auto refused = read_result(
      core::as_bytes(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"SECRET"}})"), 1,
      "receipt");
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().what, HasSubstr("-32602"));
  EXPECT_THAT(refused.error().what, ::testing::Not(HasSubstr("SECRET")));
}

}  // namespace
}  // namespace heyan::proof_fetch
