// What the sections say, and which of them a reader gets.
#include "verifier/report/sections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/document_text.h"
#include "tests/unit/report/sample_report.h"

namespace heyan::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ids;
using ::testing::Not;
using testing::sample_report;
using testing::section;
using testing::words_of;

constexpr auto kEnglish = catalogue::Language::kEnglish;
constexpr auto kChinese = catalogue::Language::kChinese;

Document built(const v1::Report& report, Level level = Level::kExpert,
               catalogue::Language language = kEnglish) {
  return build_document(
      report, {.language = language, .declared = nullptr, .origin_unknown = false, .level = level});
}

std::string words(const v1::Report& report, std::string_view id,
                  catalogue::Language language = kEnglish) {
  const Document document = built(report, Level::kExpert, language);
  const Section* found = section(document, id);
  EXPECT_NE(found, nullptr) << id;
  return found == nullptr ? "" : words_of(*found);
}

v1::Report with_verdicts(const std::vector<v1::Verdict>& verdicts) {
  v1::Report report = sample_report();
  const v1::ItemReport item = report.evidence(0);
  report.clear_evidence();
  for (const v1::Verdict verdict : verdicts) {
    *report.add_evidence() = item;
    report.mutable_evidence(report.evidence_size() - 1)->set_verdict(verdict);
  }
  return report;
}

// An established proof of that party's with those ends; 0: unknown.
v1::ItemReport dated(std::string_view party, std::int64_t not_before, std::int64_t not_after) {
  v1::ItemReport item = sample_report().evidence(0);
  item.set_party(std::string(party));
  v1::TimeInterval& time = *item.mutable_attestations(0)->mutable_time();
  time.set_source("tsa:example");
  if (not_before != 0) time.set_not_before_ms(not_before);
  if (not_after != 0) time.set_not_after_ms(not_after);
  return item;
}

v1::Report of_two_parties(const v1::ItemReport& first, const v1::ItemReport& second) {
  v1::Report report = sample_report();
  report.clear_evidence();
  v1::PartyReport& party = *report.add_parties();
  party.set_id("P2");
  party.set_role(v1::ROLE_DEFENDANT);
  *report.add_evidence() = first;
  *report.add_evidence() = second;
  return report;
}

TEST(Sections, ALevelPicksThem) {
  EXPECT_THAT(ids(built(sample_report(), Level::kLitigant)), ElementsAre("overall"));
  EXPECT_THAT(ids(built(sample_report(), Level::kJudge)),
              ElementsAre("overall", "case", "summary", "item-1", "timeline", "elsewhere",
                          "objections", "law", "method", "recheck"));
  EXPECT_THAT(
      ids(built(sample_report())),
      ElementsAre("overall", "case", "summary", "item-1", "timeline", "elsewhere", "objections",
                  "law", "method", "recheck", "glossary", "annex", "values-1", "statutes"));
}

TEST(Sections, LevelsHaveNames) {
  EXPECT_EQ(level_by_name("litigant"), Level::kLitigant);
  EXPECT_EQ(level_by_name("judge"), Level::kJudge);
  EXPECT_EQ(level_by_name("expert"), Level::kExpert);
  for (const char* other : {"", "machine", "JUDGE", "judge "}) EXPECT_FALSE(level_by_name(other));
}

TEST(Sections, AHashReportStatesFactsAndLeavesBlanks) {
  EXPECT_EQ(level_by_name("hash-report-us"), Level::kHashReportUs);
  EXPECT_EQ(level_by_name("hash-report-in"), Level::kHashReportIndia);
  const Document us = built(sample_report(), Level::kHashReportUs);
  const Document india = built(sample_report(), Level::kHashReportIndia);
  EXPECT_THAT(ids(us), ElementsAre("hash-report"));
  EXPECT_THAT(ids(india), ElementsAre("hash-report"));
  const std::string us_words = words_of(us.sections.front());
  const std::string india_words = words_of(india.sections.front());
  for (const std::string& words : {us_words, india_words}) {
    EXPECT_THAT(words, HasSubstr("It is no certificate"));
    EXPECT_THAT(words, HasSubstr("HY-AAAA-BBBB-CCCC-DDDD"));
    EXPECT_THAT(words, HasSubstr("SHA-256"));
    EXPECT_THAT(words, HasSubstr("____"));
    EXPECT_THAT(words, HasSubstr("is for the court"));
    // It is about files, not about what they were compared with.
    EXPECT_THAT(words, Not(HasSubstr("Consistent")));
  }
  EXPECT_THAT(us_words, HasSubstr("902(14)"));
  EXPECT_THAT(us_words, Not(HasSubstr("Part A")));
  EXPECT_THAT(india_words, HasSubstr("section 63(4)"));
  EXPECT_THAT(india_words, HasSubstr("Part B: the expert"));
}

