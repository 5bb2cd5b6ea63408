// What ledgers showed: kept once, never forgotten, and contested where two differ.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class CheckpointsTest : public StoreTest {
 protected:
  // A report in which these were seen, and which tells of their conflicts.
  core::Result<bool> report(const std::string& id, std::vector<Checkpoint> seen,
                            std::int64_t issued_at_ms = 2000,
                            std::vector<Checkpoint> observed = {}) {
    accept(submission(id));
    FinishedJob done = finished(claim(), "HY-" + id);
    done.issued_at_ms = issued_at_ms;
    done.seen = std::move(seen);
    done.observed = std::move(observed);
    done.conflicts_told = tells_;
    return store_->finish_job(done);
  }
  std::vector<Checkpoint> at(const std::string& ledger, std::uint64_t height,
                             const std::string& origin = {}) {
    return store_->find_checkpoints({ledger, origin, height}).value();
  }
  std::vector<Checkpoint> contested(const std::string& ledger, std::uint64_t from = 0,
                                    const std::string& origin = {}) {
    return store_->contested_checkpoints({ledger, origin, from}).value();
  }
  std::set<std::string> tells_ = {"fab", "log"};
};

TEST_F(CheckpointsTest, AreKeptOnceWithTheFirstTime) {
  ASSERT_TRUE(report("s1", {{"fab", 7, digest_of(1)}}, 2000).value());
  ASSERT_TRUE(report("s2", {{"fab", 7, digest_of(1)}}, 3000).value());
  reopen();
  EXPECT_THAT(at("fab", 7), ElementsAre(Checkpoint{"fab", 7, digest_of(1), 2000}));
  EXPECT_THAT(at("fab", 8), IsEmpty());
  EXPECT_THAT(at("other", 7), IsEmpty());
  EXPECT_THAT(at("fab", ~std::uint64_t{0}), IsEmpty());
  EXPECT_THAT(contested("fab"), IsEmpty());
}

TEST_F(CheckpointsTest, TwoAtOneHeightAreBothKeptAndContested) {
  ASSERT_TRUE(report("s1", {{"fab", 9, digest_of(1)}, {"fab", 7, digest_of(1)}}).value());
  ASSERT_TRUE(report("s2", {{"fab", 9, digest_of(2)}}).value());
  EXPECT_THAT(contested("fab"), SizeIs(2));
  EXPECT_THAT(at("fab", 9), SizeIs(2));
  EXPECT_THAT(contested("other"), IsEmpty());
  // The lowest height is what counts.
  ASSERT_TRUE(report("s3", {{"fab", 7, digest_of(3)}, {"other", 7, digest_of(4)}}).value());
  reopen();
  EXPECT_THAT(contested("fab"), ElementsAre(Checkpoint{"fab", 7, digest_of(1), 2000},
                                            Checkpoint{"fab", 7, digest_of(3), 2000}));
  EXPECT_THAT(contested("other"), IsEmpty());
}

TEST_F(CheckpointsTest, OfOneReportMayContradictEachOther) {
  ASSERT_TRUE(report("s1", {{"fab", 7, digest_of(1)}, {"fab", 7, digest_of(2)}}).value());
  EXPECT_THAT(contested("fab"), SizeIs(2));
}

TEST_F(CheckpointsTest, WhatNoChainHasIsNotKept) {
  ASSERT_TRUE(report("s1", {{"fab", ~std::uint64_t{0}, digest_of(1)}}).value());
  EXPECT_THAT(at("fab", ~std::uint64_t{0}), IsEmpty());
  EXPECT_FALSE(report("s2", {{"fab", 7, {}}}).has_value());
  EXPECT_FALSE(report("s3", {{"fab", 7, core::Bytes(65, 1)}}).has_value());
  EXPECT_THAT(at("fab", 7), IsEmpty());
}

TEST_F(CheckpointsTest, OfALogsTreesEachIsItsOwn) {
  const auto head = [](std::uint8_t root, const std::string& origin) {
    return Checkpoint{"log", 9, digest_of(root), 0, origin};
  };
  ASSERT_TRUE(report("s1", {head(1, "a"), head(2, "b")}).value());
  EXPECT_THAT(contested("log", 0, "a"), IsEmpty());
  EXPECT_THAT(at("log", 9, "a"), ElementsAre(Checkpoint{"log", 9, digest_of(1), 2000, "a"}));
  EXPECT_THAT(at("log", 9), IsEmpty());
  ASSERT_TRUE(report("s2", {head(3, "b")}).value());
  EXPECT_THAT(contested("log", 0, "a"), IsEmpty());
  EXPECT_THAT(contested("log", 0, "b"), SizeIs(2));
}

