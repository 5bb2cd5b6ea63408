// Keccak-256: Nettle and Botan against digests that neither made.
#include <gtest/gtest.h>

#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/keccak.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

core::Bytes nettle(core::ByteView message) {
  const auto hasher = nettle_keccak_256();
  hasher->update(message);
  return hasher->finish();
}

TEST(Keccak, BothLibrariesComputeThePublishedDigests) {
  const auto records = test::read_records("keccak-256.rsp");
  ASSERT_EQ(records.size(), 18u);
  for (const test::Record& record : records) {
    const bool empty = record.at("Len") == "0";
    const core::Bytes message = empty ? core::Bytes() : record.bytes("Msg");
    EXPECT_EQ(core::to_hex(nettle(message)), record.at("MD"));
    SignatureChecker checker(production_engines(), {});
    const auto both = checker.digest(Hash::kKeccak256, message);
    ASSERT_TRUE(both.has_value());
    EXPECT_EQ(core::to_hex(*both), record.at("MD"));
  }
}

TEST(Keccak, PiecesGiveTheDigestOfTheWhole) {
  const core::Bytes message(400, 0x5a);
  const core::Bytes whole = nettle(message);
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    for (const auto& hasher : {nettle_keccak_256(), botan_hasher(Hash::kKeccak256)}) {
      hasher->update(core::ByteView(message).first(cut));
      hasher->update(core::ByteView(message).subspan(cut));
      EXPECT_EQ(hasher->finish(), whole) << cut;
    }
  }
}

TEST(Keccak, IsNotSha3AndNoDigestOfEvidence) {
  EXPECT_NE(nettle({}), digest(Hash::kSha3_256, {}));
  EXPECT_EQ(digest_bytes(Hash::kKeccak256), 32u);
  EXPECT_EQ(name(Hash::kKeccak256), "keccak-256");
  EXPECT_FALSE(hash_by_name("keccak-256"));
}

}  // namespace
}  // namespace heyan::crypto
