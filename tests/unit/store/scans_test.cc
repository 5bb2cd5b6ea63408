// What a malware scanner said: of a court's file once, and of nobody else's.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

class ScansTest : public StoreTest {
 protected:
  DueScan due(std::int64_t now_ms = 5000) {
    auto found = store_->due_scan(now_ms).value();
    return found ? *std::move(found) : DueScan();
  }
  Scan scan(const std::string& court = "0491") {
    return store_->find_scan(court, digest_of(2)).value();
  }
};

TEST_F(ScansTest, EachFileButTheCaseIsWaitedForOnce) {
  accept(submission("s1"));
  accept(submission("s2"));
  EXPECT_EQ(store_->count_scans().value().pending, 1u);
  const DueScan one = due();
  EXPECT_EQ(one.court, "0491");
  EXPECT_EQ(one.sha256, digest_of(2));
  EXPECT_EQ(one.size, 20u);
  ASSERT_TRUE(store_->scanned(one, {.state = ScanState::kClean, .at_ms = 9}));
  EXPECT_TRUE(due().court.empty());
  const auto files = store_->scans_of("s2", Scope::of_court("0491")).value().value();
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].path, "files/文.html");
  EXPECT_EQ(files[0].scan, (Scan{.state = ScanState::kClean, .at_ms = 9}));
  reopen();
  EXPECT_EQ(scan().state, ScanState::kClean);
}

TEST_F(ScansTest, AnotherCourtLearnsNothing) {
  accept(submission("s1"));
  accept(submission("s2", "0192"));
  ASSERT_TRUE(store_->scanned({.court = "0491", .sha256 = digest_of(2)},
                              {.state = ScanState::kFound, .name = "Eicar", .at_ms = 9}));
  EXPECT_EQ(scan("0491").name, "Eicar");
  EXPECT_EQ(scan("0192"), Scan());
  EXPECT_EQ(due().court, "0192");
  EXPECT_FALSE(store_->scans_of("s1", Scope::of_court("0192")).value().has_value());
  EXPECT_EQ(store_->count_scans().value().found, 1u);
}

TEST_F(ScansTest, WhatFailedIsTriedAgainLater) {
  accept(submission("s1"));
  const DueScan one = due();
  ASSERT_TRUE(store_->not_scanned(one, 6000));
  EXPECT_TRUE(due(5999).court.empty());
  EXPECT_EQ(due(6000).attempts, 1u);
  EXPECT_EQ(scan().state, ScanState::kPending);
}

TEST_F(ScansTest, OnceSaidItStands) {
  accept(submission("s1"));
  const DueScan one = due();
  ASSERT_TRUE(store_->scanned(one, {.state = ScanState::kFound, .name = "A", .at_ms = 9}));
  EXPECT_FALSE(store_->scanned(one, {.state = ScanState::kClean, .at_ms = 10}));
  EXPECT_FALSE(store_->not_scanned(one, 10));
  accept(submission("s2"));
  EXPECT_EQ(scan().name, "A");
  EXPECT_FALSE(store_->scanned({.court = "0491", .sha256 = digest_of(7)},
                               {.state = ScanState::kClean, .at_ms = 10}));
}

TEST_F(ScansTest, WhatWasTooLargeWaitsAgainWhereMoreIsTaken) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->scanned(due(), {.state = ScanState::kTooLarge, .at_ms = 9}));
  ASSERT_TRUE(store_->scan_up_to(19));
  EXPECT_EQ(scan().state, ScanState::kTooLarge);
  ASSERT_TRUE(store_->scan_up_to(20));
  EXPECT_EQ(due().size, 20u);
}

}  // namespace
}  // namespace heyan::store
