// Lists of submissions, filtered and searched: within the scope alone, by what filings say.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

core::Bytes tag_of(std::uint8_t first) {
  core::Bytes tag(32, 0x77);
  tag[0] = first;
  return tag;
}

class WorklistTest : public StoreTest {
 protected:
  std::int64_t at_ms_ = 1000;

  void begin(const std::string& id, const std::string& court, const std::string& account,
             Filing filing, std::vector<StoredFile> files = {{"case.json", 10, digest_of(1)}}) {
    const auto begun = store_->begin_receiving({.id = id,
                                                .court = court,
                                                .account = account,
                                                .session = core::to_bytes("session"),
                                                .key = {id, core::to_bytes("fingerprint")},
                                                .created_at_ms = ++at_ms_,
                                                .expires_at_ms = at_ms_,
                                                .files = std::move(files),
                                                .filing = std::move(filing)});
    ASSERT_TRUE(begun.has_value()) << begun.error().text;
    ASSERT_EQ(begun->outcome, Acceptance::Outcome::kAccepted);
  }
  void file(const std::string& id, Filing filing, const std::string& court = "0491",
            const std::string& account = "u-1") {
    begin(id, court, account, std::move(filing));
    NewSubmission wanted = submission(id, court, account);
    wanted.received_at_ms = at_ms_;
    accept(wanted);
  }
  static Filing filing(std::string case_number, std::vector<FiledParty> parties = {},
                       std::vector<core::Bytes> tags = {}) {
    return {.case_number = std::move(case_number),
            .submitter = "张三",
            .parties = std::move(parties),
            .items = {{"E1", "网页", "files/a.html", 3}, {"E2", "录像", "files/b.mp4"}},
            .tags = std::move(tags)};
  }
  std::vector<std::string> ids(const Scope& scope, const ListFilter& filter) {
    std::vector<std::string> found;
    const auto lines = store_->list(scope, filter, std::nullopt, 100).value();
    for (const SubmissionLine& line : lines) found.push_back(line.id);
    return found;
  }
  std::vector<std::string> search(const std::string& text, const core::Bytes& tags = {},
                                  const Scope& scope = Scope::of_court("0491")) {
    return ids(scope, {.sought = Sought{.part = text, .id = text, .number = text, .tags = tags}});
  }
  void report(const std::string& id, const std::string& number, const std::string& verdict,
              std::vector<VerdictCount> counts, std::vector<core::Bytes> tags = {}) {
    const Job job = claim();
    ASSERT_EQ(job.submission, id);
    FinishedJob done = finished(job, number);
    done.verdict = verdict;
    done.counts = std::move(counts);
    done.tags = std::move(tags);
    ASSERT_TRUE(store_->finish_job(done).value());
  }
};

TEST_F(WorklistTest, SaysWhatTheFilingSaid) {
  file("s1", filing("(2026)浙0192民初1号", {{"PLAINTIFF", "张三"}, {"DEFENDANT", "某公司"}}));
  report("s1", "HY-1", "ATTENTION_REQUIRED", {{"CONSISTENT", 1}, {"INCONSISTENT", 1}});
  const auto lines = store_->list(Scope::of_court("0491"), {}, std::nullopt, 9).value();
  ASSERT_EQ(lines.size(), 1);
  const SubmissionLine& line = lines[0];
  EXPECT_EQ(line.court, "0491");
  EXPECT_EQ(line.account, "u-1");
  EXPECT_EQ(line.state, State::kDone);
  EXPECT_EQ(line.report, "HY-1");
  EXPECT_EQ(line.verdict, "ATTENTION_REQUIRED");
  EXPECT_EQ(line.filing.case_number, "(2026)浙0192民初1号");
  EXPECT_EQ(line.filing.submitter, "张三");
  EXPECT_THAT(line.filing.parties,
              ElementsAre(FiledParty{"PLAINTIFF", "张三"}, FiledParty{"DEFENDANT", "某公司"}));
  EXPECT_EQ(line.items, 2);
  EXPECT_THAT(line.counts,
              ElementsAre(VerdictCount{"CONSISTENT", 1}, VerdictCount{"INCONSISTENT", 1}));
  EXPECT_FALSE(line.supplement.has_value());
  EXPECT_THAT(store_->items_of("s1", Scope::of_court("0491")).value(),
              ElementsAre(FiledItem{"E1", "网页", "files/a.html", 3},
                          FiledItem{"E2", "录像", "files/b.mp4"}));
  EXPECT_THAT(store_->items_of("s1", Scope::of_court("0192")).value(), IsEmpty());
  EXPECT_THAT(store_->items_of("s1", Scope::of_account("0491", "u-2")).value(), IsEmpty());
}

