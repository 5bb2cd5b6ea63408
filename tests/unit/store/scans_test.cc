// What a malware scanner said: of each submission's files, and of nobody else's.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

const Scope kCourt = Scope::of_court("0491");

class ScansTest : public StoreTest {
 protected:
  DueScan due(std::int64_t now_ms = 5000) {
    auto found = store_->due_scan(now_ms).value();
    return found ? *std::move(found) : DueScan();
  }
  Scan scan(const std::string& submission, std::uint8_t content = 2,
            const Scope& scope = Scope::whole_installation()) {
    return store_->find_scan(submission, digest_of(content), scope).value();
  }
  std::vector<ScannedFile> scans(const std::string& submission, const Scope& scope = kCourt) {
    auto found = store_->scans_of(submission, scope).value();
    return found ? *std::move(found) : std::vector<ScannedFile>();
  }
  bool say(const std::string& submission, const Scan& said, std::uint8_t content = 2) {
    return store_->scanned({.submission = submission, .sha256 = digest_of(content)}, said)
        .has_value();
  }
};

TEST_F(ScansTest, EachFileButTheCaseIsLookedAt) {
  accept(submission("s1"));
  EXPECT_EQ(store_->count_scans().value().pending, 1u);
  const DueScan one = due();
  EXPECT_EQ(one.submission, "s1");
  EXPECT_EQ(one.court, "0491");
  EXPECT_EQ(one.sha256, digest_of(2));
  EXPECT_EQ(one.size, 20u);
  ASSERT_TRUE(store_->scanned(one, {.state = ScanState::kClean, .at_ms = 9}));
  EXPECT_TRUE(due().submission.empty());
  const auto files = scans("s1");
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].path, "files/文.html");
  EXPECT_EQ(files[0].scan, (Scan{.state = ScanState::kClean, .at_ms = 9}));
  reopen();
  EXPECT_EQ(scan("s1").state, ScanState::kClean);
}

// Neither who filed first nor who did later learns of the other.
TEST_F(ScansTest, TheSameBytesAreLookedAtForEachSubmission) {
  accept(submission("s1", "0491", "u-1"));
  ASSERT_TRUE(say("s1", {.state = ScanState::kFound, .name = "Eicar", .at_ms = 9}));
  NewSubmission later = submission("s2", "0491", "u-2");
  later.received_at_ms = 2000;
  accept(later);
  EXPECT_EQ(scan("s2"), Scan()) << "what was said before it came is not said of it";
  EXPECT_EQ(scans("s2", Scope::of_person("u-2")).at(0).scan, Scan());
  EXPECT_TRUE(due(1999).submission.empty()) << "and nothing is asked before it came";
  const DueScan again = due(2000);
  EXPECT_EQ(again.submission, "s2");
  EXPECT_EQ(again.attempts, 0u);
  ASSERT_TRUE(store_->not_scanned(again, 6000));
  EXPECT_EQ(scan("s1").name, "Eicar");
  EXPECT_EQ(store_->count_scans().value().pending, 1u);
  ASSERT_TRUE(store_->scanned(due(6000), {.state = ScanState::kFound, .name = "B", .at_ms = 6001}));
  EXPECT_EQ(scan("s1"), (Scan{.state = ScanState::kFound, .name = "Eicar", .at_ms = 9}));
  EXPECT_EQ(scans("s2", Scope::of_person("u-2")).at(0).scan,
            (Scan{.state = ScanState::kFound, .name = "B", .at_ms = 6001}));
  EXPECT_EQ(store_->count_scans().value().found, 2u);
}

TEST_F(ScansTest, NobodyElseIsToldOfThem) {
  accept(submission("s1"));
  accept(submission("s2", "0192"));
  ASSERT_TRUE(say("s1", {.state = ScanState::kFound, .name = "Eicar", .at_ms = 9}));
  EXPECT_EQ(scan("s1", 2, kCourt).name, "Eicar");
  EXPECT_EQ(scan("s1", 2, Scope::of_court("0192")), Scan());
  EXPECT_EQ(scan("s1", 2, Scope::of_person("u-7")), Scan());
  EXPECT_EQ(scan("s2"), Scan());
  EXPECT_EQ(due().court, "0192");
  EXPECT_FALSE(store_->scans_of("s1", Scope::of_court("0192")).value().has_value());
  EXPECT_EQ(store_->count_scans().value().found, 1u);
}

TEST_F(ScansTest, OneSubmissionsSameBytesAreLookedAtOnce) {
  NewSubmission wanted = submission("s1");
  wanted.files.push_back({"files/again.html", 20, digest_of(2)});
  wanted.files.push_back({"files/case.json", 10, digest_of(1)});  // as the case itself has them
  accept(wanted);
  EXPECT_EQ(store_->count_scans().value().pending, 2u);
  ASSERT_TRUE(say("s1", {.state = ScanState::kClean, .at_ms = 9}));
  ASSERT_TRUE(say("s1", {.state = ScanState::kTooLarge, .at_ms = 8}, 1));
  const auto files = scans("s1");
  ASSERT_EQ(files.size(), 3u) << "the case itself is no file to look at";
  EXPECT_EQ(files[0].scan, files[1].scan);
  EXPECT_EQ(files[2].path, "files/case.json");
  EXPECT_EQ(files[2].scan.state, ScanState::kTooLarge);
}