TEST(Sections, PageOneCountsVerdictsAndSaysOnceWhatTheyMean) {
  auto report =
      with_verdicts({v1::VERDICT_INCONSISTENT, v1::VERDICT_INCONSISTENT, v1::VERDICT_CONSISTENT});
  report.mutable_evidence(2)->set_name(std::string(70, 'n'));
  const auto times = [](const std::string& page, std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) {
      ++count;
    }
    return count;
  };
  const std::string_view meaning = catalogue::entry(v1::VERDICT_INCONSISTENT).sentence.en;
  const std::string judge = words_of(built(report, Level::kJudge).sections.front());
  EXPECT_THAT(judge, HasSubstr("Consistent 1 (items 3); Not consistent 2 (items 1-2)"));
  EXPECT_EQ(times(judge, meaning), 1U);
  EXPECT_EQ(times(judge, catalogue::entry(v1::VERDICT_NOT_FOUND).sentence.en), 0U);
  EXPECT_EQ(times(judge, std::string(61, 'n')), 0U);  // the item's own section has all of it
  EXPECT_THAT(words(report, "item-3"), HasSubstr(std::string(70, 'n')));
  const std::string litigant = words_of(built(report, Level::kLitigant).sections.front());
  EXPECT_EQ(times(litigant, meaning), 2U);
}

TEST(Sections, AFileThatNobodyMeasuredHasNoSize) {
  auto report = sample_report();
  report.mutable_evidence(0)->clear_measured();
  report.mutable_evidence(0)->mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_TERMINATED);
  const std::string item = words(report, "item-1");
  EXPECT_THAT(item, HasSubstr("not measured"));
  EXPECT_THAT(item, Not(HasSubstr("0 bytes")));
}

TEST(Sections, TellALitigantWhatToDoNext) {
  const Document litigant = built(sample_report(), Level::kLitigant);
  EXPECT_THAT(words_of(litigant.sections.front()), HasSubstr("Next step: Invite the other side"));
  const Document judge = built(sample_report(), Level::kJudge);
  EXPECT_THAT(words_of(judge.sections.front()), Not(HasSubstr("Next step")));
}