TEST_F(WorklistTest, WhatWasFiledBeforeThereWereFilingsIsListed) {
  accept(submission("old"));
  EXPECT_THAT(ids(Scope::of_court("0491"), {}), ElementsAre("old"));
  EXPECT_THAT(search("old"), ElementsAre("old"));
  report("old", "HY-0", "ALL_CONSISTENT", {{"CONSISTENT", 1}}, {tag_of(1)});
  EXPECT_THAT(search("HY-0"), ElementsAre("old"));
  EXPECT_THAT(search("张"), IsEmpty());
}

TEST_F(WorklistTest, FiltersByStateVerdictAndAttention) {
  file("good", filing("1"));
  report("good", "HY-good", "ALL_CONSISTENT", {{"CONSISTENT", 2}});
  file("bad", filing("2"));
  report("bad", "HY-bad", "ATTENTION_REQUIRED", {{"CONSISTENT", 1}, {"NOT_FOUND", 1}});
  file("refused", filing("3"));
  const Job job = claim();
  ASSERT_TRUE(store_->reject_job(job, "too-large").has_value());
  file("waiting", filing("4"));
  const Scope scope = Scope::of_court("0491");
  EXPECT_THAT(ids(scope, {.state = State::kDone}), ElementsAre("bad", "good"));
  EXPECT_THAT(ids(scope, {.state = State::kRejected}), ElementsAre("refused"));
  EXPECT_THAT(ids(scope, {.verdict = "ATTENTION_REQUIRED"}), ElementsAre("bad"));
  EXPECT_THAT(ids(scope, {.verdict = "CONSISTENT"}), ElementsAre("bad", "good"));
  EXPECT_THAT(ids(scope, {.verdict = "NOT_FOUND"}), ElementsAre("bad"));
  EXPECT_THAT(ids(scope, {.verdict = "INCONSISTENT"}), IsEmpty());
  EXPECT_THAT(ids(scope, {.attention = true}), ElementsAre("refused", "bad"));
  EXPECT_THAT(ids(scope, {.state = State::kDone, .attention = true}), ElementsAre("bad"));
}

TEST_F(WorklistTest, ASupersededVerdictCountsNoMore) {
  file("s1", filing("1"));
  report("s1", "HY-1", "ATTENTION_REQUIRED", {{"NOT_FOUND", 2}});
  ASSERT_TRUE(store_->reverify("s1", 3000).has_value());
  report("s1", "HY-2", "ALL_CONSISTENT", {{"CONSISTENT", 2}});
  const Scope scope = Scope::of_court("0491");
  EXPECT_THAT(ids(scope, {.attention = true}), IsEmpty());
  EXPECT_THAT(ids(scope, {.verdict = "NOT_FOUND"}), IsEmpty());
  EXPECT_THAT(search("HY-1"), ElementsAre("s1")) << "an old report's number still leads there";
}

TEST_F(WorklistTest, FindsByEachOfItsNames) {
  file("s1", filing("(2026)浙0192民初1号", {{"PLAINTIFF", "Zhang San"}}, {tag_of(1)}));
  file("s2", filing("(2026)浙0192民初22号", {{"DEFENDANT", "李四有限公司"}}, {tag_of(2)}));
  EXPECT_THAT(search("民初22"), ElementsAre("s2"));
  EXPECT_THAT(search("民初"), ElementsAre("s2", "s1"));
  EXPECT_THAT(search("李四"), ElementsAre("s2"));
  EXPECT_THAT(search("zhang SAN"), ElementsAre("s1"));
  EXPECT_THAT(search("s1"), ElementsAre("s1"));
  EXPECT_THAT(search("nothing", tag_of(2)), ElementsAre("s2"));
  core::Bytes both = tag_of(2);
  const core::Bytes first = tag_of(1);
  both.insert(both.end(), first.begin(), first.end());
  EXPECT_THAT(search("nothing", both), ElementsAre("s2", "s1"));
  EXPECT_THAT(search("nothing", tag_of(3)), IsEmpty());
  EXPECT_THAT(search("nothing"), IsEmpty());
}

TEST_F(WorklistTest, NothingSoughtIsAWildcard) {
  file("s1", filing("1", {{"PLAINTIFF", "100% 公司"}}));
  file("s2", filing("2", {{"PLAINTIFF", "a_b [c]* 公司"}}));
  EXPECT_THAT(search("%"), ElementsAre("s1"));
  EXPECT_THAT(search("_"), ElementsAre("s2"));
  EXPECT_THAT(search("1%公司"), IsEmpty());
  EXPECT_THAT(search("*"), ElementsAre("s2"));
  EXPECT_THAT(search("?"), IsEmpty());
  EXPECT_THAT(search("' OR 1=1 --"), IsEmpty());
}