TEST_F(ScansTest, WhatFailedIsTriedAgainLater) {
  accept(submission("s1"));
  const DueScan one = due();
  ASSERT_TRUE(store_->not_scanned(one, 6000));
  EXPECT_TRUE(due(5999).submission.empty());
  EXPECT_EQ(due(6000).attempts, 1u);
  EXPECT_EQ(scan("s1").state, ScanState::kPending);
}

TEST_F(ScansTest, OnceSaidItStands) {
  accept(submission("s1"));
  const DueScan one = due();
  ASSERT_TRUE(store_->scanned(one, {.state = ScanState::kFound, .name = "A", .at_ms = 9}));
  EXPECT_FALSE(store_->scanned(one, {.state = ScanState::kClean, .at_ms = 10}));
  EXPECT_FALSE(store_->not_scanned(one, 10));
  EXPECT_EQ(scan("s1").name, "A");
  EXPECT_FALSE(say("s1", {.state = ScanState::kClean, .at_ms = 10}, 7)) << "not its file";
  EXPECT_FALSE(say("s2", {.state = ScanState::kClean, .at_ms = 10})) << "nobody's";
}

TEST_F(ScansTest, WhatWasTooLargeWaitsAgainWhereMoreIsTaken) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->scanned(due(), {.state = ScanState::kTooLarge, .at_ms = 9}));
  ASSERT_TRUE(store_->scan_up_to(19));
  EXPECT_EQ(scan("s1").state, ScanState::kTooLarge);
  ASSERT_TRUE(store_->scan_up_to(20));
  EXPECT_EQ(due().size, 20u);
}

// From when a court had one for all: each has it, and none a time that tells of the others.
TEST_F(ScansTest, AreMadeOfThoseThatACourtHad) {
  NewSubmission first = submission("s1");
  first.files = {{"case.json", 10, digest_of(1)},
                 {"files/clean", 20, digest_of(2)},
                 {"files/found", 20, digest_of(3)},
                 {"files/waits", 20, digest_of(4)}};
  accept(first);
  NewSubmission second = first;
  second.id = "s2";
  second.received_at_ms = 3000;
  second.files.push_back({"files/clean-too", 20, digest_of(2)});
  second.files.push_back({"files/nowhere", 20, digest_of(5)});
  accept(second);
  NewSubmission other = submission("s3", "0192");
  other.files = {{"case.json", 10, digest_of(9)}, {"files/case-of-s1", 10, digest_of(1)}};
  accept(other);
  store_.reset();
  const auto made = place_->make_scans_anew(
      "INSERT INTO scans SELECT s.court, f.sha256, f.size, min(s.id),"
      " CASE max(f.path) WHEN 'files/found' THEN 'FOUND' WHEN 'files/waits' THEN 'PENDING'"
      "  ELSE 'CLEAN' END,"
      " CASE max(f.path) WHEN 'files/found' THEN 'Eicar' END,"
      " CASE max(f.path) WHEN 'files/waits' THEN NULL ELSE 2000 END, 4000, 3"
      " FROM files f JOIN submissions s ON s.id = f.submission"
      " WHERE f.path NOT IN ('case.json', 'files/nowhere') GROUP BY s.court, f.sha256, f.size");
  ASSERT_TRUE(made.has_value()) << made.error().text;
  store_ = open();
  ASSERT_NE(store_, nullptr);
  for (const char* id : {"s1", "s2"}) {
    EXPECT_EQ(scan(id, 2), (Scan{.state = ScanState::kClean})) << id;
    EXPECT_EQ(scan(id, 3), (Scan{.state = ScanState::kFound, .name = "Eicar"})) << id;
    EXPECT_EQ(scan(id, 4), Scan()) << id;
  }
  EXPECT_EQ(scan("s3", 1), (Scan{.state = ScanState::kClean}));
  EXPECT_EQ(scans("s1").size(), 3u)
      << "its case.json is no file, whoever filed the same bytes as one";
  EXPECT_EQ(scans("s2").size(), 5u);
  const ScanCounts counts = store_->count_scans().value();
  EXPECT_EQ(counts.found, 2u);
  EXPECT_EQ(counts.pending, 3u) << "with the file that nobody had asked about";
  const DueScan next = due(3999);
  EXPECT_EQ(next.sha256, digest_of(5));
  EXPECT_EQ(next.attempts, 0u);
  ASSERT_TRUE(store_->scanned(next, {.state = ScanState::kClean, .at_ms = 3999}));
  EXPECT_EQ(due(4000).attempts, 3u);
}

}  // namespace
}  // namespace heyan::store
