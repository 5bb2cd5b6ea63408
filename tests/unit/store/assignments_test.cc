// What a judge reads who is held to assignments: what is assigned, what was opened and for how
// long, and nothing else, by whatever is asked.
#include "gateway/store/assignments.h"

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kNow = 10'000;
constexpr std::int64_t kUntil = 20'000;

Scope judge(const std::string& account = "j-1", std::int64_t at_ms = kNow,
            const std::string& court = "0491") {
  return Scope::of_judge(court, account, at_ms);
}

class AssignmentsTest : public StoreTest {
 protected:
  void SetUp() override {
    for (const char* id : {"s1", "s2", "s3"}) accept(submission(id));
    accept(submission("else", "0192"));
  }
  bool assign(const std::string& id, const std::string& account) {
    const auto assigned =
        store_->assign({.submission = id, .judge = account, .by = "c-1", .at_ms = kNow});
    EXPECT_TRUE(assigned.has_value()) << (assigned ? "" : assigned.error().text);
    return assigned.value_or(false);
  }
  static Access access(const std::string& id, const std::string& account = "j-1") {
    return {.id = "a-" + id + "-" + account,
            .submission = id,
            .court = "0491",
            .judge = account,
            .reason = "代理合议庭成员开庭",
            .since_ms = kNow,
            .until_ms = kUntil};
  }
  void open_glass(const Access& wanted) {
    const auto given = store_->give_access(wanted);
    ASSERT_TRUE(given.has_value()) << given.error().text;
  }
  std::vector<std::string> ids(const Scope& scope, const ListFilter& filter = {}) {
    std::vector<std::string> found;
    const auto lines = store_->list(scope, filter, std::nullopt, 100).value();
    for (const SubmissionLine& line : lines) found.push_back(line.id);
    return found;
  }
  bool is_open(const std::string& id, const Scope& scope) {
    return store_->find_submission(id, scope).value().has_value();
  }
  void report_on(const std::string& id, const std::string& number) {
    const Job job = claim();
    ASSERT_EQ(job.submission, id);
    ASSERT_TRUE(store_->finish_job(finished(job, number)).value());
  }
};

TEST_F(AssignmentsTest, NothingIsOpenToWhomNothingIsAssigned) {
  report_on("s1", "HY-1");
  const std::string id = "s1";
  EXPECT_FALSE(is_open(id, judge()));
  EXPECT_THAT(ids(judge()), IsEmpty());
  EXPECT_FALSE(store_->find_line(id, judge()).value().has_value());
  EXPECT_THAT(store_->files(id, judge()).value(), IsEmpty());
  EXPECT_FALSE(store_->find_report("HY-1", judge()).value().has_value());
  EXPECT_THAT(store_->reports_of(id, judge()).value(), IsEmpty());
  EXPECT_THAT(store_->items_of(id, judge()).value(), IsEmpty());
  EXPECT_THAT(store_->supplements_of(id, judge()).value(), IsEmpty());
  EXPECT_FALSE(store_->scans_of(id, judge()).value().has_value());
  EXPECT_THAT(store_->assigned_to(id, judge()).value(), IsEmpty());
  EXPECT_THAT(store_->accesses_of(id, judge()).value(), IsEmpty());
  ASSERT_TRUE(store_->annotate("j-1", id, {.text = "mine", .written_at_ms = 1}).has_value());
  EXPECT_THAT(store_->annotations_of("j-1", id, judge()).value(), IsEmpty());
}

TEST_F(AssignmentsTest, WhatIsAssignedIsOpenAndNothingElse) {
  report_on("s1", "HY-1");
  EXPECT_TRUE(assign("s1", "j-1"));
  EXPECT_TRUE(is_open("s1", judge()));
  EXPECT_TRUE(store_->find_line("s1", judge()).value().has_value());
  EXPECT_TRUE(store_->find_report("HY-1", judge()).value().has_value());
  EXPECT_THAT(store_->reports_of("s1", judge()).value(), ElementsAre("HY-1"));
  EXPECT_EQ(store_->files("s1", judge()).value().size(), 2);
  EXPECT_THAT(ids(judge()), ElementsAre("s1"));
  EXPECT_FALSE(is_open("s2", judge()));
  EXPECT_FALSE(is_open("s1", judge("j-2")));
  EXPECT_THAT(ids(judge("j-2")), IsEmpty());
}