TEST_F(WorklistTest, NeverCrossesItsScope) {
  file("ours", filing("共同", {{"PLAINTIFF", "张三"}}, {tag_of(1)}), "0491", "u-1");
  file("others", filing("共同", {{"PLAINTIFF", "张三"}}, {tag_of(1)}), "0491", "u-2");
  file("away", filing("共同", {{"PLAINTIFF", "张三"}}, {tag_of(1)}), "0192", "u-1");
  EXPECT_THAT(search("共同", {}, Scope::of_court("0491")), ElementsAre("others", "ours"));
  EXPECT_THAT(search("张三", {}, Scope::of_account("0491", "u-1")), ElementsAre("ours"));
  EXPECT_THAT(search("张三", {}, Scope::of_person("u-1")), ElementsAre("away", "ours"));
  EXPECT_THAT(search("none", tag_of(1), Scope::of_court("0192")), ElementsAre("away"));
  EXPECT_THAT(search("ours", {}, Scope::of_court("0192")), IsEmpty());
  EXPECT_THAT(search("张三", {}, Scope::nothing()), IsEmpty());
  const auto sees = [&](const Scope& scope) {
    return store_->find_line("ours", scope)->has_value();
  };
  EXPECT_TRUE(sees(Scope::of_court("0491")) && sees(Scope::of_person("u-1")));
  EXPECT_FALSE(sees(Scope::of_court("0192")) || sees(Scope::of_account("0491", "u-2")) ||
               sees(Scope::of_person("u-2")) || sees(Scope::nothing()));
  EXPECT_FALSE(store_->list(Scope::whole_installation(), {}, std::nullopt, 9).has_value());
  EXPECT_FALSE(store_->list_receiving(Scope::whole_installation(), std::nullopt, 9).has_value());
}

TEST_F(WorklistTest, PagingHoldsWhileOthersArrive) {
  for (int i = 0; i < 6; ++i) file("s" + std::to_string(i), filing("案"));
  std::vector<std::string> found;
  std::optional<Cursor> after;
  for (int page = 0; page < 3; ++page) {
    const auto lines = store_->list(Scope::of_court("0491"), {}, after, 2).value();
    for (const SubmissionLine& line : lines) {
      found.push_back(line.id);
      after = Cursor{.received_at_ms = line.received_at_ms, .id = line.id};
    }
    file("new" + std::to_string(page), filing("案"));
  }
  EXPECT_THAT(found, ElementsAre("s5", "s4", "s3", "s2", "s1", "s0"));
}

TEST_F(WorklistTest, WhatWantsAttentionComesFirstOverAllPages) {
  const std::vector<std::string> verdicts = {"ATTENTION_REQUIRED", "ALL_CONSISTENT",
                                             "ATTENTION_REQUIRED", "ALL_CONSISTENT"};
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::string id = "s" + std::to_string(i);
    file(id, filing("案"));
    report(id, "HY-" + id, verdicts[i], {});
  }
  file("open", filing("案"));
  const Scope scope = Scope::of_court("0491");
  ListFilter filter;
  filter.attention_first = true;
  std::vector<std::string> found;
  std::optional<Cursor> after;
  for (int page = 0; page < 3; ++page) {
    const auto lines = store_->list(scope, filter, after, 2).value();
    for (const SubmissionLine& line : lines) {
      found.push_back(line.id);
      after = Cursor{.received_at_ms = line.received_at_ms,
                     .id = line.id,
                     .attention = wants_attention(line.state, line.verdict)};
    }
  }
  EXPECT_THAT(found, ElementsAre("s2", "s0", "open", "s3", "s1"));
  EXPECT_THAT(store_->list(scope, filter, after, 2).value(), IsEmpty());
  filter.attention = true;
  EXPECT_THAT(ids(scope, filter), ElementsAre("s2", "s0"));
}

TEST_F(WorklistTest, WhatIsBeingReceivedHasAListOfItsOwn) {
  begin("r1", "0491", "u-1", filing("案", {{"PLAINTIFF", "张三"}}));
  begin("r2", "0192", "u-1", filing("案"));
  EXPECT_THAT(ids(Scope::of_court("0491"), {}), IsEmpty());
  const auto lines = store_->list_receiving(Scope::of_court("0491"), std::nullopt, 9).value();
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0].id, "r1");
  EXPECT_FALSE(lines[0].state.has_value());
  ASSERT_TRUE(lines[0].awaited.has_value());
  EXPECT_EQ(lines[0].awaited->files, 1);
  EXPECT_EQ(lines[0].awaited->complete, 1);
  EXPECT_EQ(lines[0].awaited->expires_at_ms, 1001);
  EXPECT_THAT(lines[0].filing.parties, ElementsAre(FiledParty{"PLAINTIFF", "张三"}));
  EXPECT_EQ(store_->list_receiving(Scope::of_person("u-1"), std::nullopt, 9).value().size(), 2);
  accept(submission("r1"));
  EXPECT_THAT(store_->list_receiving(Scope::of_court("0491"), std::nullopt, 9).value(), IsEmpty());
  EXPECT_THAT(ids(Scope::of_court("0491"), {}), ElementsAre("r1"));
}

