// The search for the same content: what the database holds of it, and who can ask.
#include "gateway/service/content_index.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::service {
namespace {

using core::ErrorCode;
using testing::HasSubstr;
using testing::Not;

const core::Bytes kContent(32, 0xc7);

class ContentIndexTest : public testing::Test {
 protected:
  ContentIndexTest() { open(); }

  void open() {
    store_.reset();
    store_ = store::Store::open(database_).value();
    index_ = ContentIndex::open(*store_, key_, 1000).value();
  }
  ErrorCode refusal() const {
    const auto opened = ContentIndex::open(*store_, key_, 1000);
    EXPECT_FALSE(opened.has_value());
    return opened ? ErrorCode::kInternal : opened.error().code;
  }
  store::Job job(const std::string& id, const std::string& court) {
    const auto accepted = store_->accept(
        {.id = id,
         .court = court,
         .account = "a",
         .received_at_ms = 1000,
         .intake_index = 1,
         .receipt = core::to_bytes("receipt"),
         .session = core::to_bytes("session"),
         .files = {{"case.json", 1, core::Bytes(32, 1)}, {"files/one", 1, kContent}}},
        nullptr);
    EXPECT_TRUE(accepted.has_value());
    return store_->claim_job(2000).value().value();
  }
  void judged(const store::Job& job, const std::string& number,
              std::string case_number = "(2026)") {
    v1::Report report;
    report.set_case_number(std::move(case_number));
    v1::ItemReport& item = *report.add_evidence();
    item.set_id("E1");
    v1::MeasuredDigest& digest = *item.mutable_measured()->add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_first(core::to_string(kContent));
    digest.set_second(core::to_string(kContent));
    store::FinishedJob done{.submission = job.submission,
                            .version = 1,
                            .report_number = number,
                            .issued_at_ms = 3000,
                            .envelope = core::to_bytes("envelope"),
                            .record_sha256 = core::Bytes(32, 9),
                            .verdict = "ALL_CONSISTENT"};
    index_->enter(job.court, report, done);
    ASSERT_TRUE(store_->finish_job(done).value());
  }
  std::string table() const {
    std::string all;
    for (const char* suffix : {"", "-wal"}) all += os::content_of(database_.string() + suffix);
    return all;
  }

  os::TemporaryFolder folder_;
  std::filesystem::path database_ = folder_ / "front.db";
  std::filesystem::path key_ = folder_ / "contents.key";
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<ContentIndex> index_;
};

TEST_F(ContentIndexTest, FindsTheSameContentInTheCourtsOtherCaseAlone) {
  judged(job("s1", "A"), "HY-1");
  const v1::FileSearches found = index_->search(job("s2", "A")).value();
  EXPECT_EQ(found.since_ms(), 1000);
  ASSERT_EQ(found.files_size(), 2);  // one for each file, also where nothing was found
  EXPECT_EQ(found.files(0).count(), 0);
  EXPECT_EQ(found.files(1).count(), 1);
  ASSERT_EQ(found.files(1).filed_size(), 1);
  EXPECT_EQ(found.files(1).filed(0).report_number(), "HY-1");
  EXPECT_EQ(found.files(1).filed(0).case_number(), "(2026)");
  EXPECT_EQ(found.files(1).filed(0).item(), "E1");
  const v1::FileSearches other = index_->search(job("s3", "B")).value();
  ASSERT_EQ(other.files_size(), 2);
  EXPECT_EQ(other.files(1).count(), 0);
  EXPECT_EQ(other.files(1).filed_size(), 0);
}

// Two courts that hold the same file have no tag in common, and neither is made of the fingerprint
// alone: without the key nobody knows what to look for.
TEST_F(ContentIndexTest, TagsAreOfOneCourtAndOneKey) {
  store::FinishedJob one;
  store::FinishedJob two;
  store::FinishedJob afresh;
  v1::Report report;
  v1::MeasuredDigest& digest = *report.add_evidence()->mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(kContent));
  digest.set_second(core::to_string(kContent));
  index_->enter("A", report, one);
  index_->enter("B", report, two);
  std::filesystem::remove(key_);
  open();
  index_->enter("A", report, afresh);
  ASSERT_EQ(one.contents.size(), 1);
  EXPECT_NE(one.contents[0].tag, two.contents.at(0).tag);
  EXPECT_NE(one.contents[0].tag, afresh.contents.at(0).tag);
  EXPECT_NE(one.contents[0].tag, kContent);
}

