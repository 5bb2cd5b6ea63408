// Everything that a report can say, over many synthetic items: it accuses nobody, claims no truth,
// says the verdict's words, and repeats itself byte for byte.
#include <gmock/gmock.h>

#include <gtest/gtest.h>
#include <map>

#include <array>

#include "schemas/catalogue/law.h"
#include "tests/unit/report/sample_report.h"
#include "tests/vectors/report_scenario.h"
#include "verifier/report/html.h"
#include "verifier/report/payload.h"
#include "verifier/report/text.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array kLanguages = {catalogue::Language::kChinese, catalogue::Language::kEnglish};

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Statutes are quoted as they are, whatever words they use.
std::string without_statutes(std::string text) {
  for (const auto& article : catalogue::articles()) {
    for (const std::string_view paragraph : catalogue::paragraphs(article)) {
      for (std::size_t at = text.find(paragraph); at != text.npos; at = text.find(paragraph, at)) {
        text.erase(at, paragraph.size());
      }
    }
  }
  return text;
}

// "authentic" as a word of its own: a sentence may say that authenticity was not checked.
bool has_word(std::string_view text, std::string_view word) {
  const auto letter = [&](std::size_t at) {
    return at < text.size() && text[at] >= 'a' && text[at] <= 'z';
  };
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
  }
  return false;
}

void expect_no_accusation(const std::string& text, const std::string& about) {
  for (const char* word : {"篡改", "伪造", "造假", "真实性得证"}) {
    EXPECT_THAT(text, Not(HasSubstr(word))) << about;
  }
  const std::string english = lower(text);
  for (const char* word : {"tampered", "forged", "authentic", "fake"}) {
    EXPECT_FALSE(has_word(english, word)) << about << ": " << word;
  }
}

vectors::ScenarioRow good_row() {
  return {{"file", "complete"},
          {"hash_agree", "yes"},
          {"custody", "continuous"},
          {"selftest", "pass"},
          {"record", "found"},
          {"chain_fresh", "yes"},
          {"match", "equal"},
          {"hash_alg", "ok"},
          {"inclusion", "valid"},
          {"checkpoint", "consistent"},
          {"quorum_required", "3"},
          {"sigs_valid", "4"},
          {"sigs_valid_unrelated", "4"},
          {"sig_invalid", "0"},
          {"cert_issue", "none"},
          {"time_source", "tsa"},
          {"who", "ok"},
          {"what", "ok"},
          {"when", "ok"},
          {"where", "ok"},
          {"parser", "ok"}};
}

const std::vector<std::pair<std::string, std::string>>& changes() {
  static const std::vector<std::pair<std::string, std::string>> all = {
      {"file", "truncated"},
      {"hash_agree", "no"},
      {"custody", "gap"},
      {"selftest", "fail"},
      {"record", "none"},
      {"record", "unknown-id"},
      {"record", "unreachable"},
      {"chain_fresh", "no"},
      {"match", "different"},
      {"match", "matches-other-record"},
      {"hash_alg", "weak-no-poe"},
      {"hash_alg", "unsupported"},
      {"inclusion", "invalid"},
      {"inclusion", "missing"},
      {"inclusion", "malformed"},
      {"checkpoint", "fork"},
      {"sigs_valid_unrelated", "1"},
      {"sig_invalid", "1"},
      {"cert_issue", "expired-since"},
      {"cert_issue", "expired-at-signing"},
      {"cert_issue", "revoked-before"},
      {"cert_issue", "revoked-no-poe"},
      {"cert_issue", "not-listed"},
      {"cert_issue", "status-unavailable"},
      {"time_source", "node-clock"},
      {"who", "mismatch"},
      {"what", "mismatch"},
      {"when", "mismatch"},
      {"where", "mismatch"},
      {"parser", "terminated"}};
  return all;
}

// A report whose only item is the one of that row.
v1::Report report_of(const vectors::ScenarioRow& row) {
  vectors::Scenario scenario(row);
  EXPECT_EQ(scenario.error(), "");
  v1::Report report = testing::sample_report();
  report.clear_evidence();
  *report.add_evidence() = scenario.judge();
  return report;
}

TEST(Wording, NoReportAccusesAnybody) {
  for (std::size_t a = 0; a < changes().size(); ++a) {
    for (std::size_t b = a; b < changes().size(); ++b) {
      vectors::ScenarioRow row = good_row();
      row[changes()[a].first] = changes()[a].second;
      row[changes()[b].first] = changes()[b].second;
      const v1::Report report = report_of(row);
      for (const auto language : kLanguages) {
        const std::string text = render_text(report, {.language = language});
        const std::string about = changes()[a].second + " " + changes()[b].second;
        expect_no_accusation(text, about);
        expect_no_accusation(render_html(report, {.language = language}), about);
        expect_no_accusation(render_text(report, {.language = language,
                                                  .declared = nullptr,
                                                  .origin_unknown = false,
                                                  .level = Level::kLitigant}),
                             about);
        const auto& verdict = catalogue::entry(report.evidence(0).verdict());
        EXPECT_THAT(text, HasSubstr("1. " + std::string(verdict.symbol) + " " +
                                    std::string(verdict.label.in(language)) + "\n"));
        EXPECT_EQ(render_text(report, {.language = language}), text);
      }
    }
  }
}

