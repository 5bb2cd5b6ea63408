// The report log and its witnesses, which are real ones without HTTP.
#include <gmock/gmock.h>

#include "gateway/witness/witness.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::signer {
namespace {

using namespace std::chrono_literals;
using transparency::NoteKeyType;
using transparency::NoteVerifier;

struct TestWitness {
  TestWitness(const std::string& witness_name, const std::string& log,
              const crypto::SigningKey& log_key, const std::filesystem::path& file,
              std::function<std::uint64_t()> now)
      : name(witness_name),
        memory(witness::Memory::create(file).value()),
        verifier(NoteVerifier::make(name, NoteKeyType::kCosignature, key.public_key()).value()),
        witness(name, key,
                {{.origin = log,
                  .keys = {NoteVerifier::make(log, NoteKeyType::kEd25519, log_key.public_key())
                               .value()}}},
                *memory, std::move(now)) {}

  std::string name;
  crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  std::unique_ptr<witness::Memory> memory;
  NoteVerifier verifier;
  witness::Witness witness;
};

class CosignedTest : public SignerTest {
 protected:
  CosignedTest() {
    for (const char* name : {"court.example/w", "notary.example/w"}) {
      all_.push_back(std::make_unique<TestWitness>(name, keys_.log_name, keys_.log,
                                                   folder_ / (std::to_string(all_.size()) + ".db"),
                                                   [this] { return seconds(); }));
      witnesses_.push_back(all_.back()->verifier);
    }
    start();
  }
  std::uint64_t seconds() const {
    return static_cast<std::uint64_t>(core::to_unix_ms(now_) / 1000);
  }
  v1::FrontGets question(const TestWitness& of, const std::string& said = {},
                         std::uint64_t size = 0) const {
    v1::FrontAsks asks;
    asks.mutable_witness_question()->set_witness(of.name);
    asks.mutable_witness_question()->set_said(said);
    asks.mutable_witness_question()->set_size(size);
    return ask(asks);
  }
  v1::FrontGets bring(const std::string& name, std::uint64_t size, const std::string& lines) const {
    v1::FrontAsks asks;
    asks.mutable_cosigned()->set_witness(name);
    asks.mutable_cosigned()->set_size(size);
    asks.mutable_cosigned()->set_lines(lines);
    return ask(asks);
  }
  v1::FrontGets show(const std::string& name, const std::string& checkpoint) const {
    v1::FrontAsks asks;
    asks.mutable_witness_kept()->set_witness(name);
    asks.mutable_witness_kept()->set_checkpoint(checkpoint);
    return ask(asks);
  }
  std::string of_this_log(std::uint64_t size, const transparency::TreeHash& root) const {
    const std::string text =
        transparency::encode_checkpoint(
            {.origin = keys_.log_name, .size = size, .root = root, .extensions = {}})
            .value();
    return transparency::sign_note(text, keys_.log_name, keys_.log).value();
  }
  bool is_stopped() const {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog().stopped() == "log-set-back";
  }
  bool take_in_fails(const std::string& submission) const {
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id(submission);
    asks.mutable_intake()->set_court("0192");
    asks.mutable_intake()->add_files()->set_path("case.json");
    return ask(asks).refusal().code() == "changed";
  }
  // As the front does it; the size that was cosigned, 0 where there was nothing to do.
  std::uint64_t bring_up_to_date(TestWitness& of, std::uint64_t round = 0) const {
    v1::FrontGets wanted = question(of, {}, round);
    if (wanted.witness_question().body().empty()) return 0;
    auto cosigned = of.witness.add_checkpoint(wanted.witness_question().body()).value();
    if (cosigned.outcome == witness::Outcome::kOtherSize) {
      wanted = question(of, std::to_string(cosigned.size) + "\n", round);
      cosigned = of.witness.add_checkpoint(wanted.witness_question().body()).value();
    }
    EXPECT_EQ(cosigned.outcome, witness::Outcome::kCosigned);
    const auto taken = bring(of.name, wanted.witness_question().size(), cosigned.lines);
    EXPECT_TRUE(taken.has_cosigned()) << taken.refusal().code();
    return wanted.witness_question().size();
  }
  // Under the checkpoint that is published.
  std::string line(const crypto::SigningKey& key, const std::string& name, std::uint64_t at) const {
    const std::string text = transparency::parse_note(published()).value().text;
    return transparency::encode_signature_line(transparency::cosign(text, at, name, key).value());
  }
  // Empty: it was taken.
  std::string says(const TestWitness& of, std::uint64_t size, std::uint64_t at) const {
    const v1::FrontGets gets = bring(of.name, size, line(of.key, of.name, at));
    EXPECT_NE(gets.has_cosigned(), gets.has_refusal());
    return gets.refusal().code();
  }
  std::string published() const { return os::content_of(folder_ / "log/checkpoint"); }
  // Whose signatures stand below it, by the keys of log and witnesses; the log's is 0.
  std::vector<std::size_t> signers_of(const std::string& note) const {
    std::vector<NoteVerifier> known = {
        NoteVerifier::make(keys_.log_name, NoteKeyType::kEd25519, keys_.log.public_key()).value()};
    known.insert(known.end(), witnesses_.begin(), witnesses_.end());
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const auto signers =
        transparency::verify_note(transparency::parse_note(note).value(), known, checker);
    std::vector<std::size_t> keys;
    if (!signers) return keys;
    for (const auto& each : *signers) keys.push_back(each.key);
    return keys;
  }
  // A report that is in the log.
  std::string issue(const std::string& submission) {
    const auto asks = begin_of(submission, 1, take_in(submission).intake_index());
    const auto begun = begin(asks);
    const auto signed_report = sign(asks, report_of(begun));
    EXPECT_FALSE(signed_report.envelope().empty()) << signed_report.refusal().code();
    return begun.report_number();
  }
  transparency::LogProof proof_of(const std::string& number) const {
    v1::FrontAsks asks;
    asks.mutable_log_proof()->set_report_number(number);
    return transparency::parse_log_proof(ask(asks).log_proof()).value();
  }

