// What ledgers showed: kept once, never forgotten, and contested where two differ.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class CheckpointsTest : public StoreTest {
 protected:
  // A report in which these were seen.
  core::Result<bool> report(const std::string& id, std::vector<Checkpoint> seen,
                            std::int64_t issued_at_ms = 2000) {
    accept(submission(id));
    FinishedJob done = finished(claim(), "HY-" + id);
    done.issued_at_ms = issued_at_ms;
    done.seen = std::move(seen);
    return store_->finish_job(done);
  }
  std::vector<Checkpoint> at(const std::string& ledger, std::uint64_t height) {
    return store_->find_checkpoints(ledger, height).value();
  }
  std::vector<Checkpoint> contested(const std::string& ledger) {
    return store_->contested_checkpoints(ledger).value();
  }
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

}  // namespace
}  // namespace heyan::store
