// The table that lists are read from: what it says is what the others say, however it came to be.
#include <map>

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ListedTest : public StoreTest {
 protected:
  std::int64_t at_ms_ = 1000;

  void file(const std::string& id, const std::string& case_number,
            std::vector<FiledParty> parties = {}) {
    ++at_ms_;
    ASSERT_TRUE(store_
                    ->begin_receiving({.id = id,
                                       .court = "0491",
                                       .account = "u-1",
                                       .session = core::to_bytes("session"),
                                       .key = {id, core::to_bytes("fingerprint")},
                                       .created_at_ms = at_ms_,
                                       .expires_at_ms = at_ms_,
                                       .files = {{"case.json", 10, digest_of(1)}},
                                       .filing = {.case_number = case_number,
                                                  .submitter = "张三",
                                                  .parties = std::move(parties),
                                                  .items = {{"E1", "网页", "files/a.html", 3}},
                                                  .tags = {}}})
                    .has_value());
    NewSubmission wanted = submission(id);
    wanted.received_at_ms = at_ms_;
    accept(wanted);
  }
  void report(const std::string& number, const std::string& verdict,
              std::vector<VerdictCount> counts) {
    FinishedJob done = finished(claim(), number);
    done.verdict = verdict;
    done.counts = std::move(counts);
    ASSERT_TRUE(store_->finish_job(done).value());
  }
  // One of each kind, in the order of time.
  void file_all() {
    file("good", "(2026)浙0192民初1号", {{"PLAINTIFF", "Zhang San"}, {"DEFENDANT", "李四"}});
    report("HY-1", "ALL_CONSISTENT", {{"CONSISTENT", 2}});
    file("bad", "(2026)浙0192民初2号");
    report("HY-2", "ATTENTION_REQUIRED", {{"CONSISTENT", 1}, {"NOT_FOUND", 1}});
    file("better", "(2026)浙0192民初3号");
    report("HY-3", "ATTENTION_REQUIRED", {{"NOT_FOUND", 1}});
    ASSERT_TRUE(store_->reverify("better", 3000).has_value());
    report("HY-4", "ALL_CONSISTENT", {{"CONSISTENT", 1}});
    file("refused", "ABC");
    ASSERT_TRUE(store_->reject_job(claim(), "too-large").has_value());
    file("once refused", "");
    ASSERT_TRUE(store_->reject_job(claim(), "too-large").has_value());
    ASSERT_TRUE(store_->reverify("once refused", 3000).has_value());
    ASSERT_TRUE(store_->claim_job(5000).has_value());
    NewSubmission old = submission("old");  // from before there were filings
    old.received_at_ms = ++at_ms_;
    accept(old);
    file("again", "(2026)浙0192民初4号");
    report_of_again();
  }
  // The last report is bad, and another is to come.
  void report_of_again() {
    const Job old = claim();
    ASSERT_EQ(old.submission, "old");
    report("HY-5", "ATTENTION_REQUIRED", {{"TIME_NOT_PROVED", 1}});
    ASSERT_TRUE(store_->reverify("again", 3000).has_value());
  }

  std::vector<std::string> ids(const ListFilter& filter) {
    std::vector<std::string> found;
    const auto lines = store_->list(Scope::of_court("0491"), filter, std::nullopt, 100).value();
    for (const SubmissionLine& line : lines) found.push_back(line.id);
    return found;
  }
  std::vector<std::string> search(const std::string& part) {
    return ids({.sought = Sought{.part = part, .id = part, .number = part}});
  }
  std::map<std::string, std::vector<std::string>> all_lists() {
    std::map<std::string, std::vector<std::string>> lists;
    lists["all"] = ids({});
    lists["attention first"] = ids({.attention_first = true});
    for (const bool attention : {false, true}) {
      lists[attention ? "attention" : "none"] = ids({.attention = attention});
    }
    for (const State state : {State::kQueued, State::kVerifying, State::kDone, State::kRejected}) {
      lists["state " + std::string(name(state))] = ids({.state = state});
    }
    for (const char* verdict : {"ALL_CONSISTENT", "ATTENTION_REQUIRED", "CONSISTENT", "NOT_FOUND",
                                "TIME_NOT_PROVED", "NOT", "_"}) {
      lists["verdict " + std::string(verdict)] = ids({.verdict = verdict});
    }
    for (const char* part : {"zhang", "SAN", "李四", "民初", "4号", "abc", "old", "HY-3", "\n"}) {
      lists["part " + std::string(part)] = search(part);
    }
    return lists;
  }
};