  std::vector<std::unique_ptr<TestWitness>> all_;
};

using testing::ElementsAre;

TEST_F(CosignedTest, WhatWitnessesSignedIsPublished) {
  EXPECT_THAT(signers_of(published()), ElementsAre(0));
  EXPECT_EQ(bring_up_to_date(*all_[0]), 1u);
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1));
  EXPECT_EQ(bring_up_to_date(*all_[1]), 1u);
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1, 2));
  EXPECT_EQ(bring_up_to_date(*all_[0]), 0u) << "it cosigned this one";
  take_in("s1");
  EXPECT_THAT(signers_of(published()), ElementsAre(0)) << "another checkpoint";
  EXPECT_EQ(bring_up_to_date(*all_[0]), 2u);
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1));
}

TEST_F(CosignedTest, ItIsThereAfterARestart) {
  bring_up_to_date(*all_[0]);
  start();
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1));
  EXPECT_EQ(bring_up_to_date(*all_[0]), 0u);
}

TEST_F(CosignedTest, AWitnessThatWasAwayIsBroughtUpToDateWithOneProof) {
  bring_up_to_date(*all_[0]);
  bring_up_to_date(*all_[1]);
  for (int i = 0; i < 20; ++i) take_in("s" + std::to_string(i));
  EXPECT_EQ(bring_up_to_date(*all_[0]), 21u);
  for (int i = 20; i < 40; ++i) take_in("s" + std::to_string(i));
  EXPECT_EQ(bring_up_to_date(*all_[1]), 41u);
}

TEST_F(CosignedTest, AnAnswerThatWasLostIsAskedForAgain) {
  const auto wanted = question(*all_[0]).witness_question();
  ASSERT_EQ(all_[0]->witness.add_checkpoint(wanted.body()).value().outcome,
            witness::Outcome::kCosigned);
  EXPECT_EQ(bring_up_to_date(*all_[0]), 1u);
  take_in("s1");
  const auto next = question(*all_[0]).witness_question();
  ASSERT_EQ(all_[0]->witness.add_checkpoint(next.body()).value().outcome,
            witness::Outcome::kCosigned);
  take_in("s2");
  EXPECT_EQ(bring_up_to_date(*all_[0]), 3u);
}

