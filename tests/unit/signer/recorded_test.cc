// The signer's audit trail, and the heads of all trails in its log.
#include <gmock/gmock.h>

#include <fstream>

#include "gateway/audit/verify.h"
#include "tests/unit/signer/attack_fixture.h"

namespace heyan::signer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RecordedTest : public Attack {
 protected:
  RecordedTest() {
    trail_ = trail("signer");
    other_ = trail("front");
    trails_ = {folder_ / "front", folder_ / "judge"};
    start();
  }
  std::unique_ptr<audit::Trail> trail(const std::string& writer) {
    auto opened = audit::Trail::open(
        {.folder = folder_ / writer, .writer = writer, .now = [this] { return now_; }});
    EXPECT_TRUE(opened.has_value());
    return *std::move(opened);
  }
  std::string recorded(const std::string& writer = "signer") const {
    std::ifstream file(folder_ / writer / audit::segment_name(0));
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // "WRITER RECORD" of each head in the published log.
  std::vector<std::string> heads() const {
    std::vector<std::string> found;
    for (const report::LogEntry& entry : published()) {
      const auto* head = std::get_if<report::AuditEntry>(&entry);
      if (head != nullptr) found.push_back(head->writer + " " + std::to_string(head->record));
    }
    return found;
  }

  std::unique_ptr<audit::Trail> other_;
};

TEST_F(RecordedTest, WhatIsSignedAndWhatIsRefused) {
  const v1::Receipt receipt = take_in("s-1");
  const auto asks = begin_of("s-1", 1, receipt.intake_index());
  const v1::SignerBegun begun = begin(asks);
  EXPECT_FALSE(sign(asks, report_of(begun)).has_refusal());
  v1::Report foreign = report_of(begun);
  foreign.mutable_court()->set_code("0999");
  EXPECT_TRUE(sign(asks, foreign).has_refusal());
  v1::FrontAsks removes;
  removes.mutable_deletion()->set_submission_id("s-1");
  EXPECT_FALSE(ask(removes).has_refusal());
  removes.mutable_deletion()->set_submission_id("s-9");
  EXPECT_TRUE(ask(removes).has_refusal());
  const std::string all = recorded();
  EXPECT_THAT(all, HasSubstr(R"("event":"deletion-logged","outcome":"done")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"deletion-logged","outcome":"refused")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"receipt-signed","outcome":"done")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"report-signed","outcome":"done")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"report-signed","outcome":"refused")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"checkpoint-signed","outcome":"done")"));
  EXPECT_TRUE(audit::verify(folder_ / "signer", {}, now_)->holds());
}

TEST_F(RecordedTest, HeadsAreLoggedOnceAndAgainWhenSomethingWasWritten) {
  signer_->log_heads();
  EXPECT_THAT(heads(), ElementsAre("front 0", "signer 0"));
  signer_->log_heads();
  EXPECT_THAT(heads(), ElementsAre("front 0", "signer 0"));
  ASSERT_TRUE(other_->append({.event = audit::Event::kStarted}).has_value());
  signer_->log_heads();
  EXPECT_EQ(heads().size(), 4u);
  EXPECT_EQ(heads()[2], "front 1");
  start();
  signer_->log_heads();
  EXPECT_EQ(heads().size(), 4u) << "remembered across a restart";
}

// By a tree that nobody knew before, they say what the time is: once an hour, too, where nothing
// else happens.
TEST_F(RecordedTest, WhereThereAreWitnessesTheyHaveSomethingToSignEachTime) {
  const auto key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  witnesses_ = {*transparency::NoteVerifier::make(
      "notary.example/w", transparency::NoteKeyType::kCosignature, key.public_key())};
  start();
  for (const std::size_t so_many : {2u, 3u, 4u}) {
    signer_->log_heads();
    EXPECT_EQ(heads().size(), so_many);
  }
}

TEST_F(RecordedTest, ATrailThatIsShorterThanBeforeIsToldOfAndLeftOut) {
  ASSERT_TRUE(other_->append({.event = audit::Event::kStarted}).has_value());
  signer_->log_heads();
  const std::filesystem::path file = folder_ / "front" / audit::segment_name(0);
  const std::string all = recorded("front");
  std::filesystem::resize_file(file, all.find('\n') + 1);
  signer_->log_heads();
  EXPECT_EQ(trail_troubles_, 1);
  EXPECT_THAT(
      recorded(),
      HasSubstr(R"("detail":{"logged":1,"record":0},"event":"head-logged","outcome":"refused")"));
  EXPECT_THAT(heads(), ElementsAre("front 1", "signer 0"));
}

TEST_F(RecordedTest, WhatIsNoTrailIsToldOfAndLeftOut) {
  std::filesystem::create_directory(folder_ / "judge");
  std::ofstream(folder_ / "judge" / audit::segment_name(0)) << "{}\n";
  signer_->log_heads();
  EXPECT_EQ(trail_troubles_, 1);
  EXPECT_THAT(heads(), ElementsAre("front 0", "signer 0"));
}

TEST_F(RecordedTest, NobodyTakesTheTrailOfAnother) {
  signer_->log_heads();
  audit::Record first{.seq = 0,
                      .at = now_,
                      .writer = "judge",
                      .entry = {.event = audit::Event::kSegment},
                      .sha256_before = core::Bytes(32, 0),
                      .sm3_before = core::Bytes(32, 0)};
  first.entry.detail.set("trail", core::to_hex(other_->head().trail));
  std::filesystem::create_directory(folder_ / "judge");
  std::ofstream(folder_ / "judge" / audit::segment_name(0)) << audit::encode(first) << "\n";
  signer_->log_heads();
  EXPECT_EQ(trail_troubles_, 1);
  EXPECT_THAT(heads(), ElementsAre("front 0", "signer 0"));
  ASSERT_TRUE(other_->append({.event = audit::Event::kStarted}).has_value());
  signer_->log_heads();
  EXPECT_EQ(heads()[2], "front 1") << "whose it is goes on";
}

TEST_F(RecordedTest, ATrailUnderAnothersNameIsLeftOut) {
  trails_ = {folder_ / "judge"};
  start();
  std::filesystem::copy(folder_ / "front", folder_ / "judge");
  signer_->log_heads();
  EXPECT_THAT(heads(), ElementsAre("signer 0"));
}

}  // namespace
}  // namespace heyan::signer
