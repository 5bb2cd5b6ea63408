// What is no proof, or none that is verified; and where we could not work.
#include "tests/unit/fisco_bcos/item_fixture.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using FiscoForms = FiscoItem;

INSTANTIATE_TEST_SUITE_P(Chains, FiscoForms, ::testing::Values(Crypto::kEcdsa, Crypto::kSm),
                         name_of);

TEST_P(FiscoForms, FormsThatAreNotVerifiedAreSaidToBe) {
  const Value proof = chain_.proof(spec());
  const Value transaction = *proof.find("transaction");
  Value web3 = transaction;
  web3.set("type", 1);
  for (const Value& one :
       {changed(proof, "/block_header/version", 4),
        changed(proof, "/block_header/version", std::uint64_t{0x04000000}),
        changed(proof, "/transaction/version", 3),
        changed(changed(proof, "/transaction/groupID", ""), "/transaction/blockLimit", 0),
        changed(proof, "/transaction", web3)}) {
    const v1::Attestation judged = judge(one);
    EXPECT_THAT(reasons(judged), ElementsAre("UNSUPPORTED"));
    EXPECT_EQ(judged.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
    EXPECT_THAT(remarks(judged), Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  }
}

TEST_P(FiscoForms, WhatIsNoProofIsMalformed) {
  const Value proof = chain_.proof(spec());
  Value extra = proof;
  extra.set("trust", Value{Value::Object{}});
  Value second = proof;
  second.set("engine", "fisco-bcos-2");
  const std::vector<core::Bytes> bad = {
      core::to_bytes(""),
      core::to_bytes("{}"),
      core::to_bytes("[]"),
      core::to_bytes("null"),
      bytes_of(extra),
      bytes_of(second),
      bytes_of(without(proof, "schema")),
      bytes_of(without(proof, "block_header")),
      bytes_of(changed(proof, "/schema", "heyan.fisco-proof.v2")),
      bytes_of(changed(proof, "/transaction/txProof", Value{Value::Object{}})),
      bytes_of(changed(proof, "/block_header/sealerList", Value{Value::Array{}})),
      bytes_of(changed(proof, "/block_header/consensusWeights", Value{Value::Array{}})),
      bytes_of(changed(proof, "/block_header/gasUsed", "21000a")),
      bytes_of(changed(proof, "/block_header/number", -1))};
  for (const core::Bytes& one : bad) {
    const v1::Attestation judged = judge_bytes(one);
    EXPECT_THAT(reasons(judged), ElementsAre("PARSE")) << core::to_string(one).substr(0, 60);
    EXPECT_FALSE(judged.has_record());
    EXPECT_THAT(remarks(judged),
                Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  }
}

TEST_P(FiscoForms, TheSameProofTwiceIsOne) {
  const core::Bytes proof = bytes_of(chain_.proof(spec()));
  EXPECT_EQ(ItemCase(list()).file(kFile).proof(proof).proof(proof).judge_all().size(), 1u);
}

TEST_P(FiscoForms, EachProofIsJudgedByItself) {
  Spec failed = spec("EV-2");
  failed.status = 1;
  const auto all = ItemCase(list())
                       .file(kFile)
                       .proof(bytes_of(chain_.proof(failed)))
                       .proof(bytes_of(chain_.proof(spec())))
                       .judge_all();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_THAT(reasons(all[0]), ElementsAre("TX_FAILED"));
  EXPECT_THAT(reasons(all[1]), IsEmpty());
}

// Refuses all signatures.
class Refusing final : public crypto::Engine {
 public:
  std::string_view name() const override { return "refusing"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return crypto::production_engines().first->hasher(wrong_ ? crypto::Hash::kSha256 : hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
              core::ByteView) const override {
    return false;
  }
  bool wrong_ = false;
};

TEST_P(FiscoForms, SignaturesOnWhichTheLibrariesDifferAreNotCountedAndLeaveTheItemOpen) {
  const Refusing refusing;
  const v1::Attestation one = ItemCase(list())
                                  .file(kFile)
                                  .proof(bytes_of(chain_.proof(spec())))
                                  .engines({crypto::production_engines().first, &refusing})
                                  .judge();
  EXPECT_FALSE(one.has_record());
  EXPECT_THAT(counted(one, "VALIDATOR"), IsEmpty());
  EXPECT_THAT(remarks(one), Contains("QUO-3 FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
}

TEST_P(FiscoForms, WithoutWorkThereIsNoAnswer) {
  Refusing wrong;
  wrong.wrong_ = true;
  const core::Bytes proof = bytes_of(chain_.proof(spec()));
  EXPECT_FALSE(ItemCase(list())
                   .file(kFile)
                   .proof(proof)
                   .engines({crypto::production_engines().first, &wrong})
                   .try_judge());
  EXPECT_FALSE(ItemCase(list()).file(kFile).proof(proof).limits({.signatures = 2}).try_judge());
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
