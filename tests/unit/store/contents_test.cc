// Where the same content stands in a court's other reports: that court's alone, never the
// submission's own, bounded, and gone with the submission.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::IsEmpty;

class ContentsTest : public StoreTest {
 protected:
  // A report of that submission in which the items have these contents.
  void report(const std::string& id, const std::string& number, std::vector<ItemContent> contents,
              std::int64_t issued_at_ms = 2000) {
    const Job job = claim();
    ASSERT_EQ(job.submission, id);
    FinishedJob done = finished(job, number);
    done.issued_at_ms = issued_at_ms;
    done.case_number = "case of " + id;
    done.contents = std::move(contents);
    ASSERT_TRUE(store_->finish_job(done).value());
  }
  void file(const std::string& id, const std::string& court, std::int64_t issued_at_ms = 2000) {
    accept(submission(id, court));
    report(id, "HY-" + id, {{"E1", digest_of(1)}, {"E2", digest_of(2)}}, issued_at_ms);
  }
  ContentElsewhere find_content(const std::string& asks, std::uint8_t content,
                                const std::string& court = "0491", std::size_t most = 20) {
    const auto found = store_->find_content(court, asks, digest_of(content), most);
    EXPECT_TRUE(found.has_value());
    return found ? *found : ContentElsewhere{};
  }
};

TEST_F(ContentsTest, StandInTheReportsOfOtherSubmissionsOfTheCourt) {
  file("s1", "0491");
  const ContentElsewhere found = find_content("s2", 2);
  EXPECT_EQ(found.count, 1);
  EXPECT_THAT(found.newest, ElementsAre(FiledContent{"HY-s1", "E2", "case of s1"}));
  EXPECT_EQ(find_content("s2", 3).count, 0);  // another content
  reopen();
  EXPECT_EQ(find_content("s2", 2).count, 1);
}

TEST_F(ContentsTest, NoOtherCourtFindsThem) {
  file("s1", "0491");
  EXPECT_EQ(find_content("s2", 2, "0192").count, 0);
  EXPECT_THAT(find_content("s2", 2, "0192").newest, IsEmpty());
  EXPECT_EQ(find_content("s2", 2, "").count, 0);
}

TEST_F(ContentsTest, ASubmissionIsNotElsewhereForItself) {
  file("s1", "0491");
  EXPECT_EQ(find_content("s1", 2).count, 0);
  ASSERT_EQ(store_->reverify("s1", 3000).value(), 2);
  report("s1", "HY-s1-2", {{"E1", digest_of(1)}}, 4000);
  EXPECT_EQ(find_content("s1", 1).count, 0);
  // And for others it stands once, with its last report.
  EXPECT_EQ(find_content("s2", 1).count, 1);
  EXPECT_THAT(find_content("s2", 1).newest,
              ElementsAre(FiledContent{"HY-s1-2", "E1", "case of s1"}));
  EXPECT_EQ(find_content("s2", 2).count, 0);
}

TEST_F(ContentsTest, AReportThatMeasuredNothingLeavesWhatIsKnown) {
  file("s1", "0491");
  ASSERT_EQ(store_->reverify("s1", 3000).value(), 2);
  report("s1", "HY-s1-2", {}, 4000);
  EXPECT_EQ(find_content("s2", 1).newest.at(0).report, "HY-s1");
}

TEST_F(ContentsTest, TheNewestAreListedAndAllAreCounted) {
  for (int i = 0; i < 25; ++i) file("s" + std::to_string(100 + i), "0491", 1000 + i);
  const ContentElsewhere found = find_content("other", 1);
  EXPECT_EQ(found.count, 25);
  ASSERT_EQ(found.newest.size(), 20);
  EXPECT_EQ(found.newest.front().report, "HY-s124");
  EXPECT_EQ(found.newest.back().report, "HY-s105");
  EXPECT_EQ(find_content("s124", 1).count, 24);
  EXPECT_EQ(find_content("s124", 1).newest.front().report, "HY-s123");
  const ContentElsewhere counted = find_content("other", 1, "0491", 0);
  EXPECT_EQ(counted.count, 25);
  EXPECT_THAT(counted.newest, IsEmpty());
}

// Ids are cut for the index: two long ones may look alike.
TEST_F(ContentsTest, ItemsOfOneNameAreTwo) {
  accept(submission("s1"));
  report("s1", "HY-1", {{"E…", digest_of(1)}, {"E…", digest_of(1)}});
  EXPECT_EQ(find_content("s2", 1).count, 2);
  EXPECT_EQ(find_content("s2", 1).newest.size(), 2);
}

TEST_F(ContentsTest, GoWithTheirSubmission) {
  file("s1", "0491");
  file("s2", "0491");
  store_.reset();
  ASSERT_TRUE(place_
                  ->execute("DELETE FROM jobs WHERE submission = 's1';"
                            "DELETE FROM files WHERE submission = 's1';"
                            "DELETE FROM listed WHERE submission = 's1';"
                            "DELETE FROM scans WHERE submission = 's1';"
                            "DELETE FROM reports WHERE submission = 's1';"
                            "DELETE FROM submissions WHERE id = 's1'")
                  .has_value());
  store_ = open();
  EXPECT_EQ(find_content("s3", 1).count, 1);
  EXPECT_EQ(find_content("s3", 1).newest.at(0).report, "HY-s2");
}

TEST_F(ContentsTest, BeginAnewUnderAnotherKey) {
  EXPECT_EQ(store_->keep_contents_under(digest_of(7), 500).value(), 500);
  file("s1", "0491");
  EXPECT_EQ(store_->keep_contents_under(digest_of(7), 900).value(), 500);
  reopen();
  EXPECT_EQ(store_->keep_contents_under(digest_of(7), 900).value(), 500);
  EXPECT_EQ(find_content("s2", 1).count, 1);
  EXPECT_EQ(store_->keep_contents_under(digest_of(8), 900).value(), 900);
  EXPECT_EQ(store_->keep_contents_under(core::Bytes(31), 900).error().code, ErrorCode::kMalformed);
  // Where others keep theirs, too.
  EXPECT_EQ(store_->keep_contents_under(digest_of(7), 950, false).error().code,
            ErrorCode::kChanged);
  EXPECT_EQ(store_->keep_contents_under(digest_of(8), 950, false).value(), 900);
}

TEST_F(ContentsTest, ATagOfAnotherLengthUndoesTheReport) {
  accept(submission("s1"));
  FinishedJob done = finished(claim(), "HY-1");
  done.contents = {{"E1", core::Bytes(31)}};
  EXPECT_FALSE(store_->finish_job(done).has_value());
  EXPECT_FALSE(store_->find_report("HY-1", Scope::whole_installation()).value().has_value());
}

}  // namespace
}  // namespace heyan::store
