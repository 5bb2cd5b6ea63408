// The section on the same content: what the court reads of a search, what others read of it, and
// what a report shows by itself.
#include "verifier/elsewhere.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/copies.h"
#include "tests/unit/report/document_text.h"
#include "verifier/report/sections.h"
#include "verifier/report/text.h"

namespace heyan::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Elsewhere : public testing::Copies {
 protected:
  Elsewhere() {
    report_.mutable_evidence(1)->clear_measured();
    for (int i = 0; i < 2; ++i) {
      record_.mutable_submission()->mutable_evidence(i)->set_id(report_.evidence(i).id());
    }
  }
  void searched(int item, std::uint64_t count, int listed) {
    v1::SearchElsewhere& elsewhere = *circumstances_.mutable_elsewhere();
    elsewhere.set_since_ms(1'000);
    v1::ItemSearch& one = *elsewhere.add_items();
    one.set_item(report_.evidence(item).id());
    one.mutable_found()->set_count(count);
    for (int i = 0; i < listed; ++i) {
      v1::FiledElsewhere& filed = *one.mutable_found()->add_filed();
      filed.set_report_number("HY-OTHER-" + std::to_string(i));
      filed.set_case_number("(2026) other case");
      filed.set_item("E7");
    }
  }
  std::string section(std::string_view reader, Level level = Level::kJudge,
                      catalogue::Language language = catalogue::Language::kEnglish) {
    withhold();
    const auto disclosed = check(copy(reader)).disclosed.disclosures;
    const Document document =
        build_document(report_, {.language = language, .disclosures = disclosed, .level = level});
    for (const Section& section : document.sections) {
      if (section.id == "elsewhere") return testing::words_of(section);
    }
    return {};
  }
};

TEST_F(Elsewhere, TheCourtReadsWhereAndHowOftenAtBothLevels) {
  searched(0, 3, 2);
  searched(1, 0, 0);
  for (const Level level : {Level::kJudge, Level::kExpert}) {
    EXPECT_THAT(
        section(kCourt, level),
        AllOf(HasSubstr("with the same content (all reports since 1970-01-01T00:00:01Z were "
                        "searched): 3"),
              HasSubstr("The newest 2 are listed."), HasSubstr("HY-OTHER-0"),
              HasSubstr("HY-OTHER-1"), HasSubstr("“(2026) other case”declared"), HasSubstr("“E7”"),
              HasSubstr("Items 2: searched among this court's other reports since "
                        "1970-01-01T00:00:01Z, none has the same content."),
              Not(HasSubstr("not searched"))));
  }
  EXPECT_THAT(section(kCourt, Level::kJudge, catalogue::Language::kChinese),
              AllOf(HasSubstr("有 3 项证据与本项内容相同"), HasSubstr("没有相同内容")));
  EXPECT_EQ(section(kCourt, Level::kLitigant), "");
}

// Neither words nor bytes of another copy depend on what was found.
TEST_F(Elsewhere, OthersReadThatASearchRanWhateverItFound) {
  for (const std::string_view reader : {kParty, kOpponent}) {
    circumstances_.Clear();
    searched(0, 0, 0);
    searched(1, 0, 0);
    const std::string none = section(reader);
    const std::string copy_of_none = copy(reader);
    const std::string payload_of_none = encode_payload(report_);
    circumstances_.Clear();
    searched(0, 5, 5);
    searched(1, 1, 1);
    EXPECT_EQ(section(reader), none);
    EXPECT_EQ(copy(reader).size(), copy_of_none.size());
    EXPECT_EQ(encode_payload(report_).size(), payload_of_none.size());
    EXPECT_THAT(none, AllOf(HasSubstr("the result is in the court's copy alone: items 1-2"),
                            Not(HasSubstr("HY-OTHER"))));
    EXPECT_THAT(copy(reader), Not(HasSubstr("elsewhere")));
  }
}

// A search is of nobody's person: it is not counted among what a copy withholds of one.
TEST_F(Elsewhere, IsNotCountedAmongPersonalFields) {
  searched(0, 1, 1);
  withhold();
  const TextOptions options{.language = catalogue::Language::kEnglish,
                            .disclosures = disclosures_,
                            .level = Level::kExpert};
  EXPECT_THAT(render_text(report_, options), HasSubstr("discloses all 9 personal fields"));
}

TEST_F(Elsewhere, WhatNobodySearchedForIsSaid) {
  EXPECT_THAT(section(kCourt), HasSubstr("This was not searched for when the report was made."));
  searched(1, 0, 0);
  EXPECT_THAT(section(kCourt),
              HasSubstr("Items that were not searched for when the report was made: 1"));
}

// A disclosure that opens its commitment and yet is no result is not shown as one.
TEST_F(Elsewhere, ATextThatIsNoResultIsTakenForWithheld) {
  searched(0, 1, 1);
  withhold();
  Disclosure other = disclose(record_.salt_key(), "/evidence/0/elsewhere", "{\"count\":0}");
  for (auto& commitment : *report_.mutable_commitments()) {
    if (is_search(commitment.pointer())) {
      commitment.set_digest(core::to_string(commitment_to(other)));
    }
  }
  const Document document = build_document(report_, {.language = catalogue::Language::kEnglish,
                                                     .disclosures = std::span(&other, 1),
                                                     .level = Level::kJudge});
  for (const Section& section : document.sections) {
    if (section.id != "elsewhere") continue;
    EXPECT_THAT(testing::words_of(section), HasSubstr("in the court's copy alone: items 1"));
  }
}

TEST_F(Elsewhere, TheSameContentWithinTheSubmissionIsStatedFromTheReportAlone) {
  EXPECT_THAT(section(kOpponent), Not(HasSubstr("Items of this submission")));
  *report_.mutable_evidence(1)->mutable_measured() = report_.evidence(0).measured();
  EXPECT_THAT(section(kOpponent), HasSubstr("Items of this submission with the same content: 1-2"));
  for (auto& digest : *report_.mutable_evidence(1)->mutable_measured()->mutable_digests()) {
    digest.set_second(std::string(32, 'x'));  // the libraries disagree: nothing is known
  }
  EXPECT_THAT(section(kOpponent), Not(HasSubstr("Items of this submission")));
}

}  // namespace
}  // namespace heyan::report