TEST_F(ContentIndexTest, AnItemThatWasNotMeasuredAlikeIsNotEntered) {
  v1::Report report;
  v1::MeasuredDigest& digest = *report.add_evidence()->mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(kContent));
  digest.set_second(std::string(32, 'x'));
  v1::MeasuredDigest& other = *report.add_evidence()->mutable_measured()->add_digests();
  other.set_algorithm(v1::DIGEST_ALGORITHM_SM3);
  other.set_first(core::to_string(kContent));
  other.set_second(core::to_string(kContent));
  store::FinishedJob done;
  index_->enter("A", report, done);
  EXPECT_THAT(done.contents, testing::IsEmpty());
}

TEST_F(ContentIndexTest, TheKeyIsDrawnOnceAndForItsOwnerAlone) {
  const std::string key = os::content_of(key_);
  EXPECT_EQ(key.size(), 65);
  struct stat status{};
  ASSERT_EQ(::stat(key_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  judged(job("s1", "A"), "HY-1");
  EXPECT_THAT(table(), Not(HasSubstr(key.substr(0, 64))));
  open();
  EXPECT_EQ(os::content_of(key_), key);
  EXPECT_FALSE(ContentIndex::open(*store_, key_, 9000).value()->began());
  EXPECT_EQ(index_->search(job("s2", "A")).value().files(1).count(), 1);
}

// What was made with another key cannot be found: it is gone, and the search says since when.
TEST_F(ContentIndexTest, WithAnotherKeyTheIndexBeginsAnew) {
  judged(job("s1", "A"), "HY-1");
  std::filesystem::remove(key_);
  index_ = ContentIndex::open(*store_, key_, 5000).value();
  EXPECT_EQ(index_->since_ms(), 5000);
  EXPECT_TRUE(index_->began());
  const v1::FileSearches found = index_->search(job("s2", "A")).value();
  EXPECT_EQ(found.since_ms(), 5000);
  EXPECT_EQ(found.files(1).count(), 0);
}

TEST_F(ContentIndexTest, RefusesAKeyThatIsNoneOrThatOthersCanRead) {
  const std::string key = os::content_of(key_);
  for (const std::string& wrong :
       {std::string(), key.substr(0, 64), key + "\n", key.substr(2), std::string(64, 'g') + "\n"}) {
    std::ofstream(key_, std::ios::trunc) << wrong;
    EXPECT_EQ(refusal(), ErrorCode::kMalformed) << wrong;
  }
  std::ofstream(key_, std::ios::trunc) << key;
  EXPECT_TRUE(ContentIndex::open(*store_, key_, 1000).has_value());
  ::chmod(key_.c_str(), 0640);
  EXPECT_EQ(refusal(), ErrorCode::kUnsupported);
}

TEST_F(ContentIndexTest, LongWordsOfOthersAreCut) {
  judged(job("s1", "A"), "HY-1", std::string(5000, 'x'));
  EXPECT_LT(index_->search(job("s2", "A")).value().files(1).filed(0).case_number().size(), 200);
}

// None of several gateways would find what another keeps.
TEST_F(ContentIndexTest, WhereOthersKeepTheirsAnotherKeyIsRefused) {
  EXPECT_TRUE(ContentIndex::open(*store_, key_, 2000, true).has_value());
  const auto refused = ContentIndex::open(*store_, folder_ / "another.key", 2000, true);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kChanged);
  EXPECT_THAT(std::string(refused.error().text), HasSubstr("front/contents.key"));
  EXPECT_EQ(ContentIndex::open(*store_, key_, 2000, true).value()->since_ms(), 1000);
  // One that is alone begins anew.
  EXPECT_TRUE(ContentIndex::open(*store_, folder_ / "another.key", 3000).value()->began());
}

}  // namespace
}  // namespace heyan::service
