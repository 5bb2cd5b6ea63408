#include "gateway/witness/witness.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/witness/log.h"
#include "verifier/crypto/digest.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::witness {
namespace {

using transparency::NoteKeyType;
using transparency::NoteVerifier;

constexpr std::uint64_t kNow = 1'790'000'000;

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() { log_.grow_to(20); }

  Outcome outcome(const std::string& request) {
    const auto cosigned = witness_->add_checkpoint(request);
    EXPECT_TRUE(cosigned.has_value()) << cosigned.error().text;
    if (!cosigned) return Outcome::kMalformed;
    EXPECT_EQ(cosigned->outcome == Outcome::kCosigned, !cosigned->lines.empty());
    last_ = *cosigned;
    return cosigned->outcome;
  }
  // Who signed `text` with these lines, by the witness' own key; nothing where that did not.
  std::optional<std::uint64_t> cosigned_at(const std::string& text, const std::string& lines) {
    const auto note = transparency::parse_note(text + "\n" + lines);
    if (!note) return std::nullopt;
    transparency::test::Checker checker;
    const auto signers = transparency::verify_note(*note, std::array{own_}, checker);
    return signers ? signers->front().cosigned_at_seconds : std::nullopt;
  }
  std::uint64_t remembered() { return memory_->find(log_.name()).value()->size; }
  void restart() {
    witness_.reset();
    memory_.reset();
    memory_ = Memory::open(folder_ / "witness.db").value();
    witness_ = make();
  }
  std::unique_ptr<Witness> make() {
    return std::make_unique<Witness>(
        own_.name(), key_,
        std::vector<Log>{{.origin = log_.name(), .keys = {log_.verifier()}},
                         {.origin = other_.name(), .keys = {other_.verifier()}}},
        *memory_, [this] { return now_; });
  }

  os::TemporaryFolder folder_;
  std::uint64_t now_ = kNow;
  OwnLog log_{"court.example/log"};
  OwnLog other_{"court.example/other"};
  const crypto::SigningKey key_ = new_key();
  const NoteVerifier own_ =
      NoteVerifier::make("notary.example/witness", NoteKeyType::kCosignature, key_.public_key())
          .value();
  std::unique_ptr<Memory> memory_ = Memory::create(folder_ / "witness.db").value();
  std::unique_ptr<Witness> witness_ = make();
  Cosigned last_;
};

TEST_F(WitnessTest, CosignsALogThatGrows) {
  std::uint64_t old_size = 0;
  for (const std::uint64_t size : {1u, 2u, 2u, 3u, 8u, 13u, 20u}) {
    ASSERT_EQ(outcome(log_.request(old_size, size)), Outcome::kCosigned) << size;
    EXPECT_EQ(cosigned_at(log_.text(size), last_.lines), now_);
    EXPECT_EQ(remembered(), size);
    old_size = size;
    ++now_;
  }
}

TEST_F(WitnessTest, LogsAreNotMixed) {
  other_.grow_to(3);
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  EXPECT_EQ(outcome(other_.request(0, 3)), Outcome::kCosigned);
  EXPECT_EQ(remembered(), 5u);
  // Signed by the other log's key.
  const std::string foreign =
      "old 5\n\n" + transparency::sign_note(log_.text(5), log_.name(), other_.key()).value();
  EXPECT_EQ(outcome(foreign), Outcome::kBadSignature);
}

TEST_F(WitnessTest, AnotherSizeIsSaid) {
  EXPECT_EQ(outcome(log_.request(3, 5)), Outcome::kOtherSize);
  EXPECT_EQ(last_.size, 0u);
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  EXPECT_EQ(outcome(log_.request(0, 8)), Outcome::kOtherSize);
  EXPECT_EQ(last_.size, 5u);
  EXPECT_EQ(outcome(log_.request(4, 8)), Outcome::kOtherSize);
  EXPECT_EQ(outcome(log_.request(6, 8)), Outcome::kOtherSize);
  EXPECT_EQ(outcome(log_.request(4, 4)), Outcome::kOtherSize);
  EXPECT_EQ(remembered(), 5u);
}