TEST_F(CosignedTest, AllAreAskedForTheSameCheckpoint) {
  take_in("s1");
  EXPECT_EQ(bring_up_to_date(*all_[0]), 2u);
  take_in("s2");
  EXPECT_EQ(bring_up_to_date(*all_[1], 2), 2u);
}

TEST_F(CosignedTest, AWitnessThatKnowsMoreIsSaidToBeAhead) {
  const auto wanted = question(*all_[0], "5\n").witness_question();
  EXPECT_TRUE(wanted.ahead());
  EXPECT_TRUE(wanted.body().empty());
  EXPECT_TRUE(question(*all_[0], "x\n").has_refusal());
  EXPECT_TRUE(question(*all_[0], "05\n").has_refusal());
}

TEST_F(CosignedTest, ACheckpointThatLeadsHereStopsNobody) {
  const std::string first = published();
  take_in("s1");
  EXPECT_TRUE(show(all_[0]->name, first).has_witness_kept());
  EXPECT_TRUE(show(all_[0]->name, published()).has_witness_kept());
  EXPECT_FALSE(is_stopped());
}

TEST_F(CosignedTest, ALargerOneOfThisLogStopsAllLogging) {
  take_in("s1");
  EXPECT_TRUE(show(all_[0]->name, of_this_log(3, {})).has_witness_kept());
  EXPECT_TRUE(is_stopped());
  EXPECT_TRUE(take_in_fails("s2"));
  start();
  EXPECT_TRUE(is_stopped()) << "until a person has looked";
  EXPECT_TRUE(take_in_fails("s3"));
  EXPECT_EQ(transparency::parse_checkpoint(transparency::parse_note(published())->text)->size, 2u);
}

TEST_F(CosignedTest, SoDoesAnotherHistoryOfThatSize) {
  take_in("s1");
  EXPECT_TRUE(show(all_[0]->name, of_this_log(2, {})).has_witness_kept());
  EXPECT_TRUE(is_stopped());
}

TEST_F(CosignedTest, WhatThisLogDidNotSignStopsNobody) {
  take_in("s1");
  const auto stranger = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  const std::string larger =
      transparency::encode_checkpoint(
          {.origin = keys_.log_name, .size = 9, .root = {}, .extensions = {}})
          .value();
  const std::string elsewhere =
      transparency::encode_checkpoint(
          {.origin = "log.example/b", .size = 9, .root = {}, .extensions = {}})
          .value();
  for (const std::string& note :
       {transparency::sign_note(larger, keys_.log_name, stranger).value(),
        transparency::sign_note(elsewhere, "log.example/b", keys_.log).value(),
        transparency::sign_note(elsewhere, keys_.log_name, keys_.log).value(), larger,
        std::string(), std::string("rubbish\n"), of_this_log(9, {}) + "x"}) {
    EXPECT_TRUE(show(all_[0]->name, note).has_refusal()) << note;
  }
  EXPECT_TRUE(show("stranger.example/w", of_this_log(9, {})).has_refusal());
  EXPECT_FALSE(is_stopped());
}

TEST_F(CosignedTest, NothingElseIsKept) {
  take_in("s1");
  const TestWitness& witness = *all_[0];
  const std::string good = line(witness.key, witness.name, seconds());
  const auto stranger = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  EXPECT_TRUE(bring(witness.name, 2, "").has_refusal());
  EXPECT_TRUE(bring(witness.name, 2, "no line\n").has_refusal());
  EXPECT_TRUE(bring(witness.name, 2, line(stranger, witness.name, seconds())).has_refusal());
  EXPECT_TRUE(
      bring(witness.name, 2, line(witness.key, "other.example/w", seconds())).has_refusal());
  EXPECT_TRUE(bring(witness.name, 1, good).has_refusal()) << "of another size";
  EXPECT_TRUE(bring(witness.name, 3, good).has_refusal()) << "of no size";
  EXPECT_TRUE(bring(witness.name, 0, good).has_refusal());
  EXPECT_TRUE(bring("stranger.example/w", 2, good).has_refusal());
  EXPECT_TRUE(bring(all_[1]->name, 2, good).has_refusal());
  EXPECT_TRUE(bring(witness.name, 2, good + good).has_refusal());
  EXPECT_THAT(signers_of(published()), ElementsAre(0));
  // Beside lines of strangers, which are left out.
  const std::string extra = line(stranger, "stranger.example/w", seconds());
  EXPECT_TRUE(bring(witness.name, 2, extra + good).has_cosigned());
  EXPECT_THAT(published(), testing::Not(testing::HasSubstr("stranger")));
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1));
}

