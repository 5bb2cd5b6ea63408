// Proofs made to be expensive.
#include "tests/unit/fabric/network.h"
#include "verifier/ledgers/fabric/proofs.h"

namespace heyan::ledgers::fabric::testing {
namespace {

// A block of that many entries of eight octets, signed by nobody.
Bytes many(std::size_t entries, std::uint8_t number) {
  const Bytes tiny = joined({field(1, "x"), field(2, "y")});
  const Bytes one = field(1, tiny);
  Bytes data;
  Bytes hashed;
  for (std::size_t i = 0; i < entries; ++i) {
    data.insert(data.end(), one.begin(), one.end());
    hashed.insert(hashed.end(), tiny.begin(), tiny.end());
  }
  return joined({field(1, joined({number_field(1, number), field(2, Bytes(32, 1)),
                                  field(3, crypto::sha256(hashed))})),
                 field(2, data), field(3, field(1, ""))});
}

TEST(FabricCosts, OneContentIsReadOnce) {
  const Network net;
  Case one = net.item();
  const Bytes block = many(10'000, 6);
  for (int i = 0; i < 4'096; ++i) one.proof_bytes(block);
  const v1::Attestation attestation = one.judge();
  EXPECT_TRUE(has_code(attestation, v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED));
  EXPECT_EQ(attestation.proofs_size(), 1);
}

TEST(FabricCosts, AnItemMayOfferSoManyTransactions) {
  const Network net;
  Case one = net.item();
  for (int i = 0; i < 40; ++i) one.proof_bytes(many(10'000, static_cast<std::uint8_t>(i + 1)));
  const auto result = one.try_judge();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, core::ErrorCode::kLimit);
}

TEST(FabricCosts, TheMemoIsForTheSameBuffer) {
  const core::Limits limits;
  ReadBlocks blocks;
  const Network net;
  const Bytes first = net.block(5, {net.record("v1").bytes});
  const Bytes second = net.block(7, {net.record("v2").bytes});
  const Bytes digest = crypto::sha256(first);
  const auto read = blocks.read(first, digest, limits);
  EXPECT_EQ(blocks.read(first, digest, limits), read);
  // Whatever digest somebody gives, other bytes are another block.
  EXPECT_EQ(blocks.read(second, digest, limits)->number(), 7u);
  EXPECT_EQ(blocks.read(core::as_bytes("no block"), digest, limits), nullptr);
}

TEST(FabricCosts, ABudgetThatIsSpentConcludesNothing) {
  Bench bench;
  bench.verifier.spend(WorkDone::kMost);
  EXPECT_FALSE(bench.verifier.fault().has_value());
  bench.verifier.spend(1);
  ASSERT_TRUE(bench.verifier.fault().has_value());
  EXPECT_EQ(bench.verifier.fault()->code, core::ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