TEST_F(WitnessTest, ItNeverGoesBack) {
  EXPECT_EQ(outcome(log_.request(0, 8)), Outcome::kCosigned);
  EXPECT_EQ(outcome(log_.request(8, 5)), Outcome::kMalformed);
  EXPECT_EQ(outcome(log_.request(5, 5)), Outcome::kOtherSize);
  EXPECT_EQ(outcome(log_.request(0, 0)), Outcome::kOtherSize);
  EXPECT_EQ(remembered(), 8u);
}

TEST_F(WitnessTest, ARewrittenHistoryIsNotCosigned) {
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  OwnLog forked = log_.emptied();
  forked.grow_to(20, "forged");
  EXPECT_EQ(outcome(forked.request(5, 9)), Outcome::kInconsistent);
  EXPECT_FALSE(last_.new_evidence);
  EXPECT_EQ(outcome(forked.request(5, 5)), Outcome::kForked);
  EXPECT_TRUE(last_.new_evidence);
  EXPECT_EQ(outcome(forked.request(5, 5)), Outcome::kForked);
  EXPECT_FALSE(last_.new_evidence);
  EXPECT_EQ(remembered(), 5u);
  EXPECT_EQ(outcome(log_.request(5, 9)), Outcome::kCosigned);
}

TEST_F(WitnessTest, ProofsMustBeExact) {
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  auto request = transparency::parse_add_checkpoint(log_.request(5, 13)).value();
  const auto with = [&](auto change) {
    auto changed = request;
    change(changed.proof);
    return outcome(transparency::encode_add_checkpoint(changed));
  };
  EXPECT_EQ(with([](auto& proof) { proof.pop_back(); }), Outcome::kInconsistent);
  EXPECT_EQ(with([](auto& proof) { proof.push_back({}); }), Outcome::kInconsistent);
  EXPECT_EQ(with([](auto& proof) { proof.clear(); }), Outcome::kInconsistent);
  EXPECT_EQ(with([](auto& proof) { std::swap(proof.front(), proof.back()); }),
            Outcome::kInconsistent);
  for (std::size_t i = 0; i < request.proof.size(); ++i) {
    EXPECT_EQ(with([i](auto& proof) { proof[i][31] ^= 1; }), Outcome::kInconsistent);
  }
  EXPECT_EQ(remembered(), 5u);
  EXPECT_EQ(with([](auto&) {}), Outcome::kCosigned);
}

TEST_F(WitnessTest, WhatTheLogDidNotSignIsRefused) {
  const std::string good = log_.request(0, 5);
  const std::string mark = "\u2014 ";
  for (std::size_t i = good.find(mark) + mark.size() + log_.name().size() + 1; i < good.size() - 2;
       ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    const Outcome found = outcome(bad);
    EXPECT_TRUE(found == Outcome::kBadSignature || found == Outcome::kMalformed) << i;
  }
  std::string other_root = good;
  other_root.replace(other_root.find("\n5\n"), 3, "\n6\n");
  EXPECT_EQ(outcome(other_root), Outcome::kBadSignature);
  EXPECT_EQ(outcome(good.substr(0, good.find(mark)) + mark + "somebody " +
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" + "\n"),
            Outcome::kBadSignature);
  // Twice: nobody could say which of them counts.
  EXPECT_EQ(outcome(good + good.substr(good.find(mark))), Outcome::kBadSignature);
  EXPECT_FALSE(memory_->find(log_.name()).value());
}

TEST_F(WitnessTest, UnknownLogsAreSaidToBeUnknown) {
  OwnLog stranger("stranger.example/log");
  stranger.grow_to(1);
  EXPECT_EQ(outcome(stranger.request(0, 1)), Outcome::kUnknownLog);
  EXPECT_FALSE(memory_->find(stranger.name()).value());
}

TEST_F(WitnessTest, CutAnywhereItIsRefused) {
  const std::string good = log_.request(0, 5);
  for (std::size_t end = 0; end < good.size(); ++end) {
    EXPECT_NE(outcome(good.substr(0, end)), Outcome::kCosigned) << end;
  }
  EXPECT_NE(outcome(good + "\n"), Outcome::kCosigned);
  EXPECT_NE(outcome(good + "x"), Outcome::kCosigned);
  EXPECT_EQ(outcome(good), Outcome::kCosigned);
}

TEST_F(WitnessTest, WhatItCosignedItKnowsAfterARestart) {
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  restart();
  OwnLog forked = log_.emptied();
  forked.grow_to(20, "forged");
  EXPECT_EQ(outcome(forked.request(0, 9)), Outcome::kOtherSize);
  EXPECT_EQ(outcome(forked.request(5, 9)), Outcome::kInconsistent);
  EXPECT_EQ(outcome(log_.request(5, 9)), Outcome::kCosigned);
}

TEST_F(WitnessTest, AClockThatWentBackSignsNothing) {
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  now_ = kNow - 1;
  const auto failed = witness_->add_checkpoint(log_.request(5, 8));
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, core::ErrorCode::kInternal);
  EXPECT_EQ(remembered(), 5u);
  now_ = kNow;
  EXPECT_EQ(outcome(log_.request(5, 8)), Outcome::kCosigned);
}

