// Records of one block: its quorum is paid once within a submission.
#include "tests/unit/chainmaker/fixture.h"

namespace heyan::ledgers::chainmaker::testing {
namespace {

// Passes every question on, and counts.
class Counting final : public crypto::Engine {
 public:
  std::string_view name() const override { return library_.name(); }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return library_.hasher(hash);
  }
  bool verify(const crypto::PublicKey& key, const crypto::Scheme& scheme, ByteView message,
              ByteView signature) const override {
    ++asked;
    return library_.verify(key, scheme, message, signature);
  }

  mutable std::size_t asked = 0;

 private:
  const crypto::Engine& library_ = *crypto::production_engines().first;
};

std::size_t asked_by(Scene scene) {
  const Counting engine;
  scene.engines.first = &engine;
  for (const v1::Attestation& one : scene.judge_all()) EXPECT_TRUE(establishes(one));
  return engine.asked;
}

// Two transactions of one block, whose three votes and proposer both bring.
TEST(SharedBlock, PaysForTheQuorumOnce) {
  const Scene last = Scene::of_bundle("cm-v02-sm-5tx-idx4-3of4");
  const Scene second = Scene::of_bundle("cm-v03-sm-5tx-idx1");
  Scene both = last;
  both.proofs.push_back(second.proofs.front());
  ASSERT_EQ(both.judge_all().size(), 2u);
  const std::size_t apart = asked_by(last) + asked_by(second);
  EXPECT_GE(apart - asked_by(both), 3u + 1u);
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker::testing