// Annex and all, of one report of each verdict: what else an expert reads does not depend on more.
TEST(Wording, NoExpertsReportAccusesAnybody) {
  for (const auto& [column, value] : changes()) {
    vectors::ScenarioRow row = good_row();
    row[column] = value;
    for (const auto language : kLanguages) {
      const TextOptions options{.language = language,
                                .declared = nullptr,
                                .origin_unknown = false,
                                .level = Level::kExpert};
      expect_no_accusation(without_statutes(render_text(report_of(row), options)), value);
      expect_no_accusation(without_statutes(render_html(report_of(row), options)), value);
    }
  }
}

TEST(Wording, EveryReasonIsSaidWithItsNextStep) {
  for (const catalogue::ReasonEntry& reason : catalogue::reasons()) {
    v1::Report report = testing::sample_report();
    v1::Finding& finding = *report.mutable_evidence(0)->add_findings();
    finding.set_check(reason.check);
    finding.set_code(reason.id);
    finding.set_outcome(v1::OUTCOME_FAIL);
    finding.set_effect(reason.effect);
    for (const auto language : kLanguages) {
      const std::string text = render_text(report, {.language = language});
      EXPECT_THAT(text, HasSubstr(std::string(reason.reason.in(language))));
      EXPECT_THAT(text, HasSubstr(std::string(reason.next_step.in(language))));
      expect_no_accusation(text, std::string(reason.code));
    }
    EXPECT_THAT(encode_payload(report), HasSubstr("\"" + std::string(reason.code) + "\""));
  }
}

TEST(Wording, WhatWasNotPerformedIsSaidEvenWithoutAReason) {
  v1::Report report = testing::sample_report();
  v1::ItemReport& item = *report.mutable_evidence(0);
  item.clear_findings();
  item.set_verdict(v1::VERDICT_NOT_COMPLETED);
  v1::Finding& finding = *item.add_findings();
  finding.set_check(v1::CHECK_QUO_1);
  finding.set_outcome(v1::OUTCOME_NOT_PERFORMED);
  finding.set_effect(v1::EFFECT_NOT_COMPLETED);
  v1::Param& cause = *finding.add_params();
  cause.set_name("cause");
  cause.set_value("signature-budget");
  const std::string text = render_text(report, {.language = catalogue::Language::kEnglish});
  EXPECT_THAT(text, HasSubstr("Not performed [QUO-1]"));
  EXPECT_THAT(text, HasSubstr("cause=“signature-budget”"));
  EXPECT_THAT(text, Not(HasSubstr("Nothing to point out.")));
}

TEST(Wording, DeclaredTextCannotEndItsQuotation) {
  v1::Report report = testing::sample_report();
  report.mutable_evidence(0)->set_name("a” (陈述) [一致] 核验一致 “b");
  const std::string text = render_text(report, {.language = catalogue::Language::kChinese});
  EXPECT_THAT(text, HasSubstr("“a⟨U+201D⟩ (陈述) [一致] 核验一致 ⟨U+201C⟩b” (陈述)"));
}

TEST(Wording, TimesAreIntervals) {
  v1::Report report = testing::sample_report();
  v1::TimeInterval& time = *report.mutable_evidence(0)->mutable_attestations(0)->mutable_time();
  time.set_source("tsa:example");
  time.set_not_before_ms(0);
  time.set_not_after_ms(86'400'000);
  const std::string text = render_text(report, {.language = catalogue::Language::kEnglish});
  EXPECT_THAT(text, HasSubstr(": example; not before 1970-01-01T00:00:00Z; not after "
                              "1970-01-02T00:00:00Z\n"));
}

TEST(Wording, WhatATimeStampSaysOfItsClock) {
  v1::Report report = testing::sample_report();
  v1::TimeInterval& time = *report.mutable_evidence(0)->mutable_attestations(0)->mutable_time();
  time.set_source("tsa:example");
  time.set_not_after_ms(86'400'000);
  time.set_policy("1.2.3");
  const auto text = [&] {
    return render_text(report, {.language = catalogue::Language::kEnglish});
  };
  EXPECT_THAT(text(), HasSubstr("; accuracy not stated; time-stamp policy 1.2.3\n"));
  time.set_authority_class("private");
  for (const auto& [microseconds, shown] :
       std::map<std::uint64_t, std::string>{{0, "0 s"},
                                            {1, "1 µs"},
                                            {1'500, "1500 µs"},
                                            {500'000, "500 ms"},
                                            {60'000'000, "60 s"}}) {
    time.set_accuracy_us(microseconds);
    EXPECT_THAT(text(), HasSubstr("; accuracy " + shown +
                                  "; time-stamp policy 1.2.3; privately run authority\n"));
  }
}

TEST(Wording, ARecordFromElsewhereMayRepeatAnAlgorithm) {
  v1::Report report = testing::sample_report();
  v1::ItemReport& item = *report.mutable_evidence(0);
  *item.mutable_measured()->add_digests() = item.measured().digests(0);
  auto& record = *item.mutable_attestations(0)->mutable_record();
  for (int i = 0; i < 2; ++i) record.add_digests()->set_value("x");
  EXPECT_FALSE(encode_payload(report).empty());
}

}  // namespace
}  // namespace heyan::report
