// SignatureChecker: agreement of two libraries, budget and memo, with faults put into an engine.
#include <gtest/gtest.h>

#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {
namespace {

// Answers as the engine behind it does, but for one signature; counts what it is asked.
class Faulty final : public Engine {
 public:
  Faulty(const Engine& other, core::Bytes wrong_at, bool answer)
      : other_(other), wrong_at_(std::move(wrong_at)), answer_(answer) {}

  std::string_view name() const override { return "faulty"; }
  std::unique_ptr<Hasher> hasher(Hash hash) const override {
    return openssl_hasher(wrong_hash_ ? Hash::kSm3 : hash);
  }
  bool verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    ++asked_;
    if (core::equal(signature, wrong_at_)) return answer_;
    return other_.verify(key, scheme, message, signature);
  }

  void hash_wrongly() { wrong_hash_ = true; }
  int asked() const { return asked_; }

 private:
  const Engine& other_;
  core::Bytes wrong_at_;
  bool answer_;
  bool wrong_hash_ = false;
  mutable int asked_ = 0;
};

class Checker : public testing::Test {
 protected:
  static constexpr SignatureEncoding kRs = SignatureEncoding::kRs;

  const SigningKey key_ = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  const core::Bytes message_ = core::to_bytes("message");
  const Scheme scheme_{.encoding = kRs};
  const core::Bytes good_ = key_.sign(scheme_, message_).value();
  const core::Bytes bad_ = test::flipped(good_, 300);
};

TEST_F(Checker, SecondRefusesWhatTheFirstAccepts) {
  const Faulty faulty(*production_engines().second, good_, false);
  SignatureChecker checker({production_engines().first, &faulty}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_), SignatureOutcome::kInvalid);
  EXPECT_FALSE(checker.disagreed());
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_),
            SignatureOutcome::kEnginesDisagree);
  EXPECT_TRUE(checker.disagreed());
  // Neither forgotten nor forgiven.
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_),
            SignatureOutcome::kEnginesDisagree);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_), SignatureOutcome::kInvalid);
  EXPECT_TRUE(checker.disagreed());
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, test::flipped(good_, 301)),
            SignatureOutcome::kInvalid);
  EXPECT_TRUE(checker.disagreed());
}

TEST_F(Checker, SecondAcceptsWhatTheFirstRefuses) {
  const Faulty faulty(*production_engines().second, bad_, true);
  SignatureChecker checker({production_engines().first, &faulty}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_), SignatureOutcome::kValid);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_),
            SignatureOutcome::kEnginesDisagree);
  EXPECT_TRUE(checker.disagreed());
}

TEST_F(Checker, FirstAcceptsWhatTheSecondRefuses) {
  const Faulty faulty(*production_engines().first, bad_, true);
  SignatureChecker checker({&faulty, production_engines().second}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_),
            SignatureOutcome::kEnginesDisagree);
}

TEST_F(Checker, GateStandsBeforeBothEngines) {
  const Faulty first(*production_engines().first, {}, true);
  const Faulty second(*production_engines().second, {}, true);
  SignatureChecker checker({&first, &second}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, core::Bytes(64)),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, core::Bytes(63, 1)),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(first.asked() + second.asked(), 0);
}

TEST_F(Checker, DigestsMustAgree) {
  Faulty faulty(*production_engines().second, {}, true);
  SignatureChecker checker({production_engines().first, &faulty}, {});
  EXPECT_TRUE(checker.digest(Hash::kSha256, message_));
  faulty.hash_wrongly();
  EXPECT_FALSE(checker.digest(Hash::kSha256, message_));
  EXPECT_TRUE(checker.disagreed());
}

TEST_F(Checker, EachQuestionIsAskedOnce) {
  const Faulty first(*production_engines().first, {}, true);
  const Faulty second(*production_engines().second, {}, true);
  SignatureChecker checker({&first, &second}, {});
  const core::ByteView whole = message_;
  const std::array<core::ByteView, 3> pieces = {whole.first(2), whole.subspan(2, 0),
                                                whole.subspan(2)};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_),
              SignatureOutcome::kValid);
    EXPECT_EQ(checker.verify(key_.public_key(), scheme_, pieces, good_), SignatureOutcome::kValid);
    EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_),
              SignatureOutcome::kInvalid);
  }
  EXPECT_EQ(first.asked(), 2);
  EXPECT_EQ(second.asked(), 2);
  EXPECT_EQ(checker.verifications(), 2u);
}