TEST_F(WorklistTest, WhatExpiresLeavesNothingAndWhatWasAcceptedStays) {
  begin("gone", "0491", "u-1", filing("案", {}, {tag_of(1)}), {{"a", 0, {}}});
  EXPECT_TRUE(store_->forget_receiving("gone", at_ms_ + 1).value());
  begin("gone", "0491", "u-1", filing("别案"));  // the id is free, and nothing of it is left
  accept(submission("gone"));
  EXPECT_FALSE(store_->forget_receiving("gone", at_ms_ + 1).value());
  EXPECT_THAT(search("别案"), ElementsAre("gone"));
  EXPECT_THAT(search("none", tag_of(1)), IsEmpty());
}

TEST_F(WorklistTest, ARequestIsShownAndAnsweredByTheNextFilingInThatCase) {
  file("s1", filing("案一"));
  ASSERT_TRUE(store_
                  ->add_supplement({.id = "p1",
                                    .submission = "s1",
                                    .account = "clerk",
                                    .created_at_ms = at_ms_ + 1,
                                    .until_ms = 9000,
                                    .text = "请补充",
                                    .items = {{"E1", "PROOF_MISSING"}, {"", "OTHER"}}})
                  .has_value());
  const auto mark = [&] {
    return store_->find_line("s1", Scope::of_court("0491")).value().value().supplement;
  };
  ASSERT_TRUE(mark().has_value());
  EXPECT_EQ(mark()->until_ms, 9000);
  EXPECT_FALSE(mark()->answered);
  at_ms_ += 5;
  file("s2", filing("案二"));
  file("s3", filing("案一"), "0491", "u-2");
  file("s4", filing("案一"), "0192", "u-1");
  EXPECT_FALSE(mark()->answered) << "another case, account or court is no answer";
  file("s5", filing("案一"));
  EXPECT_TRUE(mark()->answered);
  const auto requests = store_->supplements_of("s1", Scope::of_account("0491", "u-1")).value();
  ASSERT_EQ(requests.size(), 1);
  EXPECT_EQ(requests[0].text, "请补充");
  EXPECT_TRUE(requests[0].answered);
  EXPECT_THAT(requests[0].items,
              ElementsAre(SupplementItem{"E1", "PROOF_MISSING"}, SupplementItem{"", "OTHER"}));
  EXPECT_THAT(store_->supplements_of("s1", Scope::of_court("0192")).value(), IsEmpty());
  EXPECT_THAT(store_->supplements_of("s1", Scope::of_account("0491", "u-2")).value(), IsEmpty());
}

TEST_F(WorklistTest, AnnotationsAreTheirAccountsAlone) {
  file("s1", filing("案"));
  const Scope court = Scope::of_court("0491");
  const auto write = [&](const std::string& account, const std::string& item,
                         const std::string& text, std::int64_t at_ms) {
    return store_->annotate(account, "s1", {.item = item, .text = text, .written_at_ms = at_ms})
        .has_value();
  };
  ASSERT_TRUE(write("judge-1", "E1", "first", 1));
  ASSERT_TRUE(write("judge-1", "E1", "second", 2));
  ASSERT_TRUE(write("judge-1", "", "whole", 3));
  ASSERT_TRUE(write("judge-2", "E1", "mine", 4));
  EXPECT_THAT(store_->annotations_of("judge-1", "s1", court).value(),
              ElementsAre(Annotation{"", "whole", 3}, Annotation{"E1", "second", 2}));
  EXPECT_THAT(store_->annotations_of("judge-2", "s1", court).value(),
              ElementsAre(Annotation{"E1", "mine", 4}));
  EXPECT_THAT(store_->annotations_of("judge-1", "s1", Scope::of_court("0192")).value(), IsEmpty());
  ASSERT_TRUE(write("judge-1", "E1", "", 5));
  EXPECT_THAT(store_->annotations_of("judge-1", "s1", court).value(),
              ElementsAre(Annotation{"", "whole", 3}));
  EXPECT_FALSE(store_->annotate("judge-1", "nowhere", {.item = "", .text = "x"}).has_value());
}

TEST_F(WorklistTest, TheBacklogCountsWhatIsBeingReceivedUntilItIsAccepted) {
  begin("r1", "0491", "u-1", filing("one"));
  begin("r2", "0192", "u-2", filing("two"));
  EXPECT_EQ(store_->backlog(0).value().receiving, 2);
  accept(submission("r1", "0491", "u-1"));
  EXPECT_EQ(store_->backlog(0).value().receiving, 1);
  EXPECT_EQ(store_->backlog(0).value().queued, 1);
}

}  // namespace
}  // namespace heyan::store
