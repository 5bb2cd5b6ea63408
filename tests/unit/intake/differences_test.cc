// Which files a box is asked about, and what is taken from its answers.
#include "gateway/intake/differences.h"

#include <gmock/gmock.h>

namespace heyan::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::ContentFacts good_answer() {
  v1::ContentFacts facts;
  facts.set_performed(true);
  v1::Candidate& candidate = *facts.add_candidates();
  candidate.add_changes(v1::CHANGE_BOM_ADDED);
  candidate.add_digests()->set_value(std::string(32, 'x'));  // the recorded one
  candidate.add_digests()->set_value(std::string(32, 'y'));
  facts.add_candidates()->add_digests()->set_value(std::string(32, 'z'));
  return facts;
}

class Differences : public testing::Test {
 protected:
  void add(v1::ReasonCode code, const std::string& algorithm = "sha-256") {
    v1::ItemReport& item = *report_.add_evidence();
    record_.add_items()->mutable_contents()->set_media_type("text/plain");
    add_finding(item, code, algorithm);
  }
  static void add_finding(v1::ItemReport& item, v1::ReasonCode code, const std::string& algorithm) {
    v1::Finding& finding = *item.add_findings();
    finding.set_code(code);
    v1::Param& param = *finding.add_params();
    param.set_name("algorithm");
    param.set_value(algorithm);
    v1::Param& recorded = *finding.add_params();
    recorded.set_name("recorded");
    for (int i = 0; i < 32; ++i) *recorded.mutable_value() += "78";
  }
  bool explain() {
    return explain_differences(
        report_,
        [this](int item, const v1::LookInto& request) {
          asked_.push_back(item);
          requests_.push_back(request);
          return answer_;
        },
        record_);
  }
  const v1::ContentFacts& facts(int item) const { return record_.items(item).contents(); }

  v1::Report report_;
  v1::CaseRecord record_;
  std::optional<v1::ContentFacts> answer_ = good_answer();
  std::vector<int> asked_;
  std::vector<v1::LookInto> requests_;
};

TEST_F(Differences, AreLookedIntoAlone) {
  add(v1::REASON_NONE);
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  add(v1::REASON_INCLUSION_PROOF_INVALID);
  add(v1::REASON_CONTENT_HASH_DIFFERS, "sm3");
  EXPECT_TRUE(explain());
  EXPECT_THAT(asked_, ElementsAre(1, 3));
  EXPECT_THAT(requests_[0].algorithms(), ElementsAre("sha-256"));
  EXPECT_THAT(requests_[1].algorithms(), ElementsAre("sm3"));
  EXPECT_FALSE(facts(0).performed());
  EXPECT_TRUE(facts(1).performed());
  EXPECT_EQ(facts(1).candidates_size(), 1);
  EXPECT_EQ(facts(1).media_type(), "text/plain");
}

TEST_F(Differences, AskOnceForSeveralRecords) {
  add(v1::REASON_CONTENT_HASH_DIFFERS, "sm3");
  add_finding(*report_.mutable_evidence(0), v1::REASON_CONTENT_HASH_DIFFERS, "sha-256");
  add_finding(*report_.mutable_evidence(0), v1::REASON_CONTENT_HASH_DIFFERS, "sm3");
  EXPECT_TRUE(explain());
  EXPECT_THAT(asked_, ElementsAre(0));
  EXPECT_THAT(requests_[0].algorithms(), ElementsAre("sha-256", "sm3"));
}

