// Which files a box is asked to open for notes, and what is taken from its answers.
#include "gateway/intake/notes.h"

#include <gmock/gmock.h>

namespace heyan::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Notes : public testing::Test {
 protected:
  void add(const std::string& path, const std::string& type, std::uint64_t size = 1) {
    record_.mutable_submission()->add_evidence()->mutable_file()->set_path(path);
    v1::ItemRecord& item = *record_.add_items();
    item.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_DONE);
    item.mutable_measured()->set_size(size);
    item.mutable_contents()->set_media_type(type);
  }
  bool note() {
    return note_marks(
        [this](int item, const v1::LookInto& request) {
          asked_.push_back(item);
          names_.push_back(request.name());
          EXPECT_THAT(request.algorithms(), IsEmpty());
          return answer_;
        },
        record_);
  }
  v1::ContentFacts& facts(int item) { return *record_.mutable_items(item)->mutable_contents(); }

  v1::CaseRecord record_;
  std::optional<v1::ContentFacts> answer_ = v1::ContentFacts();
  std::vector<int> asked_;
  std::vector<std::string> names_;
};

TEST_F(Notes, AreAskedForWhereAFileHasToBeOpened) {
  add("files/a.txt", "text/plain");
  add("files/b/c.pdf", "application/pdf");
  add("d.mp4", "video/mp4");
  add("e.png", "image/png");
  add("f.pdf", "application/pdf", 8ull << 30);
  answer_->add_marks(v1::FILE_MARK_ACTIVE_CONTENT);
  EXPECT_TRUE(note());
  EXPECT_THAT(asked_, ElementsAre(1, 3));
  EXPECT_THAT(names_, ElementsAre("c.pdf", "e.png"));
  EXPECT_THAT(facts(1).marks(), ElementsAre(v1::FILE_MARK_ACTIVE_CONTENT));
  EXPECT_THAT(facts(0).marks(), IsEmpty());
  EXPECT_THAT(facts(2).marks(), IsEmpty());
  EXPECT_THAT(facts(4).marks(), ElementsAre(v1::FILE_MARK_NOT_OPENED)) << "it is too large";
}

TEST_F(Notes, JoinThoseThatAreThereInTheirOrder) {
  add("a.pdf", "application/pdf");
  facts(0).add_marks(v1::FILE_MARK_BEGINS_OTHERWISE);
  answer_->add_marks(v1::FILE_MARK_TRAILING_DATA);
  answer_->add_marks(v1::FILE_MARK_MALFORMED);
  answer_->add_marks(v1::FILE_MARK_MALFORMED);
  EXPECT_TRUE(note());
  EXPECT_THAT(facts(0).marks(), ElementsAre(v1::FILE_MARK_BEGINS_OTHERWISE, v1::FILE_MARK_MALFORMED,
                                            v1::FILE_MARK_TRAILING_DATA));
}

// The record is what it was before there were notes.
TEST_F(Notes, ChangeNothingWhereNothingIsNoticed) {
  add("a.pdf", "application/pdf");
  const std::string before = record_.SerializeAsString();
  answer_->set_performed(true);
  EXPECT_FALSE(note());
  EXPECT_EQ(record_.SerializeAsString(), before);
}

TEST_F(Notes, SayWhatWasNotOpenedWhereThereIsNoBox) {
  for (int i = 0; i < 3; ++i) add("a.pdf", "application/pdf");
  add("a.txt", "text/plain");
  answer_.reset();
  EXPECT_TRUE(note());
  EXPECT_THAT(asked_, ElementsAre(0));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(facts(i).marks(), ElementsAre(v1::FILE_MARK_NOT_OPENED)) << i;
    EXPECT_FALSE(facts(i).terminated()) << i;
  }
  EXPECT_THAT(facts(3).marks(), IsEmpty());
}

TEST_F(Notes, SayWhatWasNotOpenedAfterABoxThatWasStopped) {
  for (int i = 0; i < 2; ++i) add("a.pdf", "application/pdf");
  answer_->set_terminated(true);
  EXPECT_TRUE(note());
  EXPECT_THAT(asked_, ElementsAre(0));
  EXPECT_TRUE(facts(0).terminated());
  EXPECT_THAT(facts(0).marks(), IsEmpty()) << "FILE-3 says it";
  EXPECT_FALSE(facts(1).terminated());
  EXPECT_THAT(facts(1).marks(), ElementsAre(v1::FILE_MARK_NOT_OPENED));
}

TEST_F(Notes, AskAboutSoManyAndSayOfWhichNot) {
  for (int i = 0; i < kMostNoted + 2; ++i) add("a.pdf", "application/pdf");
  EXPECT_TRUE(note());
  EXPECT_EQ(asked_.size(), static_cast<std::size_t>(kMostNoted));
  EXPECT_THAT(facts(kMostNoted - 1).marks(), IsEmpty());
  EXPECT_THAT(facts(kMostNoted).marks(), ElementsAre(v1::FILE_MARK_NOT_OPENED));
  EXPECT_THAT(facts(kMostNoted + 1).marks(), ElementsAre(v1::FILE_MARK_NOT_OPENED));
}

TEST_F(Notes, TakeNothingOfAFileThatWasNotMeasured) {
  add("a.pdf", "application/pdf");
  record_.mutable_items(0)->mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_TERMINATED);
  EXPECT_FALSE(note());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(Notes, TakeNothingThatABoxMayNotSay) {
  add("a.pdf", "application/pdf");
  answer_->add_marks(v1::FILE_MARK_MALFORMED);
  answer_->set_media_type("<script>");
  answer_->set_address("https://elsewhere.example/");
  answer_->set_extension(v1::EXTENSION_FIT_YES);
  answer_->set_performed(true);
  EXPECT_TRUE(note());
  EXPECT_EQ(facts(0).media_type(), "application/pdf");
  EXPECT_TRUE(facts(0).address().empty());
  EXPECT_EQ(facts(0).extension(), v1::EXTENSION_FIT_UNSPECIFIED);
  EXPECT_FALSE(facts(0).performed());
  for (const int mark : {0, 1, 19, 99, -1}) {
    facts(0).Clear();
    facts(0).set_media_type("application/pdf");
    answer_.emplace().add_marks(static_cast<v1::FileMark>(mark));
    EXPECT_TRUE(note());
    EXPECT_TRUE(facts(0).terminated()) << mark;
    EXPECT_THAT(facts(0).marks(), IsEmpty()) << mark;
  }
}

}  // namespace
}  // namespace heyan::intake
