// Items whose records stand in one block: its quorum is paid once within a submission.
#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/item.h"
#include "tests/unit/fisco_bcos/submission.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;
using ::testing::Values;

struct Form {
  Crypto crypto;
  Generation generation;
};

class SharedBlock : public ::testing::TestWithParam<Form> {
 protected:
  static constexpr std::size_t kSealers = 7;
  static constexpr std::size_t kItems = 5;

  // A recovered key is computed before it is verified under.
  std::size_t a_signature() const { return GetParam().crypto == Crypto::kSm ? 1 : 2; }

  std::vector<core::Bytes> proofs_of_a_block() const {
    Spec block;
    block.signers = {0, 1, 2, 3, 4, 5, 6};
    std::vector<std::string> inputs;
    for (std::size_t i = 0; i < kItems; ++i) {
      inputs.push_back(call_of(GetParam().crypto, kPlainMethod,
                               {std::string(64, 'a'), "EV-" + std::to_string(i)}));
    }
    std::vector<core::Bytes> proofs;
    for (const Value& proof : chain_.proofs(block, inputs)) proofs.push_back(bytes_of(proof));
    return proofs;
  }

  const Chain chain_{GetParam().crypto, GetParam().generation, kSealers};
};

TEST_P(SharedBlock, PaysForTheQuorumOnceAndForEachSender) {
  Submission submission(chain_.trust(plain_record(GetParam().crypto)));
  std::size_t items = 0;
  for (const core::Bytes& proof : proofs_of_a_block()) {
    const v1::Attestation judged = submission.judge(proof);
    EXPECT_EQ(judged.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT)
        << ::testing::PrintToString(reasons(judged));
    EXPECT_EQ(judged.record().id(), "EV-" + std::to_string(items));
    EXPECT_EQ(judged.position().transaction(), items);
    ++items;
    EXPECT_EQ(submission.verifications(), (kSealers + items) * a_signature());
  }
  EXPECT_EQ(items, kItems);
}

TEST_P(SharedBlock, PaysNothingForAProofThatWasSeen) {
  Submission submission(chain_.trust(plain_record(GetParam().crypto)));
  const core::Bytes proof = proofs_of_a_block().front();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(submission.judge(proof).proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
    EXPECT_EQ(submission.verifications(), (kSealers + 1) * a_signature());
  }
}

// What was paid for one block says nothing of another.
TEST_P(SharedBlock, PaysForEveryBlock) {
  Submission submission(chain_.trust(plain_record(GetParam().crypto)));
  for (std::size_t blocks = 1; blocks <= 2; ++blocks) {
    Spec block;
    block.number += blocks;
    block.signers = {0, 1, 2, 3, 4};
    block.input = call_of(GetParam().crypto, kPlainMethod, {std::string(64, 'a'), "EV-1"});
    block.nonce = std::to_string(1'000 + blocks);
    EXPECT_EQ(submission.judge(bytes_of(chain_.proof(block))).proof_outcome(),
              v1::PROOF_OUTCOME_ACCEPT);
    EXPECT_EQ(submission.verifications(), blocks * (5 + 1) * a_signature());
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, SharedBlock,
                         Values(Form{Crypto::kSm, Generation::k2},
                                Form{Crypto::kSm, Generation::k3},
                                Form{Crypto::kEcdsa, Generation::k2},
                                Form{Crypto::kEcdsa, Generation::k3}),
                         [](const auto& one) {
                           return std::string(one.param.crypto == Crypto::kSm ? "Sm" : "Ecdsa") +
                                  (one.param.generation == Generation::k2 ? "2" : "3");
                         });

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
