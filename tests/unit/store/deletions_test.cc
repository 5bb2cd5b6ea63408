// Deletions: two persons of the court, a time of waiting, holds; and what stays afterwards.
#include "tests/unit/store/deletions_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST_F(DeletionsTest, TakesTwoPersonsAndATime) {
  report("s1", "HY-1");
  EXPECT_FALSE(found().deletion.has_value());
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(found().deletion->state, DeletionState::kAsked);
  EXPECT_EQ(found().deletion->reason, "court-order");
  EXPECT_EQ(found().deletion->asked_by, "clerk");
  EXPECT_THAT(due(99'000), IsEmpty());
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value()) << "nobody confirmed it";
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_EQ(found().deletion->state, DeletionState::kConfirmed);
  EXPECT_EQ(found().deletion->confirmed_by, "judge");
  EXPECT_THAT(due(19'999), IsEmpty());
  EXPECT_FALSE(store_->begin_deletion("s1", 19'999).value());
  EXPECT_THAT(due(20'000), ElementsAre("s1"));
  EXPECT_FALSE(find("s1").deleted);
  EXPECT_TRUE(store_->begin_deletion("s1", 20'000).value());
  EXPECT_TRUE(find("s1").deleted);
  reopen();  // a crash: it is found again
  EXPECT_THAT(due(0), ElementsAre("s1"));
  EXPECT_TRUE(store_->begin_deletion("s1", 0).value());
  finish();
  EXPECT_EQ(found().deletion->state, DeletionState::kDeleted);
  EXPECT_EQ(found().deletion->deletion_index, 4u);
  EXPECT_THAT(due(99'000), IsEmpty());
}

TEST_F(DeletionsTest, NobodyConfirmsHisOwnOrWhatHeDidNotSee) {
  report("s1", "HY-1");
  EXPECT_EQ(confirm(), Obstacle::kNotAsked);
  EXPECT_EQ(ask("clerk"), Obstacle::kNone);
  EXPECT_EQ(confirm("clerk"), Obstacle::kOwnRequest);
  EXPECT_EQ(confirm("judge", "q0"), Obstacle::kOtherRequest);
  EXPECT_EQ(found().deletion->state, DeletionState::kAsked);
  // Past the store, too.
  EXPECT_FALSE(
      place_->execute("UPDATE deletions SET state = 'CONFIRMED', confirmed_by = asked_by,"
                      " confirmed_at_ms = 1, due_at_ms = 1"));
  EXPECT_EQ(confirm("judge"), Obstacle::kNone);
  EXPECT_EQ(confirm("judge"), Obstacle::kNone) << "again";
  EXPECT_EQ(confirm("judge-2"), Obstacle::kConfirmed);
  EXPECT_EQ(found().deletion->confirmed_by, "judge");
}

TEST_F(DeletionsTest, TheSameRequestAgainChangesNothing) {
  report("s1", "HY-1");
  EXPECT_EQ(ask("clerk", "q1"), Obstacle::kNone);
  EXPECT_EQ(ask("clerk", "q2"), Obstacle::kNone);
  EXPECT_EQ(found().deletion->id, "q1");
  EXPECT_EQ(ask("clerk-2", "q3"), Obstacle::kAsked);
  EXPECT_EQ(store_->ask_deletion(by("clerk"), "q4", "retention-over").value(), Obstacle::kAsked);
  EXPECT_EQ(found().deletion->id, "q1");
}

TEST_F(DeletionsTest, NothingOfAnotherCourtIsTouchedOrSeen) {
  report("s1", "HY-1");
  const DeletionStep other = by("clerk-b", 10'000, "0192");
  EXPECT_EQ(store_->ask_deletion(other, "q1", "court-order").value(), Obstacle::kAbsent);
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(store_->confirm_deletion(other, "q1", 20'000).value(), Obstacle::kAbsent);
  EXPECT_EQ(store_->cancel_deletion(other).value(), Obstacle::kAbsent);
  EXPECT_EQ(store_->hold(other, "h1", "appeal").value(), Obstacle::kAbsent);
  EXPECT_EQ(store_->release(other, "h1", 30'000).value(), Obstacle::kAbsent);
  EXPECT_FALSE(found(Scope::of_court("0192")).deletion.has_value());
  EXPECT_TRUE(found().deletion.has_value());
}

TEST_F(DeletionsTest, WhoFiledItIsToldHowItStandsAndNotByWhom) {
  report("s1", "HY-1");
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_EQ(hold("judge", "h1"), Obstacle::kNone);
  const DeletionOf told = found(Scope::of_person("u-1"));
  ASSERT_TRUE(told.deletion.has_value());
  EXPECT_EQ(told.deletion->state, DeletionState::kConfirmed);
  EXPECT_EQ(told.deletion->reason, "court-order");
  EXPECT_EQ(told.deletion->due_at_ms, 20'000);
  EXPECT_EQ(told.deletion->asked_by + told.deletion->confirmed_by, "");
  ASSERT_EQ(told.holds.size(), 1u);
  EXPECT_EQ(told.holds[0].reason, "appeal");
  EXPECT_EQ(told.holds[0].account, "");
  EXPECT_EQ(found().holds.at(0).account, "judge");
  EXPECT_FALSE(found(Scope::of_person("u-2")).deletion.has_value());
}

TEST_F(DeletionsTest, AHoldStopsItAndTheWaitingBeginsAnew) {
  report("s1", "HY-1");
  EXPECT_EQ(hold("judge", "h1"), Obstacle::kNone);
  EXPECT_EQ(ask(), Obstacle::kHeld);
  EXPECT_EQ(found().holds.at(0).reason, "appeal");
  EXPECT_EQ(release("h1"), Obstacle::kNone);
  EXPECT_EQ(release("h1"), Obstacle::kNotHeld);
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(hold("clerk", "h2"), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kHeld);
  EXPECT_EQ(release("h2"), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_EQ(hold("judge", "h3", "retrial"), Obstacle::kNone);
  EXPECT_THAT(due(99'000), IsEmpty());
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value());
  EXPECT_EQ(release("h3", 50'000), Obstacle::kNone);
  EXPECT_THAT(due(49'999), IsEmpty());
  EXPECT_THAT(due(50'000), ElementsAre("s1"));
  // A release never brings it forward.
  EXPECT_EQ(hold("judge", "h4", "retrial"), Obstacle::kNone);
  EXPECT_EQ(release("h4", 1), Obstacle::kNone);
  EXPECT_THAT(due(49'999), IsEmpty());
}

TEST_F(DeletionsTest, NobodysHoldTakesThePlaceOfAnothers) {
  report("s1", "HY-1");
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_EQ(hold("judge", "h1"), Obstacle::kNone);
  EXPECT_EQ(hold("clerk", "h2", "court-order", 10'001), Obstacle::kNone);
  EXPECT_EQ(hold("judge", "h3", "retrial", 10'002), Obstacle::kNone) << "for another proceeding";
  EXPECT_THAT(holds(), ElementsAre("h1 judge appeal 10000", "h2 clerk court-order 10001",
                                   "h3 judge retrial 10002"));
  EXPECT_EQ(hold("judge", "h4", "appeal", 10'003), Obstacle::kNone) << "again";
  EXPECT_EQ(holds().size(), 3u);
  EXPECT_EQ(holds().at(0), "h1 judge appeal 10000");
  // Each frees one.
  EXPECT_EQ(release("h4"), Obstacle::kNotHeld);
  EXPECT_EQ(release(""), Obstacle::kNotHeld);
  EXPECT_EQ(release("h1"), Obstacle::kNone);
  EXPECT_EQ(release("h3"), Obstacle::kNone);
  EXPECT_THAT(holds(), ElementsAre("h2 clerk court-order 10001"));
  EXPECT_THAT(due(99'000), IsEmpty()) << "one is left";
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value());
  EXPECT_EQ(release("h2", 30'000), Obstacle::kNone);
  EXPECT_THAT(due(29'999), IsEmpty());
  EXPECT_TRUE(store_->begin_deletion("s1", 30'000).value());
}

TEST_F(DeletionsTest, AHoldOfAnotherCaseIsNotReleasedByItsName) {
  report("s1", "HY-1");
  report("s2", "HY-2");
  EXPECT_EQ(hold("judge", "h1"), Obstacle::kNone);
  DeletionStep other = by("judge");
  other.submission = "s2";
  EXPECT_EQ(store_->hold(other, "h2", "appeal").value(), Obstacle::kNone);
  EXPECT_EQ(store_->release(other, "h1", 0).value(), Obstacle::kNotHeld);
  EXPECT_THAT(holds(), ElementsAre("h1 judge appeal 10000"));
}

TEST_F(DeletionsTest, IsCancelledUntilItIsUnderWay) {
  report("s1", "HY-1");
  EXPECT_EQ(store_->cancel_deletion(by("judge")).value(), Obstacle::kNotAsked);
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_EQ(store_->cancel_deletion(by("judge")).value(), Obstacle::kNone);
  EXPECT_THAT(due(99'000), IsEmpty());
  EXPECT_EQ(ask("clerk", "q2"), Obstacle::kNone);
  EXPECT_EQ(confirm("judge", "q1"), Obstacle::kOtherRequest) << "what was confirmed before";
  EXPECT_EQ(confirm("judge", "q2"), Obstacle::kNone);
  ASSERT_TRUE(store_->begin_deletion("s1", 20'000).value());
  EXPECT_EQ(store_->cancel_deletion(by("judge")).value(), Obstacle::kUnderWay);
  EXPECT_EQ(store_->hold(by("judge"), "h", "appeal").value(), Obstacle::kUnderWay);
  EXPECT_EQ(ask("clerk", "q3"), Obstacle::kUnderWay);
  EXPECT_EQ(confirm("judge", "q2"), Obstacle::kUnderWay);
}

TEST_F(DeletionsTest, NothingIsAddedToWhatIsGone) {
  report("s1", "HY-1");
  carry_out();
  EXPECT_EQ(store_->reverify("s1", 30'000).error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(nothing_to_claim(99'000));
  EXPECT_EQ(store_->add_supplement({.id = "p", .submission = "s1", .account = "c"}).error().code,
            ErrorCode::kUnsupported);
  EXPECT_EQ(store_->annotate("judge", "s1", {.item = "", .text = "t"}).error().code,
            ErrorCode::kUnsupported);
}

TEST_F(DeletionsTest, LeavesReceiptAndReportsAndNothingThatTheFilingSaid) {
  Filing filing;
  filing.case_number = "(2026) 1";
  filing.parties = {{"PLAINTIFF", "Wang"}};
  filing.items = {{.id = "E1", .name = "n", .path = "files/文.html"}};
  filing.tags = {digest_of(40)};
  const IdempotencyKey key{"k", core::to_bytes("f")};
  ASSERT_TRUE(store_->begin_receiving({.id = "s1",
                                       .court = "0491",
                                       .account = "u-1",
                                       .session = core::to_bytes("s"),
                                       .key = key,
                                       .files = submission("s1").files,
                                       .filing = filing}));
  report("s1", "HY-1");
  ASSERT_TRUE(store_->add_supplement({.id = "p", .submission = "s1", .account = "c"}));
  ASSERT_TRUE(store_->annotate("judge", "s1", {.item = "", .text = "t"}));
  EXPECT_EQ(store_->find_line("s1", kCourt).value()->filing.case_number, "(2026) 1");
  const auto sought = [&](const char* part) {
    const ListFilter filter{.sought = Sought{.part = part, .id = "", .number = "", .tags = {}}};
    return store_->list(kCourt, filter, std::nullopt, 9).value().size();
  };
  EXPECT_EQ(sought("wang") + sought("(2026) 1"), 2u);
  carry_out();
  EXPECT_EQ(sought("wang") + sought("(2026) 1"), 0u) << "nobody finds it by what it said";
  EXPECT_EQ(find("s1").receipt, core::to_bytes("signed receipt"));
  EXPECT_EQ(find("s1").session, core::to_bytes("left"));
  EXPECT_EQ(StoreTest::report("HY-1").envelope, core::to_bytes("envelope of HY-1"));
  EXPECT_THAT(store_->reports_of("s1", kCourt).value(), ElementsAre("HY-1"));
  EXPECT_THAT(store_->files("s1", kCourt).value(), IsEmpty());
  EXPECT_THAT(store_->items_of("s1", kCourt).value(), IsEmpty());
  EXPECT_THAT(store_->supplements_of("s1", kCourt).value(), IsEmpty());
  EXPECT_THAT(store_->annotations_of("judge", "s1", kCourt).value(), IsEmpty());
  const auto line = store_->find_line("s1", kCourt).value();
  ASSERT_TRUE(line.has_value()) << "it is listed, without what it said of itself";
  EXPECT_EQ(line->filing, Filing());
  EXPECT_THAT(store_->kept_after("0491", {}, 9).value().files, IsEmpty());
  accept(submission("s2"));
  const auto kept = store_->kept_after("0491", {}, 1).value().files;
  ASSERT_EQ(kept.size(), 2u) << "one that is gone is no end of the list";
  EXPECT_EQ(kept[0].submission, "s2");
}

TEST_F(DeletionsTest, FilesOfOthersStay) {
  report("s1", "HY-1", 9);
  report("s2", "HY-2", 8);
  accept(submission("s3", "0192"));
  EXPECT_EQ(ask(), Obstacle::kNone);
  const FilesToDelete shared = store_->files_to_delete(*found().deletion).value();
  EXPECT_THAT(shared.all, UnorderedElementsAre(digest_of(1), digest_of(2), digest_of(9)));
  EXPECT_THAT(shared.alone, ElementsAre(digest_of(9))) << "but for its record";
  for (const char* id : {"s1", "s2"}) {
    ASSERT_TRUE(store_->scanned({.submission = id, .sha256 = digest_of(2)},
                                {.state = ScanState::kFound, .name = id, .at_ms = 9}));
  }
  EXPECT_EQ(store_->cancel_deletion(by("clerk")).value(), Obstacle::kNone);
  carry_out();
  EXPECT_EQ(store_->find_scan("s1", digest_of(2), kCourt).value(), Scan());
  EXPECT_EQ(store_->find_scan("s2", digest_of(2), kCourt).value().name, "s2");
  EXPECT_EQ(store_->count_scans().value().found, 1u) << "its own went, the other's stays";
  EXPECT_EQ(store_->files("s2", kCourt).value().size(), 2u);

  Deletion last = *found().deletion;
  last.submission = "s2";
  const FilesToDelete alone = store_->files_to_delete(last).value();
  EXPECT_THAT(alone.alone, UnorderedElementsAre(digest_of(1), digest_of(2), digest_of(8)))
      << "whose other owner is gone; another court's is another file";
}

TEST_F(DeletionsTest, ListsAreOfWhatIsToGoOrMayNotOrIsProposed) {
  report("s1", "HY-1", 9);  // of the time 2000
  report("s2", "HY-2", 8);
  accept(submission("s3"));
  const auto ids = [&](const ListFilter& filter) {
    std::vector<std::string> found;
    const auto lines = store_->list(kCourt, filter, std::nullopt, 10).value();
    for (const auto& line : lines) {
      found.push_back(line.id);
    }
    return found;
  };
  const ListFilter proposed{.ended_before_ms = 2001};
  EXPECT_THAT(ids({.ended_before_ms = 2000}), IsEmpty());
  EXPECT_THAT(ids(proposed), UnorderedElementsAre("s1", "s2"));
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_THAT(ids(proposed), ElementsAre("s2"));
  EXPECT_THAT(ids({.deletion = "ASKED"}), ElementsAre("s1"));
  EXPECT_THAT(ids({.deletion = "HELD"}), IsEmpty());
  DeletionStep other = by("judge");
  other.submission = "s2";
  EXPECT_EQ(store_->hold(other, "h", "appeal").value(), Obstacle::kNone);
  EXPECT_THAT(ids(proposed), IsEmpty());
  EXPECT_THAT(ids({.deletion = "HELD"}), ElementsAre("s2"));
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_THAT(ids({.deletion = "ASKED"}), IsEmpty());
  EXPECT_THAT(ids({.deletion = "CONFIRMED"}), ElementsAre("s1"));
}

TEST_F(DeletionsTest, OnlyWhatIsUnderWayIsFinished) {
  report("s1", "HY-1");
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(store_->finish_deletion(*found().deletion, {}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->files("s1", kCourt).value().size(), 2u);
  carry_out();
  EXPECT_EQ(store_->finish_deletion(*found().deletion, {}).error().code, ErrorCode::kNotFound);
}

TEST_F(DeletionsTest, AreCountedByWhatStopsThem) {
  const auto counted = [&](std::int64_t now_ms) { return store_->count_deletions(now_ms).value(); };
  const auto step_for = [](std::string id, std::string account) {
    return DeletionStep{
        .submission = std::move(id), .court = "0491", .account = std::move(account), .now_ms = 10};
  };
  EXPECT_EQ(counted(99'000).asked + counted(99'000).holds, 0u);
  for (int i = 1; i <= 6; ++i) {
    const std::string id = "s" + std::to_string(i);
    report(id, "HY-" + std::to_string(i));
    EXPECT_EQ(store_->ask_deletion(step_for(id, "clerk"), "q", "court-order"), Obstacle::kNone);
    if (i > 1) {
      EXPECT_EQ(store_->confirm_deletion(step_for(id, "judge"), "q", 20'000 + i), Obstacle::kNone);
    }
  }
  EXPECT_EQ(store_->hold(step_for("s2", "judge"), "h1", "appeal"), Obstacle::kNone);
  EXPECT_EQ(store_->hold(step_for("s2", "clerk"), "h2", "appeal"), Obstacle::kNone);
  EXPECT_TRUE(store_->begin_deletion("s3", 30'000).value());
  report("s7", "HY-7");
  EXPECT_EQ(store_->hold(step_for("s7", "judge"), "h", "appeal"), Obstacle::kNone);
  const DeletionCounts counts = counted(20'000);
  EXPECT_EQ(counts.asked, 1u);
  EXPECT_EQ(counts.held, 1u);
  EXPECT_EQ(counts.under_way, 1u);
  EXPECT_EQ(counts.waiting, 3u);
  EXPECT_EQ(counts.holds, 2u) << "submissions, also where nobody asked for a deletion";
  EXPECT_EQ(counts.oldest_due_ms, 20'003) << "it is under way";
  Deletion third = *store_->find_deletion("s3", kCourt).value().deletion;
  third.deleted_at_ms = 30'001;
  ASSERT_TRUE(store_->finish_deletion(third, core::to_bytes("left")).has_value());
  EXPECT_EQ(counted(20'003).under_way, 0u) << "what is done is not counted";
  EXPECT_EQ(counted(20'003).oldest_due_ms, 0)
      << "the held one waits for a person, the others for their time";
  EXPECT_EQ(counted(20'005).oldest_due_ms, 20'004);
}

}  // namespace
}  // namespace heyan::store