TEST_F(AssignmentsTest, AnotherCourtsIsNotOpenWhoeverHasIt) {
  assign("else", "j-1");
  EXPECT_FALSE(is_open("else", judge()));
  EXPECT_THAT(ids(judge()), IsEmpty());
  EXPECT_TRUE(is_open("else", judge("j-1", kNow, "0192")));
}

TEST_F(AssignmentsTest, EndWhenTheyAreTakenBack) {
  assign("s1", "j-1");
  assign("s1", "j-2");
  EXPECT_TRUE(store_->unassign("s1", "j-1").value());
  EXPECT_FALSE(is_open("s1", judge()));
  EXPECT_TRUE(is_open("s1", judge("j-2")));
  EXPECT_FALSE(store_->unassign("s1", "j-1").value());
  EXPECT_FALSE(store_->unassign("s2", "j-2").value());
}

TEST_F(AssignmentsTest, AreMadeOnceAndNotByThousands) {
  EXPECT_TRUE(assign("s1", "j-0"));
  EXPECT_FALSE(assign("s1", "j-0"));
  for (std::uint64_t i = 1; i < kMostAssigned; ++i) assign("s1", "j-" + std::to_string(i));
  const auto beyond = store_->assign({.submission = "s1", .judge = "j-x", .by = "c-1", .at_ms = 1});
  ASSERT_FALSE(beyond.has_value());
  EXPECT_EQ(beyond.error().code, ErrorCode::kLimit);
  EXPECT_FALSE(assign("s1", "j-0"));
  EXPECT_EQ(store_->assigned_to("s1", Scope::of_court("0491")).value().size(), kMostAssigned);
  EXPECT_FALSE(store_->assign({.submission = "absent", .judge = "j-1", .by = "c-1", .at_ms = 1})
                   .has_value());
}

TEST_F(AssignmentsTest, SayWhoMadeThemToTheCourtAlone) {
  assign("s1", "j-1");
  const Assignment made{.submission = "s1", .judge = "j-1", .by = "c-1", .at_ms = kNow};
  EXPECT_THAT(store_->assigned_to("s1", Scope::of_court("0491")).value(), ElementsAre(made));
  EXPECT_THAT(store_->assigned_to("s1", Scope::of_court("0192")).value(), IsEmpty());
  EXPECT_THAT(store_->assigned_to("s1", Scope::nothing()).value(), IsEmpty());
}

TEST_F(AssignmentsTest, StandInTheListsOfTheCourtAndNotInAPersons) {
  assign("s2", "j-2");
  assign("s2", "j-1");
  EXPECT_THAT(store_->find_line("s2", Scope::of_court("0491")).value()->assigned,
              ElementsAre("j-1", "j-2"));
  EXPECT_THAT(store_->find_line("s2", judge()).value()->assigned, ElementsAre("j-1", "j-2"));
  EXPECT_THAT(store_->find_line("s2", Scope::of_person("u-1")).value()->assigned, IsEmpty());
  EXPECT_THAT(ids(Scope::of_court("0491"), {.unassigned = true}), ElementsAre("s3", "s1"));
  EXPECT_THAT(ids(Scope::of_court("0491")), ElementsAre("s3", "s2", "s1"));
  EXPECT_THAT(ids(judge(), {.unassigned = true}), IsEmpty());
}

TEST_F(AssignmentsTest, AreSearchedWithinThemAlone) {
  assign("s1", "j-1");
  const auto seek = [&](const std::string& id) {
    return ids(judge(), {.sought = Sought{.part = id, .id = id, .number = id}});
  };
  EXPECT_THAT(seek("s1"), ElementsAre("s1"));
  EXPECT_THAT(seek("s2"), IsEmpty());
  EXPECT_THAT(seek("else"), IsEmpty());
}

TEST_F(AssignmentsTest, ArePagedInTheOrderOfTime) {
  for (const char* id : {"s1", "s2", "s3"}) assign(id, "j-1");
  const auto first = store_->list(judge(), {}, std::nullopt, 2).value();
  ASSERT_EQ(first.size(), 2);
  EXPECT_EQ(first[0].id, "s3");
  const Cursor after{.received_at_ms = first[1].received_at_ms, .id = first[1].id};
  const auto rest = store_->list(judge(), {}, after, 2).value();
  ASSERT_EQ(rest.size(), 1);
  EXPECT_EQ(rest[0].id, "s1");
}