TEST_F(ListedTest, SaysWhatTheOthersSay) {
  file_all();
  auto lists = all_lists();
  EXPECT_THAT(lists["all"],
              ElementsAre("again", "old", "once refused", "refused", "better", "bad", "good"));
  EXPECT_THAT(lists["attention first"],
              ElementsAre("again", "refused", "bad", "old", "once refused", "better", "good"));
  EXPECT_THAT(lists["attention"], ElementsAre("again", "refused", "bad"));
  EXPECT_THAT(lists["none"], ElementsAre("old", "once refused", "better", "good"));
  EXPECT_THAT(lists["state QUEUED"], ElementsAre("again"));
  EXPECT_THAT(lists["state VERIFYING"], ElementsAre("old", "once refused"));
  EXPECT_THAT(lists["state DONE"], ElementsAre("better", "bad", "good"));
  EXPECT_THAT(lists["state REJECTED"], ElementsAre("refused"));
  EXPECT_THAT(lists["verdict ALL_CONSISTENT"], ElementsAre("better", "good"));
  EXPECT_THAT(lists["verdict ATTENTION_REQUIRED"], ElementsAre("again", "bad"));
  EXPECT_THAT(lists["verdict CONSISTENT"], ElementsAre("better", "bad", "good"));
  EXPECT_THAT(lists["verdict NOT_FOUND"], ElementsAre("bad"));
  EXPECT_THAT(lists["verdict TIME_NOT_PROVED"], ElementsAre("again"));
  EXPECT_THAT(lists["verdict NOT"], IsEmpty()) << "a part of a verdict's name is none";
  EXPECT_THAT(lists["verdict _"], IsEmpty());
  EXPECT_THAT(lists["part zhang"], ElementsAre("good"));
  EXPECT_THAT(lists["part SAN"], ElementsAre("good"));
  EXPECT_THAT(lists["part 李四"], ElementsAre("good"));
  EXPECT_THAT(lists["part 民初"], ElementsAre("again", "better", "bad", "good"));
  EXPECT_THAT(lists["part 4号"], ElementsAre("again"));
  EXPECT_THAT(lists["part abc"], ElementsAre("refused"));
  EXPECT_THAT(lists["part old"], ElementsAre("old"));
  EXPECT_THAT(lists["part HY-3"], ElementsAre("better")) << "an old report's number leads there";
}

TEST_F(ListedTest, WhatAnEarlierProgramAcceptedIsListedWhenItsReportIsThere) {
  file("s1", "(2026)浙0192民初1号");
  ASSERT_TRUE(place_->execute("DELETE FROM listed").has_value());
  EXPECT_THAT(ids({}), IsEmpty());
  report("HY-1", "ATTENTION_REQUIRED", {{"NOT_FOUND", 1}});
  EXPECT_THAT(ids({.verdict = "NOT_FOUND", .attention = true}), ElementsAre("s1"));
  EXPECT_THAT(search("民初1号"), ElementsAre("s1"));
}

TEST_F(ListedTest, IsMadeOfWhatWasThereBeforeIt) {
  file_all();
  reopen();  // what was verified waits again
  const auto before = all_lists();
  store_.reset();
  const auto made = place_->make_lists_anew();
  ASSERT_TRUE(made.has_value()) << made.error().text;
  store_ = open();
  EXPECT_EQ(all_lists(), before);
}

}  // namespace
}  // namespace heyan::store
