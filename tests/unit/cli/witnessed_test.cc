#include "gateway/cli/witnessed.h"

#include <gmock/gmock.h>

#include <chrono>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::cli {
namespace {

using namespace std::chrono_literals;
using Outcome = Witnessed::Outcome;
using testing::HasSubstr;
using transparency::NoteKeyType;
using transparency::NoteVerifier;

constexpr char kLog[] = "court.example/log";

crypto::SigningKey new_key() {
  return *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
}

class WitnessedTest : public testing::Test {
 protected:
  WitnessedTest() {
    for (int i = 0; i < 3; ++i) {
      keys_.push_back(new_key());
      witnesses_.push_back(NoteVerifier::make("w" + std::to_string(i), NoteKeyType::kCosignature,
                                              keys_.back().public_key())
                               .value());
    }
    issuer_.now = signed_at_ + 48h;
    read(policy("2"));
  }
  std::string policy(const std::string& quorum) const {
    std::string text = "log " + log_.encode() + "\n";
    std::string group = "group all " + quorum;
    for (const NoteVerifier& each : witnesses_) {
      text += "witness " + each.name() + " " + each.encode() + "\n";
      group += " " + each.name();
    }
    return text + group + "\nquorum all\n";
  }
  void read(const std::string& text) {
    issuer_.log.reset();
    issuer_.log_policy.reset();
    const auto done = read_log(folder_.write("log", text), issuer_);
    ASSERT_TRUE(done) << done.error().what;
  }
  bool is_refused(const std::string& text) {
    Issuer issuer;
    return !read_log(folder_.write("log", text), issuer) && !issuer.log && !issuer.log_policy;
  }
  static std::string line(const std::string& text, const crypto::SigningKey& key,
                          const std::string& name) {
    return transparency::encode_signature_line(
        transparency::cosign(text, 1'790'000'000, name, key).value());
  }
  // Of a log of one entry.
  std::string proof(const std::vector<std::size_t>& cosigned, const std::string& more = {}) const {
    const core::Bytes entry = core::to_bytes("entry");
    const std::string text =
        transparency::encode_checkpoint(
            {.origin = kLog, .size = 1, .root = transparency::leaf_hash(entry), .extensions = {}})
            .value();
    std::string note = transparency::sign_note(text, kLog, log_key_).value();
    for (const std::size_t i : cosigned) note += line(text, keys_[i], witnesses_[i].name());
    return transparency::encode_log_proof(
        {.extra = entry, .index = 0, .path = {}, .checkpoint = note + more});
  }
  Witnessed count(const std::string& log_proof) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return count_witnesses(log_proof, issuer_, signed_at_, checker);
  }
  Outcome outcome(const std::string& log_proof) const { return count(log_proof).outcome; }

  os::TemporaryFolder folder_;
  const crypto::SigningKey log_key_ = new_key();
  const NoteVerifier log_ =
      NoteVerifier::make(kLog, NoteKeyType::kEd25519, log_key_.public_key()).value();
  std::vector<crypto::SigningKey> keys_;
  std::vector<NoteVerifier> witnesses_;
  const core::UtcTime signed_at_ = *core::parse_rfc3339("2026-11-24T09:00:00Z");
  Issuer issuer_;
};

TEST_F(WitnessedTest, TheQuorumOfThePolicyIsEnough) {
  EXPECT_EQ(outcome(proof({0, 1})), Outcome::kEnough);
  EXPECT_EQ(outcome(proof({2, 0})), Outcome::kEnough);
  EXPECT_EQ(outcome(proof({0, 1, 2})), Outcome::kEnough);
  EXPECT_EQ(outcome(proof({0})), Outcome::kTooFew);
  EXPECT_EQ(outcome(proof({})), Outcome::kTooFew);
  read(policy("all"));
  EXPECT_EQ(outcome(proof({0, 1})), Outcome::kTooFew);
}

TEST_F(WitnessedTest, ItIsDueAfter24Hours) {
  issuer_.now = signed_at_ + 24h - 1s;
  EXPECT_EQ(outcome(proof({0})), Outcome::kNotYet);
  EXPECT_EQ(outcome(proof({0, 1})), Outcome::kEnough);
  issuer_.now = signed_at_ + 24h;
  EXPECT_EQ(outcome(proof({0})), Outcome::kTooFew);
  // Who dates a report ahead has no more time for it.
  issuer_.now = signed_at_ - 11min;
  EXPECT_EQ(outcome(proof({0})), Outcome::kTooFew);
  issuer_.now = signed_at_ - 9min;
  EXPECT_EQ(outcome(proof({0})), Outcome::kNotYet);
}

TEST_F(WitnessedTest, StrangersAndTwinsDoNotCount) {
  const crypto::SigningKey stranger = new_key();
  const std::string text =
      transparency::parse_note(transparency::parse_log_proof(proof({}))->checkpoint)->text;
  EXPECT_EQ(outcome(proof({0}, line(text, stranger, "stranger"))), Outcome::kTooFew);
  EXPECT_EQ(outcome(proof({0}, line(text, stranger, "w1"))), Outcome::kTooFew);
  EXPECT_EQ(outcome(proof({0, 0})), Outcome::kTooFew);
  EXPECT_EQ(outcome(proof({0}, line("other\n", keys_[1], "w1"))), Outcome::kTooFew);
}

// Anybody can write a line beneath a checkpoint.
TEST_F(WitnessedTest, ABadLineTakesNothingFromTheOthers) {
  const std::string bad = line("other\n", keys_[2], "w2");
  EXPECT_EQ(outcome(proof({0, 1}, bad)), Outcome::kEnough);
  EXPECT_EQ(outcome(proof({0}, bad)), Outcome::kTooFew);
  issuer_.now = signed_at_ + 1h;
  EXPECT_EQ(outcome(proof({0}, bad)), Outcome::kNotYet);
  EXPECT_FALSE(count(proof({0, 1})).discounted);
  EXPECT_TRUE(count(proof({0, 1}, bad)).discounted);
  EXPECT_THAT(describe(count(proof({0, 1}, bad)), catalogue::Language::kEnglish),
              testing::AllOf(HasSubstr("2/2 (enough)"), HasSubstr("was not counted")));
  EXPECT_THAT(describe(count(proof({0, 1})), catalogue::Language::kEnglish),
              testing::Not(HasSubstr("not counted")));
}

TEST_F(WitnessedTest, WithAKeyAloneNobodyAsks) {
  read(log_.encode() + "\n");
  EXPECT_EQ(outcome(proof({})), Outcome::kNotAsked);
  EXPECT_EQ(describe({}, catalogue::Language::kEnglish), "");
}

TEST_F(WitnessedTest, NothingElseIsRead) {
  EXPECT_TRUE(is_refused(""));
  EXPECT_TRUE(is_refused("nonsense\n"));
  EXPECT_TRUE(is_refused(log_.encode() + "\n" + log_.encode() + "\n"));
  EXPECT_TRUE(is_refused("quorum none\n")) << "of no log";
  const NoteVerifier other =
      NoteVerifier::make("other", NoteKeyType::kEd25519, new_key().public_key()).value();
  EXPECT_TRUE(is_refused("log " + other.encode() + "\n" + policy("2"))) << "of two logs";
  EXPECT_TRUE(is_refused(policy("4")));
  Issuer issuer;
  EXPECT_FALSE(read_log(folder_ / "nowhere", issuer));
  EXPECT_TRUE(read_log({}, issuer));
  EXPECT_FALSE(issuer.log);
}

TEST_F(WitnessedTest, ItIsTold) {
  const auto told = [&](Outcome outcome) {
    return describe({.outcome = outcome, .count = {.required = 2, .valid = 1}},
                    catalogue::Language::kEnglish);
  };
  EXPECT_THAT(told(Outcome::kEnough), HasSubstr("1/2 (enough)"));
  EXPECT_THAT(told(Outcome::kNotYet), HasSubstr("not due"));
  EXPECT_THAT(told(Outcome::kTooFew), HasSubstr("24 hours after"));
}

}  // namespace
}  // namespace heyan::cli