TEST_F(Differences, ChangeNothingWhereThereAreNone) {
  add(v1::REASON_NONE);
  EXPECT_FALSE(explain());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(Differences, ChangeNothingWithoutABox) {
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  answer_.reset();
  EXPECT_FALSE(explain());
  EXPECT_THAT(asked_, ElementsAre(0));
  EXPECT_FALSE(facts(0).performed() || facts(0).terminated());
}

TEST_F(Differences, AskNobodyAfterABoxThatWasStopped) {
  for (int i = 0; i < 3; ++i) add(v1::REASON_CONTENT_HASH_DIFFERS);
  answer_->set_terminated(true);
  EXPECT_TRUE(explain());
  EXPECT_THAT(asked_, ElementsAre(0));
  EXPECT_TRUE(facts(0).terminated());
  EXPECT_THAT(facts(0).candidates(), IsEmpty());
  EXPECT_FALSE(facts(1).terminated());
}

TEST_F(Differences, AskAboutSoManyAndNoMore) {
  for (int i = 0; i < kMostLookedInto + 10; ++i) add(v1::REASON_CONTENT_HASH_DIFFERS);
  EXPECT_TRUE(explain());
  EXPECT_EQ(asked_.size(), static_cast<std::size_t>(kMostLookedInto));
}

// The other fingerprints could be used to try guesses at the content.
TEST_F(Differences, KeepOnlyWhatARecordHolds) {
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  EXPECT_TRUE(explain());
  ASSERT_EQ(facts(0).candidates_size(), 1);
  EXPECT_THAT(facts(0).candidates(0).changes(), ElementsAre(v1::CHANGE_BOM_ADDED));
  ASSERT_EQ(facts(0).candidates(0).digests_size(), 1);
  EXPECT_EQ(facts(0).candidates(0).digests(0).value(), std::string(32, 'x'));
}

TEST_F(Differences, TakeNothingThatABoxMayNotSay) {
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  answer_->set_media_type("<script>");
  answer_->set_address("https://elsewhere.example/");
  answer_->set_extension(v1::EXTENSION_FIT_YES);
  answer_->add_times()->set_at_ms(1);
  EXPECT_TRUE(explain());
  EXPECT_TRUE(facts(0).performed());
  EXPECT_EQ(facts(0).media_type(), "text/plain");
  EXPECT_TRUE(facts(0).address().empty());
  EXPECT_TRUE(facts(0).times().empty());
  EXPECT_EQ(facts(0).extension(), v1::EXTENSION_FIT_UNSPECIFIED);
}

TEST_F(Differences, TakeNothingOutOfBounds) {
  using Spoil = void (*)(v1::ContentFacts&);
  for (const Spoil spoil : std::initializer_list<Spoil>{
           [](auto& facts) { facts.set_performed(false); },
           [](auto& facts) {
             for (int i = 0; i < 256; ++i) facts.add_candidates();
           },
           [](auto& facts) {
             facts.mutable_candidates(0)->add_changes(static_cast<v1::Change>(99));
           },
           [](auto& facts) {
             for (int i = 0; i < 8; ++i) {
               facts.mutable_candidates(0)->add_changes(v1::CHANGE_BOM_ADDED);
             }
           },
           [](auto& facts) {
             for (int i = 0; i < 8; ++i) facts.mutable_candidates(0)->add_digests();
           },
           [](auto& facts) {
             facts.mutable_candidates(0)->mutable_digests(0)->set_value(std::string(65, 'x'));
           },
           [](auto& facts) {
             facts.mutable_candidates(0)->mutable_digests(0)->set_algorithm(std::string(17, 'x'));
           },
           [](auto& facts) {
             facts.mutable_jpeg()->set_tables(static_cast<v1::JpegTables>(99));
           }}) {
    report_.Clear();
    record_.Clear();
    add(v1::REASON_CONTENT_HASH_DIFFERS);
    answer_ = good_answer();
    spoil(*answer_);
    EXPECT_TRUE(explain());
    EXPECT_TRUE(facts(0).terminated());
    EXPECT_FALSE(facts(0).performed() || facts(0).has_jpeg());
    EXPECT_THAT(facts(0).candidates(), IsEmpty());
  }
}

TEST_F(Differences, TakeNoFieldsOfALaterProgram) {
  add(v1::REASON_CONTENT_HASH_DIFFERS);
  v1::Candidate& candidate = *answer_->mutable_candidates(0);
  candidate.GetReflection()->MutableUnknownFields(&candidate)->AddVarint(77, 1);
  EXPECT_TRUE(explain());
  const v1::Candidate& taken = facts(0).candidates(0);
  EXPECT_TRUE(taken.GetReflection()->GetUnknownFields(taken).empty());
}

}  // namespace
}  // namespace heyan::intake