TEST_F(WitnessTest, TwoAtOnceCosignOneOfThem) {
  OwnLog forked = log_.emptied();
  forked.grow_to(20, "forged");
  std::array<std::optional<core::Result<Cosigned>>, 2> said;
  {
    const std::jthread one([&] { said[0] = witness_->add_checkpoint(log_.request(0, 9)); });
    const std::jthread other([&] { said[1] = witness_->add_checkpoint(forked.request(0, 9)); });
  }
  std::vector<Outcome> outcomes;
  for (const auto& each : said) outcomes.push_back(each->value().outcome);
  EXPECT_THAT(outcomes, testing::UnorderedElementsAre(Outcome::kCosigned, Outcome::kOtherSize));
}

TEST_F(WitnessTest, TwoProcessesOnOneMemoryCosignOneHistory) {
  const auto memory = Memory::open(folder_ / "witness.db").value();
  Witness second(own_.name(), key_, {{.origin = log_.name(), .keys = {log_.verifier()}}}, *memory,
                 [] { return kNow; });
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  EXPECT_EQ(second.add_checkpoint(log_.request(0, 8)).value().outcome, Outcome::kOtherSize);
  EXPECT_EQ(second.add_checkpoint(log_.request(5, 8)).value().outcome, Outcome::kCosigned);
  EXPECT_EQ(outcome(log_.request(5, 9)), Outcome::kOtherSize);
}

TEST_F(WitnessTest, NothingIsSignedThatCouldNotBeRemembered) {
  now_ = ~std::uint64_t{0};  // a time that the database refuses
  EXPECT_FALSE(witness_->add_checkpoint(log_.request(0, 5)).has_value());
  now_ = kNow;
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
}

TEST_F(WitnessTest, ShowsTheLastCheckpointWithBothSignatures) {
  const std::string hash = core::to_hex(crypto::sha256(core::as_bytes(log_.name())));
  EXPECT_EQ(witness_->checkpoint(hash).value(), std::nullopt);
  EXPECT_EQ(outcome(log_.request(0, 5)), Outcome::kCosigned);
  // With the line of a stranger, which is not passed on.
  const std::string extra = transparency::encode_signature_line(
      transparency::cosign(log_.text(8), kNow, "other.example/witness", new_key()).value());
  EXPECT_EQ(outcome(log_.request(5, 8) + extra), Outcome::kCosigned);
  restart();
  now_ += 100;
  const std::string note = witness_->checkpoint(hash).value().value();
  EXPECT_EQ(note, log_.checkpoint(8) + last_.lines);
  EXPECT_EQ(witness_->checkpoint("").value(), std::nullopt);
  EXPECT_EQ(witness_->checkpoint(hash.substr(1)).value(), std::nullopt);
  EXPECT_EQ(witness_->checkpoint(log_.name()).value(), std::nullopt);
}

TEST(Status, IsThatOfTheStandard) {
  EXPECT_EQ(status_of(Outcome::kCosigned), 200);
  EXPECT_EQ(status_of(Outcome::kMalformed), 400);
  EXPECT_EQ(status_of(Outcome::kBadSignature), 403);
  EXPECT_EQ(status_of(Outcome::kUnknownLog), 404);
  EXPECT_EQ(status_of(Outcome::kOtherSize), 409);
  EXPECT_EQ(status_of(Outcome::kInconsistent), 422);
  EXPECT_EQ(status_of(Outcome::kForked), 422);
}

}  // namespace
}  // namespace heyan::witness