TEST_F(CosignedTest, NorWhatWasSignedByAnotherClock) {
  take_in("s1");
  EXPECT_EQ(says(*all_[0], 2, seconds() + 601), "changed");
  EXPECT_EQ(says(*all_[1], 2, seconds() - 601), "changed");
  EXPECT_EQ(says(*all_[0], 2, seconds()), "changed") << "it said a later time";
  EXPECT_THAT(signers_of(published()), ElementsAre(0));
  pass(602s);
  EXPECT_EQ(says(*all_[0], 2, seconds()), "");
  EXPECT_EQ(says(*all_[1], 2, transparency::kLastSecond), "changed");
  EXPECT_THAT(signers_of(published()), ElementsAre(0, 1));
}

// As by a proxy that keeps answers.
TEST_F(CosignedTest, WhatIsBroughtAgainMuchLaterIsNotTakenForAnotherClock) {
  take_in("s1");
  const std::uint64_t then = seconds();
  EXPECT_EQ(says(*all_[0], 2, then), "");
  pass(1h);
  EXPECT_EQ(says(*all_[0], 2, then), "malformed");
  EXPECT_EQ(clock_troubles_, 0);
  take_in("s2");
}

// Security decision 11.
TEST_F(CosignedTest, NothingIsDatedThatMostWitnessesClocksContradict) {
  const std::uint64_t intake = take_in("s1").intake_index();
  for (const auto& witness : all_) EXPECT_EQ(says(*witness, 2, seconds() - 7200), "changed");
  EXPECT_TRUE(take_in_fails("s2"));
  EXPECT_EQ(begin(begin_of("s1", 1, intake)).refusal().code(), "changed");
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_EQ(ask(asks).refusal().code(), "changed") << "nor is the gateway ready";
  EXPECT_EQ(clock_troubles_, 1) << "said once";
  EXPECT_FALSE(question(*all_[0]).witness_question().body().empty()) << "it is asked again";
  EXPECT_THAT(signers_of(published()), ElementsAre(0));
  for (const auto& witness : all_) EXPECT_EQ(says(*witness, 2, seconds()), "");
  take_in("s2");
  EXPECT_EQ(ask(asks).backlog().log_size(), 3u);
}

TEST_F(CosignedTest, AProofStandsUnderTheCheckpointThatMostWitnessesSigned) {
  const std::string number = issue("s1");
  EXPECT_THAT(signers_of(proof_of(number).checkpoint), ElementsAre(0));
  bring_up_to_date(*all_[0]);
  bring_up_to_date(*all_[1]);
  const auto both = proof_of(number);
  EXPECT_THAT(signers_of(both.checkpoint), ElementsAre(0, 1, 2));
  take_in("s2");
  bring_up_to_date(*all_[0]);
  EXPECT_EQ(proof_of(number), both) << "one witness says less than two";
  bring_up_to_date(*all_[1]);
  const auto later = proof_of(number);
  EXPECT_THAT(signers_of(later.checkpoint), ElementsAre(0, 1, 2));
  EXPECT_NE(later, both) << "the freshest";
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto key =
      NoteVerifier::make(keys_.log_name, NoteKeyType::kEd25519, keys_.log.public_key()).value();
  EXPECT_TRUE(transparency::verify_log_proof(later, *later.extra, keys_.log_name, key, checker,
                                             witnesses_));
}

}  // namespace
}  // namespace heyan::signer
