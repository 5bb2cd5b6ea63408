// Generation 2, with bundles of the vectors: what its own forms add.
#include <fstream>
#include <iterator>

#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/item.h"
#include "tests/vectors/fisco_bundle.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SecondGeneration : public ::testing::Test {
 protected:
  SecondGeneration() {
    std::ifstream file(HEYAN_VECTORS "/chains-cn/fisco/fisco2sm-v02-20tx-idx17-3of4.json",
                       std::ios::binary);
    const core::Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    bundle_ = core::json::parse(bytes, {}).value_or(Value());
    proof_ = *core::json::parse(core::as_bytes(vectors::fisco_proof(bundle_)), {});
    trust_ = vectors::fisco_trust_list(bundle_, {"0xdf765823bf0ab557bfe32e1d41c05b8aa0953602",
                                                 "storeEvidence(bytes32,string)", "1"});
  }

  // The proof without one member, or with another value of it.
  Value with(std::string_view name, const Value* by) const {
    Value copy{Value::Object{}};
    for (const auto& [key, member] : *proof_.as_object()) {
      if (key != name) copy.set(key, member);
    }
    if (by != nullptr) copy.set(name, *by);
    return copy;
  }
  v1::Attestation judge(const Value& proof) const {
    return ItemCase(trust_).proof(bytes_of(proof)).judge();
  }

  Value bundle_;
  Value proof_;
  std::string trust_;
};

TEST_F(SecondGeneration, AGoodProofHolds) {
  const v1::Attestation good = judge(proof_);
  EXPECT_THAT(reasons(good), IsEmpty());
  EXPECT_EQ(good.position().block(), 43u);
  EXPECT_EQ(good.position().transaction(), 17u);
  EXPECT_TRUE(good.has_record());
  EXPECT_TRUE(good.quorum().reached());
}

TEST_F(SecondGeneration, NodesBeforeCompatibility22AreNotSupported) {
  for (const char* version : {"2.0.0", "2.1.0", "2.1"}) {
    const Value old(version);
    const v1::Attestation one = judge(with("node_version", &old));
    EXPECT_THAT(reasons(one), ElementsAre("UNSUPPORTED")) << version;
    EXPECT_THAT(remarks(one), Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  }
  for (const char* version : {"2.2.0", "2.10.0", "2.11.0"}) {
    const Value later(version);
    EXPECT_THAT(reasons(judge(with("node_version", &later))), IsEmpty()) << version;
  }
}

TEST_F(SecondGeneration, TheSignedBytesStandForTheTransaction) {
  const Form form{.generation = Generation::k2, .crypto = Crypto::kSm};
  const auto transaction =
      parse_transaction(*Fields::of(proof_.find("transaction"), "transaction"), form);
  ASSERT_TRUE(transaction.has_value());
  const Value raw(hex(transaction->preimages.front()));
  Value proof = with("transaction", nullptr);
  proof.set("raw_transaction", raw).set("transaction_index", 17);
  const v1::Attestation one = judge(proof);
  EXPECT_THAT(reasons(one), IsEmpty());
  EXPECT_EQ(one.record().SerializeAsString(), judge(proof_).record().SerializeAsString());
  Value moved = with("transaction", nullptr);
  moved.set("raw_transaction", raw).set("transaction_index", 18);
  EXPECT_FALSE(judge(moved).has_record());
  Value both = proof_;
  both.set("raw_transaction", raw).set("transaction_index", 17);
  EXPECT_THAT(reasons(judge(both)), ElementsAre("PARSE"));
  Value longer = with("transaction", nullptr);
  longer.set("raw_transaction", *raw.as_string() + "00").set("transaction_index", 17);
  EXPECT_THAT(reasons(judge(longer)), ElementsAre("PARSE"));
}

TEST_F(SecondGeneration, PathsAreNeeded) {
  EXPECT_THAT(reasons(judge(with("tx_proof", nullptr))), ElementsAre("PARSE"));
  EXPECT_THAT(reasons(judge(with("receipt_proof", nullptr))), ElementsAre("PARSE"));
  const Value none{Value::Array{}};
  EXPECT_THAT(reasons(judge(with("tx_proof", &none))), Contains("BAD_PROOF"));
  EXPECT_THAT(reasons(judge(with("receipt_proof", &none))), Contains("BAD_PROOF"));
}

TEST_F(SecondGeneration, DeclaredNamesMustAgree) {
  const Value other("2");
  EXPECT_THAT(reasons(judge(with("chain_id", &other))), ElementsAre("CHAIN_MISMATCH"));
  EXPECT_THAT(reasons(judge(with("group_id", &other))), ElementsAre("CHAIN_MISMATCH"));
  const Value crypto("ecdsa");
  EXPECT_THAT(reasons(judge(with("crypto", &crypto))), ElementsAre("PARSE"));
}

TEST_F(SecondGeneration, TransactionsWithoutChainAndGroupAreNotSupported) {
  Value transaction{Value::Object{}};
  for (const auto& [key, member] : *proof_.find("transaction")->as_object()) {
    if (key != "groupId") transaction.set(key, member);
  }
  EXPECT_THAT(reasons(judge(with("transaction", &transaction))), ElementsAre("UNSUPPORTED"));
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
