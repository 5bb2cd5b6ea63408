// The attack that hashing without lengths invites.
#include "tests/unit/fisco_bcos/item_fixture.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using ::testing::ElementsAre;

// Bytes moved from one field of 3.x to its neighbour leave the hash as it is.
class MovedBytes : public FiscoItem {
 protected:
  // A genuine transaction whose bytes can be read as a call of the evidence contract.
  std::string forged_call() const {
    return call_of(GetParam(), kPlainMethod, {fingerprint(), "EV-1"});
  }
  Value reread(const Value& genuine, const std::string& nonce) const {
    Value proof = changed(genuine, "/transaction/nonce", nonce);
    proof = changed(proof, "/transaction/to", std::string(kContract));
    return changed(proof, "/transaction/input", hex(core::as_bytes(forged_call())));
  }
};

INSTANTIATE_TEST_SUITE_P(Chains, MovedBytes, ::testing::Values(Crypto::kEcdsa, Crypto::kSm),
                         name_of);

TEST_P(MovedBytes, ACreationIsNoCall) {
  Spec creation;
  creation.to = "";
  creation.input = std::string(kContract) + forged_call();  // runs as code, and may succeed
  creation.created = std::string(40, 'c');
  const Value genuine = chain_.proof(creation);
  EXPECT_THAT(reasons(judge(genuine)), ElementsAre("NAMESPACE"));
  const v1::Attestation forged = judge(reread(genuine, creation.nonce));
  EXPECT_THAT(reasons(forged), ElementsAre("RECEIPT_OF_OTHER_TX"));
  EXPECT_NE(forged.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
}

TEST_P(MovedBytes, ANonceHidesNoOtherCallee) {
  Spec call;
  call.to = "0x" + std::string(38, 'a') + "b1";
  call.input = std::string(kContract) + forged_call();
  const Value genuine = chain_.proof(call);
  EXPECT_THAT(reasons(judge(genuine)), ElementsAre("NAMESPACE"));
  EXPECT_THAT(reasons(judge(reread(genuine, call.nonce + call.to))), ElementsAre("PARSE"));
}

TEST_P(MovedBytes, NamesOfChainsHoldNoOtherField) {
  Spec odd = spec();
  odd.chain_id = std::string("chain0\0x", 8);
  EXPECT_THAT(reasons(judge(odd)), ElementsAre("PARSE"));
  odd.chain_id = std::string(65, 'c');
  EXPECT_THAT(reasons(judge(odd)), ElementsAre("PARSE"));
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