TEST_F(Checker, EveryPartOfTheQuestionCounts) {
  SignatureChecker checker(production_engines(), {});
  const SigningKey other = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  const auto ask = [&](const PublicKey& key, const Scheme& scheme, core::ByteView message) {
    return checker.verify(key, scheme, message, good_);
  };
  EXPECT_EQ(ask(key_.public_key(), scheme_, message_), SignatureOutcome::kValid);
  EXPECT_EQ(ask(other.public_key(), scheme_, message_), SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(key_.public_key(), {.hash = Hash::kSha384, .encoding = kRs}, message_),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(key_.public_key(), {.encoding = SignatureEncoding::kDer}, message_),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(key_.public_key(), scheme_, core::as_bytes("Message")), SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(key_.public_key(), scheme_, message_), SignatureOutcome::kValid);
}

TEST_F(Checker, UserIdAndMessageDoNotRunTogether) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::kSm2).value();
  SignatureChecker checker(production_engines(), {});
  const auto scheme = [](std::string id) {
    return Scheme{.kind = SignatureKind::kSm2,
                  .hash = Hash::kSm3,
                  .encoding = kRs,
                  .sm2_user_id = std::move(id)};
  };
  const core::Bytes signature = key.sign(scheme("ab"), core::as_bytes("cd")).value();
  EXPECT_EQ(checker.verify(key.public_key(), scheme("ab"), core::as_bytes("cd"), signature),
            SignatureOutcome::kValid);
  EXPECT_EQ(checker.verify(key.public_key(), scheme("a"), core::as_bytes("bcd"), signature),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verify(key.public_key(), scheme("abc"), core::as_bytes("d"), signature),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verify(key.public_key(), scheme("ac"), core::as_bytes("cd"), signature),
            SignatureOutcome::kInvalid);
}

TEST_F(Checker, BudgetIsKept) {
  SignatureChecker checker(production_engines(), {.signatures = 1});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_), SignatureOutcome::kValid);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_),
            SignatureOutcome::kBudgetSpent);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_), SignatureOutcome::kValid);
  EXPECT_EQ(checker.verifications(), 1u);
}

TEST_F(Checker, AnotherJudgementComputesNothingAgain) {
  const Faulty first(*production_engines().first, {}, true);
  SignatureChecker checker({&first, production_engines().second}, {});
  const auto ask = [&](const core::Bytes& signature) {
    return checker.verify(key_.public_key(), scheme_, message_, signature);
  };
  EXPECT_EQ(ask(good_), SignatureOutcome::kValid);
  EXPECT_EQ(ask(bad_), SignatureOutcome::kInvalid);
  checker.begin_anew();
  EXPECT_EQ(checker.verifications(), 0u);
  EXPECT_EQ(ask(bad_), SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(bad_), SignatureOutcome::kInvalid);
  EXPECT_EQ(checker.verifications(), 1u);
  EXPECT_EQ(ask(good_), SignatureOutcome::kValid);
  EXPECT_EQ(checker.verifications(), 2u);
  EXPECT_EQ(first.asked(), 2);
  EXPECT_EQ(ask(test::flipped(good_, 301)), SignatureOutcome::kInvalid);
  EXPECT_EQ(first.asked(), 3);
}

// As a new checker would: else a report could not be made again from its record.
TEST_F(Checker, AnotherJudgementHasItsOwnBudget) {
  SignatureChecker checker(production_engines(), {.signatures = 1});
  const auto ask = [&](const core::Bytes& signature) {
    return checker.verify(key_.public_key(), scheme_, message_, signature);
  };
  EXPECT_EQ(ask(good_), SignatureOutcome::kValid);
  EXPECT_EQ(ask(bad_), SignatureOutcome::kBudgetSpent);
  checker.begin_anew();
  EXPECT_EQ(ask(bad_), SignatureOutcome::kInvalid);
  EXPECT_EQ(ask(good_), SignatureOutcome::kBudgetSpent);  // though the answer is known
  EXPECT_EQ(checker.verifications(), 1u);
}

TEST_F(Checker, AnotherJudgementDisagreesWhereItAsks) {
  const Faulty faulty(*production_engines().second, good_, false);
  SignatureChecker checker({production_engines().first, &faulty}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_),
            SignatureOutcome::kEnginesDisagree);
  checker.begin_anew();
  EXPECT_FALSE(checker.disagreed());
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_),
            SignatureOutcome::kEnginesDisagree);
  EXPECT_TRUE(checker.disagreed());
}

TEST_F(Checker, SingleEngineIsPossible) {
  SignatureChecker checker({production_engines().first, nullptr}, {});
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, good_), SignatureOutcome::kValid);
  EXPECT_EQ(checker.verify(key_.public_key(), scheme_, message_, bad_), SignatureOutcome::kInvalid);
  EXPECT_TRUE(checker.digest(Hash::kSm3, message_));
}

}  // namespace
}  // namespace heyan::crypto
