// What filings named under a key: for questions of the same court, by the same adapter.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class KnownTest : public StoreTest {
 protected:
  // The next version of that submission, reported.
  void report(const std::string& id, const std::string& number, std::vector<KnownValue> known,
              std::int64_t issued_at_ms) {
    const Job job = claim();
    ASSERT_EQ(job.submission, id);
    FinishedJob done = finished(job, number);
    done.issued_at_ms = issued_at_ms;
    done.known = std::move(known);
    ASSERT_TRUE(store_->finish_job(done).value());
  }
  void file(const std::string& id, const std::string& value, std::int64_t issued_at_ms,
            const std::string& court = "0491") {
    accept(submission(id, court));
    report(id, "HY-" + id, {{"netcourt", "tx", value}}, issued_at_ms);
  }
  std::vector<std::string> find(const std::string& key, const std::string& court = "0491",
                                const std::string& adapter = "netcourt", std::size_t most = 10) {
    return store_->find_known(court, adapter, key, most).value();
  }
};

TEST_F(KnownTest, AnswersAfterTheReportAndAfterAStart) {
  accept(submission("s1", "0491"));
  EXPECT_THAT(find("tx"), IsEmpty());
  report("s1", "HY-s1", {{"netcourt", "tx", "a"}, {"netcourt", "other", "b"}}, 1000);
  EXPECT_THAT(find("tx"), ElementsAre("a"));
  reopen();
  EXPECT_THAT(find("tx"), ElementsAre("a"));
}

TEST_F(KnownTest, EachValueStandsOnceAndTheNewestFirst) {
  file("s1", "a", 1000);
  file("s2", "b", 2000);
  file("s3", "a", 3000);
  EXPECT_THAT(find("tx"), ElementsAre("a", "b"));
  EXPECT_THAT(find("tx", "0491", "netcourt", 1), ElementsAre("a"));
}

TEST_F(KnownTest, NobodyElseFindsThem) {
  file("s1", "a", 1000);
  EXPECT_THAT(find("tx", "0192"), IsEmpty());
  EXPECT_THAT(find("tx", ""), IsEmpty());
  EXPECT_THAT(find("tx", "0491", "asic"), IsEmpty());
  EXPECT_THAT(find("t"), IsEmpty());
  EXPECT_THAT(find("%"), IsEmpty());
}

TEST_F(KnownTest, TheLastReportOfASubmissionCounts) {
  file("s1", "a", 1000);
  ASSERT_EQ(store_->reverify("s1", 2000).value(), 2);
  report("s1", "HY-s1-2", {{"netcourt", "tx", "b"}}, 3000);
  EXPECT_THAT(find("tx"), ElementsAre("b"));
  ASSERT_EQ(store_->reverify("s1", 4000).value(), 3);
  report("s1", "HY-s1-3", {}, 5000);
  EXPECT_THAT(find("tx"), IsEmpty());
}

TEST_F(KnownTest, TheSameNamedTwiceInOneFilingIsOne) {
  accept(submission("s1", "0491"));
  report("s1", "HY-s1", {{"netcourt", "tx", "a"}, {"netcourt", "tx", "a"}}, 1000);
  EXPECT_THAT(find("tx"), ElementsAre("a"));
}

}  // namespace
}  // namespace heyan::store
