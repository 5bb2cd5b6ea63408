// ECDSA over a digest that is given, and the key that a signature belongs to.
#include "verifier/crypto/recovery.h"

#include <gtest/gtest.h>

#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

using test::Record;

struct Signed {
  core::Bytes digest;
  core::Bytes rs;
  PublicKey key;
};

// Of the vectors those whose digest has 32 octets.
std::vector<Signed> signed_digests() {
  std::vector<Signed> all;
  for (const Record& record : test::read_records("secp256k1-siggen.rsp")) {
    if (record.section != "K-256,SHA-256") continue;
    core::Bytes point = {0x04};
    for (const char* coordinate : {"Qx", "Qy"})
      std::ranges::copy(test::number(record.at(coordinate), 32), std::back_inserter(point));
    all.push_back({digest(Hash::kSha256, record.bytes("Msg")),
                   test::joined(test::number(record.at("R"), 32), test::number(record.at("S"), 32)),
                   PublicKey::from_point(KeyAlgorithm::kSecp256k1, point).value()});
  }
  return all;
}

TEST(Recovery, ExactlyOneRecoveryIdGivesTheKey) {
  const auto all = signed_digests();
  ASSERT_FALSE(all.empty());
  for (const Signed& one : all) {
    int found = 0;
    for (const unsigned id : {0u, 1u, 2u, 3u}) {
      const auto key = recover_secp256k1(one.digest, one.rs, id);
      found += key && core::equal(*key, one.key.point()) ? 1 : 0;
    }
    EXPECT_EQ(found, 1);
  }
}

TEST(Recovery, TheProposedKeyVerifiesOverTheDigestAlone) {
  const Scheme raw{.kind = SignatureKind::kEcdsaRaw, .encoding = SignatureEncoding::kRs};
  for (const Signed& one : signed_digests()) {
    SignatureChecker checker(production_engines(), {});
    EXPECT_EQ(checker.verify(one.key, raw, one.digest, one.rs), SignatureOutcome::kValid);
    EXPECT_EQ(checker.verify(one.key, raw, test::flipped(one.digest, 5), one.rs),
              SignatureOutcome::kInvalid);
    EXPECT_EQ(checker.verify(one.key, raw, one.digest, test::flipped(one.rs, 300)),
              SignatureOutcome::kInvalid);
  }
}

TEST(Recovery, AnotherDigestGivesAnotherKey) {
  for (const Signed& one : signed_digests()) {
    for (const unsigned id : {0u, 1u}) {
      const auto key = recover_secp256k1(test::flipped(one.digest, 0), one.rs, id);
      EXPECT_FALSE(key && core::equal(*key, one.key.point()));
    }
  }
}

TEST(Recovery, RefusesWhatIsNoSignature) {
  const Signed one = signed_digests().front();
  const core::Bytes zero(64);
  const core::Bytes high(64, 0xff);
  EXPECT_FALSE(recover_secp256k1(one.digest, zero, 0));
  EXPECT_FALSE(recover_secp256k1(one.digest, high, 0));
  EXPECT_FALSE(recover_secp256k1(one.digest, one.rs, 4));
  EXPECT_FALSE(recover_secp256k1(one.digest, core::ByteView(one.rs).first(63), 0));
  EXPECT_FALSE(recover_secp256k1(core::ByteView(one.digest).first(31), one.rs, 0));
  EXPECT_FALSE(recover_secp256k1({}, {}, 0));
}

TEST(EcdsaRaw, TakesOnlyADigestOf32OctetsAndNoSm2Key) {
  const Signed one = signed_digests().front();
  const Scheme raw{.kind = SignatureKind::kEcdsaRaw, .encoding = SignatureEncoding::kRs};
  SignatureChecker checker(production_engines(), {});
  core::Bytes longer = one.digest;
  longer.push_back(0);
  EXPECT_EQ(checker.verify(one.key, raw, longer, one.rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verify(one.key, raw, core::ByteView(one.digest).first(31), one.rs),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verify(one.key, raw, core::ByteView(), one.rs), SignatureOutcome::kInvalid);
  EXPECT_FALSE(checker.disagreed());
}

// Items that share a block ask the same question; what it costs is paid once, and out of the
// budget.
TEST(Recovery, IsAskedOnceAndCountsAgainstTheBudget) {
  const Signed one = signed_digests().front();
  core::Limits limits;
  limits.signatures = 2;
  SignatureChecker checker(production_engines(), limits);
  const auto first = checker.recover(one.digest, one.rs, 0);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(checker.recover(one.digest, one.rs, 0), first);
  EXPECT_EQ(checker.verifications(), 1u);
  EXPECT_NE(checker.recover(one.digest, one.rs, 1), first);
  EXPECT_EQ(checker.verifications(), 2u);
  EXPECT_EQ(checker.recover(test::flipped(one.digest, 0), one.rs, 0).error(),
            SignatureOutcome::kBudgetSpent);
  EXPECT_EQ(checker.recover(one.digest, one.rs, 0), first);
}

TEST(Recovery, RemembersThatThereIsNoKey) {
  const Signed one = signed_digests().front();
  SignatureChecker checker(production_engines(), {});
  const core::Bytes zero(64);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(checker.recover(one.digest, zero, 0).error(), SignatureOutcome::kInvalid);
    EXPECT_EQ(checker.verifications(), 1u);
  }
  EXPECT_EQ(checker.recover(one.digest, one.rs, 4).error(), SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.recover(one.digest, core::ByteView(one.rs).first(63), 0).error(),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verifications(), 1u);
}

}  // namespace
}  // namespace heyan::crypto