TEST(Sections, PageOneStandsOnItsOwn) {
  const std::string page = words(sample_report(), "overall");
  for (const char* part : {"HY-AAAA-BBBB-CCCC-DDDD", "(2026)京0491民初1234号", "prc-sample",
                           "default", "Verify this report", "No end date is known"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  for (const auto& sentence : catalogue::standing_sentences()) {
    EXPECT_THAT(page, HasSubstr(std::string(sentence.text.en)));
  }
}

TEST(Sections, SayUntilWhenAReportCanBeChecked) {
  v1::Report report = sample_report();
  report.mutable_renew_before()->set_at_ms(1'900'000'000'000);
  report.mutable_renew_before()->set_institution("hz-internet-court");
  EXPECT_THAT(words(report, "overall"),
              HasSubstr("2030-03-17T17:46:40Z (a certificate or key of Hangzhou Internet Court"));
  report.mutable_renew_before()->set_algorithm("sha-256");
  EXPECT_THAT(words(report, "overall"), HasSubstr("the algorithm sha-256 no longer counts"));
}

TEST(Sections, SummaryPutsFirstWhatNeedsAttention) {
  const std::string text =
      words(with_verdicts({v1::VERDICT_CONSISTENT, v1::VERDICT_NOT_COMPLETED, v1::VERDICT_NOT_FOUND,
                           v1::VERDICT_CONSISTENT_WITH_NOTES, v1::VERDICT_INCONSISTENT,
                           v1::VERDICT_INCONCLUSIVE}),
            "summary");
  std::size_t before = 0;
  for (const char* item :
       {"Item 5\n", "Item 6\n", "Item 3\n", "Item 2\n", "Item 4\n", "Item 1\n"}) {
    const std::size_t at = text.find(item);
    ASSERT_NE(at, std::string::npos) << item;
    EXPECT_GE(at, before) << item;
    before = at;
  }
}

// Every row of the summary has a verdict, so nothing declared may stand there.
TEST(Sections, SummaryHoldsNothingDeclared) {
  v1::Report report = with_verdicts({v1::VERDICT_INCONSISTENT});
  report.mutable_evidence(0)->set_id("[一致] 核验一致");
  report.mutable_evidence(0)->set_name("[一致] 核验一致");
  EXPECT_THAT(words(report, "summary", kChinese), Not(HasSubstr("[一致]")));
}

TEST(Sections, ShowTheFingerprintsOfBothImplementations) {
  EXPECT_THAT(words(sample_report(), "item-1"), HasSubstr("same result"));
  v1::Report report = sample_report();
  report.mutable_evidence(0)->mutable_measured()->mutable_digests(0)->set_second("\x01\x02");
  EXPECT_THAT(words(report, "item-1"), HasSubstr(" / 0102\ndifferent results"));
}

TEST(Sections, CompareTheFourElements) {
  v1::Report report = sample_report();
  v1::ContentFacts& contents = *report.mutable_evidence(0)->mutable_contents();
  contents.set_performed(true);
  contents.set_media_type("image/jpeg");
  v1::EmbeddedTime& time = *contents.add_times();
  time.set_source("exif");
  time.set_at_ms(0);
  v1::Submission submission;
  v1::Item& item = *submission.add_evidence();
  item.set_id("E1");
  item.mutable_claims()->set_what("photo.jpg");
  const Document document = build_document(report, {.language = kEnglish, .declared = &submission});
  const std::string text = words_of(*section(document, "item-1"));
  for (const char* part : {"“Zhang San”", "“photo.jpg”", "image/jpeg", "1970-01-01T00:00:00Z"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  // Claims of another item are not shown beside this one.
  item.set_id("E2");
  const Document other = build_document(report, {.language = kEnglish, .declared = &submission});
  EXPECT_THAT(words_of(*section(other, "item-1")), Not(HasSubstr("photo.jpg")));
}

TEST(Sections, StateAnOrderOnlyBetweenIntervalsThatDoNotOverlap) {
  const auto order = [](const v1::ItemReport& a, const v1::ItemReport& b) {
    return words(of_two_parties(a, b), "timeline");
  };
  EXPECT_THAT(order(dated("P1", 1000, 2000), dated("P2", 3000, 4000)),
              HasSubstr("Item 1 is earlier than item 2"));
  EXPECT_THAT(order(dated("P1", 3000, 4000), dated("P2", 1000, 2000)),
              HasSubstr("Item 2 is earlier than item 1"));
  for (const auto& later :
       {dated("P2", 2000, 4000), dated("P2", 1500, 4000), dated("P2", 0, 4000)}) {
    const std::string text = order(dated("P1", 1000, 2000), later);
    EXPECT_THAT(text, HasSubstr("The order of items 1 and 2 is not decidable"));
    EXPECT_THAT(text, HasSubstr("TIME_ORDER_UNDECIDED"));
    EXPECT_THAT(text, Not(HasSubstr("earlier than")));
  }
}

// A proof that was not established, or a time that was only stated, orders nothing.
TEST(Sections, OrderNothingByWhatDoesNotHold) {
  v1::ItemReport open = dated("P1", 1000, 2000);
  open.mutable_attestations(0)->set_outcome(v1::OUTCOME_UNDETERMINED);
  EXPECT_THAT(words(of_two_parties(open, dated("P2", 3000, 4000)), "timeline"),
              Not(HasSubstr("earlier than")));
  v1::ItemReport stated = dated("P1", 0, 0);
  stated.mutable_attestations(0)->mutable_time()->set_stated_ms(1000);
  EXPECT_THAT(words(of_two_parties(stated, dated("P2", 3000, 4000)), "timeline"),
              Not(HasSubstr("earlier than")));
}

TEST(Sections, SayThatThereIsNothingOnTime) {
  EXPECT_THAT(words(sample_report(), "timeline"), HasSubstr("no material on time"));
}

TEST(Sections, ObjectionsSortAnswersFromDeclarationsAndGaps) {
  v1::Report report = with_verdicts({v1::VERDICT_CONSISTENT, v1::VERDICT_CONSISTENT,
                                     v1::VERDICT_CONSISTENT, v1::VERDICT_CONSISTENT});
  const auto set = [&](int item, v1::Outcome outcome) {
    for (auto& result : *report.mutable_evidence(item)->mutable_checks()) {
      if (result.check() == v1::CHECK_QUO_2) result.set_outcome(outcome);
    }
  };
  set(0, v1::OUTCOME_PASS);
  set(1, v1::OUTCOME_PASS);
  set(2, v1::OUTCOME_DECLARED);
  set(3, v1::OUTCOME_NOT_PERFORMED);
  report.mutable_parties(0)->add_linked_institutions("hz-internet-court");
  const std::string text = words(report, "objections");
  EXPECT_THAT(text, HasSubstr("art. 17(2)"));
  EXPECT_THAT(text, HasSubstr("Passed (items 1-2)"));
  EXPECT_THAT(text, HasSubstr("Declared, not verified (items 3)"));
  EXPECT_THAT(text, HasSubstr("Not performed (items 4)"));
  EXPECT_THAT(text, HasSubstr("plaintiff “P1”declared: Hangzhou Internet Court"));
  for (const auto& row : catalogue::objections()) {
    EXPECT_THAT(text, HasSubstr(std::string(row.text.en)));
  }
}

TEST(Sections, NotaryNodesAreNamedAndAreNoDeed) {
  v1::Report report = sample_report();
  EXPECT_THAT(words(report, "objections"), Not(HasSubstr("notarial deed")));
  report.mutable_institutions(0)->set_kind("notary");
  EXPECT_THAT(words(report, "objections"), HasSubstr("Hangzhou Internet Court is valid and counted "
                                                     "(it is no notarial deed)"));
}

TEST(Sections, QuoteTheArticlesWordForWord) {
  const std::string text = words(sample_report(), "statutes");
  for (const auto& article : catalogue::articles()) {
    if (article.code != "ZXSS" || article.article != "第十七条") continue;
    EXPECT_THAT(text,
                HasSubstr("（四）存证技术和过程是否符合相关国家标准或者行业标准中关于系统环境、"));
  }
  // Rules of criminal procedure stand in criminal cases only.
  EXPECT_THAT(text, Not(HasSubstr("刑事诉讼法")));
  v1::Report criminal = sample_report();
  criminal.set_case_number("(2026)京0105刑初1号");
  EXPECT_THAT(words(criminal, "statutes"), HasSubstr("刑事诉讼法"));
}

TEST(Sections, ALedgerWithoutAConflictIsSaidToHaveNoneSinceThatDay) {
  v1::Report report = sample_report();
  v1::Finding& finding = *report.mutable_evidence(0)->add_findings();
  finding.set_check(v1::CHECK_INC_2);
  finding.set_outcome(v1::OUTCOME_NOT_APPLICABLE);
  finding.mutable_subject()->set_attestation(0);
  EXPECT_THAT(words(report, "item-1"), Not(HasSubstr("no contradiction")));
  v1::Param& param = *finding.add_params();
  param.set_name("watched_since");
  param.set_value("2026-11-28");
  EXPECT_THAT(words(report, "item-1"), HasSubstr("Since 2026-11-28 this system has compared"));
  finding.mutable_subject()->set_attestation(7);
  EXPECT_THAT(words(report, "item-1"), Not(HasSubstr("no contradiction")));
}

TEST(Sections, AnnexHasEveryFullValue) {
  v1::Report report = sample_report();
  v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  attestation.mutable_position()->set_transaction_id("0xabc");
  attestation.mutable_position()->set_block_hash("\x11\x22");
  attestation.add_proofs("\x33\x44");
  attestation.mutable_signatures(0)->set_key_sha256("\x55\x66");
  attestation.mutable_signatures(0)->set_valid_until_ms(0);
  const std::string text = words(report, "values-1");
  for (const char* part : {"0xabc", "1122", "3344", "5566", "1970-01-01T00:00:00Z", "MATCH-1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Sections, EveryRowHasACellForEveryColumn) {
  for (const Section& one : built(sample_report()).sections) {
    for (const Block& block : one.blocks) {
      const auto* table = std::get_if<Table>(&block.content);
      if (table == nullptr) continue;
      for (const auto& row : table->rows) EXPECT_EQ(row.size(), table->columns.size()) << one.id;
    }
  }
}

v1::Report came_as_a_message() {
  v1::Report report = sample_report();
  v1::CourtIntake& intake = *report.mutable_intake();
  intake.set_adapter("micro_court");
  intake.add_remarks()->set_code("status-unknown");
  v1::IntakeRemark& other = *intake.add_remarks();
  other.set_item(report.evidence(0).id());
  other.set_code("a-word-of-tomorrow");
  return report;
}

TEST(CaseSection, SaysThatItCameAsAMessageAndWhatWasNoted) {
  const std::string text = words(came_as_a_message(), "case");
  EXPECT_THAT(text, HasSubstr("micro_court"));
  EXPECT_THAT(text, HasSubstr("None of it is a finding"));
  EXPECT_THAT(text, HasSubstr("The platform's state of the case is not known here"));
  EXPECT_THAT(text, HasSubstr("a-word-of-tomorrow"));
  EXPECT_THAT(words(came_as_a_message(), "case", kChinese), HasSubstr("需人工查看"));
}

TEST(CaseSection, SaysNothingOfMessagesWhereThereWasNone) {
  const std::string text = words(sample_report(), "case");
  EXPECT_THAT(text, Not(HasSubstr("message")));
}

TEST(CaseSection, QuotesWhatAnAdapterNamesAndCutsIt) {
  v1::Report report = came_as_a_message();
  report.mutable_intake()->set_adapter("\x1b[31m");
  report.mutable_intake()->mutable_remarks(1)->set_item("\u202e" + std::string(9'000, 'x'));
  const std::string text = words(report, "case");
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
  EXPECT_LT(text.size(), 8'000U);
}

}  // namespace
}  // namespace heyan::report
