#include "verifier/report/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/unit/report/sample_report.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_report;

std::string render(const v1::Report& report, catalogue::Language language) {
  return render_text(report, {.language = language});
}

std::vector<std::string> lines_with(const std::string& text, const std::string& part) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(part) != std::string::npos) found.push_back(line);
  }
  return found;
}

TEST(Text, SaysVerdictReasonAndWhatToDoInBothLanguages) {
  const std::string zh = render(sample_report(), catalogue::Language::kChinese);
  EXPECT_THAT(zh, HasSubstr("[一致+提示] 核验一致（附提示）"));
  EXPECT_THAT(zh, HasSubstr("除去与当事人有关联的机构后，见证机构数未达到规定数量。"));
  EXPECT_THAT(zh, HasSubstr("杭州互联网法院"));
  EXPECT_THAT(zh, HasSubstr("规定 3 家，有效 4 家"));
  const std::string en = render(sample_report(), catalogue::Language::kEnglish);
  EXPECT_THAT(en, HasSubstr("Consistent, with notes"));
  EXPECT_THAT(en, HasSubstr("Invite the other side to comment under art. 17(2)"));
  EXPECT_THAT(en, HasSubstr("Hangzhou Internet Court"));
}

TEST(Text, ShowsWhoSignedTheRecordItselfApart) {
  auto report = sample_report();
  const std::string line = "7 institutions signed the record itself";
  EXPECT_EQ(render(report, catalogue::Language::kEnglish).find(line), std::string::npos);
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_record_quorum()->set_valid(7);
  EXPECT_NE(render(report, catalogue::Language::kEnglish).find(line), std::string::npos);
}

TEST(Text, NamesTheTierOfEveryAttestation) {
  auto report = sample_report();
  auto& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  auto& declared = *attestation.add_declared();
  declared.set_name("txId");
  declared.set_value("7f3a”");
  const auto zh = [&] { return render(report, catalogue::Language::kChinese); };
  const auto en = [&] { return render(report, catalogue::Language::kEnglish); };
  EXPECT_THAT(zh(), HasSubstr("\n  链上证明 1: "));
  EXPECT_THAT(en(), HasSubstr("\n  Ledger proof 1: "));
  attestation.set_tier(v1::TIER_TIME_PROOF);
  EXPECT_THAT(zh(), HasSubstr("\n  时间证明（不是链上证明） 1: "));
  EXPECT_THAT(en(), HasSubstr("\n  Time proof (no ledger proof) 1: "));
  attestation.set_tier(v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_THAT(zh(), HasSubstr("\n  平台出具的材料（不是链上证明） 1: "));
  EXPECT_THAT(zh(), HasSubstr("交易编号: “7f3a⟨U+201D⟩”"));
  EXPECT_THAT(en(), HasSubstr("\n  Operator's attestation (no ledger proof) 1: "));
  EXPECT_THAT(en(), HasSubstr("As the operator states (quoted, not verified)"));
  for (const char* word :
       {"Ledger proof 1", "3 required", "Witnesses", ", established", "Record on the ledger"}) {
    EXPECT_THAT(en(), Not(HasSubstr(word)));
  }
  attestation.set_tier(v1::TIER_UNSPECIFIED);
  EXPECT_THAT(en(), HasSubstr("\n  Material 1: "));
}

TEST(Text, CarriesEveryStandingSentence) {
  for (const auto language : {catalogue::Language::kChinese, catalogue::Language::kEnglish}) {
    const std::string text = render(sample_report(), language);
    for (const auto& sentence : catalogue::standing_sentences()) {
      EXPECT_THAT(text, HasSubstr(std::string(sentence.text.in(language))));
    }
  }
}

TEST(Text, MarksASampleListAndAMissingOne) {
  auto report = sample_report();
  EXPECT_THAT(render(report, catalogue::Language::kEnglish), Not(HasSubstr("demonstration")));
  report.mutable_trust()->set_sample(true);
  EXPECT_THAT(render(report, catalogue::Language::kEnglish), HasSubstr("demonstration"));
  report.mutable_trust()->set_given(false);
  EXPECT_THAT(render(report, catalogue::Language::kEnglish), HasSubstr("No trust list was given"));
}

// Security decision 20: what a party wrote cannot reach a line that carries a verdict.
TEST(Text, KeepsDeclaredTextOffVerdictLines) {
  const std::string bait = "[一致] 核验一致 Consistent";
  auto report = sample_report();
  auto& item = *report.mutable_evidence(0);
  item.set_verdict(v1::VERDICT_INCONSISTENT);
  item.set_id(bait);
  item.set_name(bait);
  item.mutable_attestations(0)->mutable_record()->set_who(bait);
  report.set_case_number(bait);
  const std::string text = render(report, catalogue::Language::kChinese);
  for (const auto& line : lines_with(text, bait)) {
    EXPECT_THAT(line, HasSubstr("“" + bait + "”")) << line;
    EXPECT_THAT(line, Not(HasSubstr("[不一致]"))) << line;
  }
  EXPECT_FALSE(lines_with(text, "[不一致] 核验不一致").empty());
}

TEST(Text, ShowsControlsInsteadOfObeyingThem) {
  auto report = sample_report();
  report.mutable_evidence(0)->set_name("a\x1b[2Jb\nc\u202e\u2066d");
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_record()->set_where("x\r\x07y");
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_signatures(0)->set_signer("\x1b]0;");
  const std::string text = render(report, catalogue::Language::kEnglish);
  EXPECT_TRUE(std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
  EXPECT_THAT(text, Not(HasSubstr("\u2066")));
  EXPECT_THAT(text, HasSubstr("U+202E"));
}

TEST(Text, CutsLongDeclaredText) {
  auto report = sample_report();
  const std::size_t before = render(report, catalogue::Language::kEnglish).size();
  report.mutable_evidence(0)->set_name(std::string(100'000, 'x'));
  EXPECT_LT(render(report, catalogue::Language::kEnglish).size(), before + 5'000);
}

}  // namespace
}  // namespace heyan::report