// After a ruling about the lowest conflict, the next one counts.
TEST_F(CheckpointsTest, TheLowestConflictIsFoundFromAnyHeightOn) {
  ASSERT_TRUE(report("s1", {{"fab", 5, digest_of(1)}, {"fab", 9, digest_of(1)}}).value());
  ASSERT_TRUE(report("s2", {{"fab", 5, digest_of(2)}, {"fab", 9, digest_of(2)}}).value());
  EXPECT_EQ(contested("fab", 0).front().height, 5u);
  EXPECT_EQ(contested("fab", 5).front().height, 5u);
  EXPECT_EQ(contested("fab", 6).front().height, 9u);
  EXPECT_THAT(contested("fab", 10), IsEmpty());
  EXPECT_THAT(contested("fab", ~std::uint64_t{0}), IsEmpty());
}

// One signer stops nobody: what no quorum signed is shown to people, and compared with nothing.
TEST_F(CheckpointsTest, ObservationsMakeNoConflict) {
  ASSERT_TRUE(report("s1", {{"fab", 7, digest_of(1)}}, 2000, {{"fab", 7, digest_of(2)}}).value());
  ASSERT_TRUE(report("s2", {}, 3000, {{"fab", 8, digest_of(3)}, {"fab", 8, digest_of(4)}}).value());
  EXPECT_THAT(contested("fab"), IsEmpty());
  EXPECT_THAT(at("fab", 7), SizeIs(1));
  EXPECT_THAT(at("fab", 8), IsEmpty());
  const auto listed = store_->contested_blocks().value();
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0], (ContestedBlock{{"fab", 7, digest_of(1), 2000}, "HY-s1", true}));
  EXPECT_EQ(listed[1], (ContestedBlock{{"fab", 7, digest_of(2), 2000}, "HY-s1", false}));
  // A quorum signs it after all.
  ASSERT_TRUE(report("s3", {{"fab", 7, digest_of(2)}}, 4000).value());
  EXPECT_THAT(contested("fab"), ElementsAre(Checkpoint{"fab", 7, digest_of(1), 2000},
                                            Checkpoint{"fab", 7, digest_of(2), 4000}));
  // And what a quorum signed stays so.
  ASSERT_TRUE(report("s4", {}, 5000, {{"fab", 7, digest_of(2)}}).value());
  EXPECT_THAT(contested("fab"), SizeIs(2));
}

// Two judges at one time: neither knew of the other's block, and the second is judged again.
TEST_F(CheckpointsTest, AReportThatDoesNotTellOfItsConflictIsFollowedByOneThatDoes) {
  ASSERT_TRUE(report("s1", {{"fab", 7, digest_of(1)}}).value());
  EXPECT_TRUE(nothing_to_claim());
  tells_.clear();
  ASSERT_TRUE(report("s2", {{"fab", 7, digest_of(2)}}).value());
  const Job again = claim();
  EXPECT_EQ(again.submission, "s2");
  EXPECT_EQ(again.version, 2u);
  EXPECT_EQ(again.supersedes, "HY-s2");
  // That one shows nothing new, whatever it tells.
  FinishedJob done = finished(again, "HY-s2-2");
  done.seen = {{"fab", 7, digest_of(2)}};
  ASSERT_TRUE(store_->finish_job(done).value());
  EXPECT_TRUE(nothing_to_claim());
}

TEST_F(CheckpointsTest, NorIsAnythingFollowedThatContradictsNothing) {
  tells_.clear();
  ASSERT_TRUE(report("s1", {{"fab", 7, digest_of(1)}}, 2000,
                     {{"fab", 7, digest_of(2)}, {"fab", 8, digest_of(9)}})
                  .value());
  ASSERT_TRUE(report("s2", {{"fab", 7, digest_of(1)}, {"fab", 8, digest_of(2)}}).value());
  EXPECT_TRUE(nothing_to_claim());
}

TEST_F(CheckpointsTest, ALedgerIsWatchedSinceItWasFirstNamed) {
  using Since = std::vector<std::int64_t>;
  EXPECT_EQ(store_->watch_ledgers({"fab", "log"}, 1000).value(), (Since{1000, 1000}));
  EXPECT_EQ(store_->watch_ledgers({"log", "new"}, 2000).value(), (Since{1000, 2000}));
  reopen();
  EXPECT_EQ(store_->watch_ledgers({"new", "fab"}, 3000).value(), (Since{2000, 1000}));
  EXPECT_EQ(store_->watch_ledgers({}, 3000).value(), Since{});
}

}  // namespace
}  // namespace heyan::store