TEST_F(AssignmentsTest, WhatIsBeingReceivedIsOpenToNoSuchJudge) {
  ASSERT_TRUE(store_
                  ->begin_receiving({.id = "coming",
                                     .court = "0491",
                                     .account = "u-1",
                                     .session = core::to_bytes("session"),
                                     .key = {"coming", core::to_bytes("fingerprint")},
                                     .created_at_ms = 1,
                                     .expires_at_ms = 2,
                                     .files = {{"case.json", 10, digest_of(1)}}})
                  .has_value());
  EXPECT_FALSE(store_->find_receiving("coming", judge()).value().has_value());
  EXPECT_THAT(store_->list_receiving(judge(), std::nullopt, 9).value(), IsEmpty());
  EXPECT_EQ(store_->list_receiving(Scope::of_court("0491"), std::nullopt, 9).value().size(), 1);
}

TEST_F(AssignmentsTest, ABrokenGlassOpensOneForOneAndEndsByItself) {
  open_glass(access("s1"));
  EXPECT_TRUE(is_open("s1", judge("j-1", kNow)));
  EXPECT_TRUE(is_open("s1", judge("j-1", kUntil - 1)));
  EXPECT_THAT(ids(judge("j-1", kUntil - 1)), ElementsAre("s1"));
  EXPECT_FALSE(is_open("s1", judge("j-1", kUntil)));
  EXPECT_THAT(ids(judge("j-1", kUntil)), IsEmpty());
  EXPECT_FALSE(is_open("s2", judge()));
  EXPECT_FALSE(is_open("s1", judge("j-2")));
}

TEST_F(AssignmentsTest, TheGlassIsNotBrokenWhereItIsOpen) {
  open_glass(access("s1"));
  Access again = access("s1");
  again.id = "again";
  again.since_ms = kUntil - 1;
  again.until_ms = kUntil + 1;
  auto refused = store_->give_access(again);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kDuplicate);
  EXPECT_FALSE(is_open("s1", judge("j-1", kUntil)));
  assign("s2", "j-1");
  refused = store_->give_access(access("s2"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kDuplicate);
  again.since_ms = kUntil;
  open_glass(again);
  EXPECT_TRUE(is_open("s1", judge("j-1", kUntil)));
}

TEST_F(AssignmentsTest, AGlassThatNeverOpensIsRefused) {
  Access backwards = access("s1");
  backwards.until_ms = backwards.since_ms;
  EXPECT_FALSE(store_->give_access(backwards).has_value());
  EXPECT_FALSE(store_->give_access(access("absent")).has_value());
}

TEST_F(AssignmentsTest, WhoBrokeItIsNotForgottenWhenItEnds) {
  open_glass(access("s1"));
  open_glass(access("s2", "j-2"));
  const Scope court = Scope::of_court("0491");
  EXPECT_THAT(store_->accesses_of("s1", court).value(), ElementsAre(access("s1")));
  Access told = access("s1");  // and neither who nor why
  told.court = told.judge = told.reason = "";
  EXPECT_THAT(store_->accesses_of("s1", Scope::of_person("u-1")).value(), ElementsAre(told));
  EXPECT_THAT(store_->accesses_of("s1", Scope::of_person("u-2")).value(), IsEmpty());
  EXPECT_THAT(store_->accesses_of("s1", Scope::of_court("0192")).value(), IsEmpty());
  EXPECT_THAT(store_->accesses(court, std::nullopt, 1).value(), ElementsAre(access("s2", "j-2")));
  const Cursor after{.received_at_ms = kNow, .id = access("s2", "j-2").id};
  EXPECT_THAT(store_->accesses(court, after, 9).value(), ElementsAre(access("s1")));
  EXPECT_THAT(store_->accesses(Scope::of_court("0192"), std::nullopt, 9).value(), IsEmpty());
  EXPECT_EQ(store_->accesses(Scope::whole_installation(), std::nullopt, 9).value().size(), 2);
  for (const Scope& other : {judge(), Scope::of_person("u-1"), Scope::nothing()}) {
    const auto refused = store_->accesses(other, std::nullopt, 9);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  }
}

TEST_F(AssignmentsTest, OutliveTheProgram) {
  assign("s1", "j-1");
  open_glass(access("s2"));
  reopen();
  EXPECT_THAT(ids(judge()), ElementsAre("s2", "s1"));
}

}  // namespace
}  // namespace heyan::store
