#include "verifier/report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/unit/report/sample_report.h"
#include "verifier/core/bytes.h"
#include "verifier/report/markup.h"
#include "verifier/report/payload.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_report;
using ::testing::StartsWith;

std::string render(const v1::Report& report,
                   catalogue::Language language = catalogue::Language::kEnglish) {
  return render_html(report, {.language = language});
}

// Every place where a page could hold somebody's text.
v1::Report report_with(const std::string& bait) {
  auto report = sample_report();
  report.set_number(bait);
  report.mutable_court()->set_name(bait);
  report.mutable_court()->set_code(bait);
  report.set_case_number(bait);
  report.mutable_trust()->set_id(bait);
  report.mutable_policy()->set_id(bait);
  report.mutable_bindings()->set_software_version(bait);
  report.mutable_parties(0)->set_id(bait);
  report.mutable_parties(0)->add_linked_institutions(bait);
  auto& item = *report.mutable_evidence(0);
  item.set_id(bait);
  item.set_name(bait);
  auto& attestation = *item.mutable_attestations(0);
  attestation.set_ledger(bait);
  attestation.set_format(bait);
  attestation.mutable_position()->set_transaction_id(bait);
  attestation.mutable_time()->set_source(bait);
  attestation.mutable_time()->set_not_after_ms(1);
  auto& record = *attestation.mutable_record();
  for (auto* field : {record.mutable_id(), record.mutable_who(), record.mutable_what(),
                      record.mutable_when(), record.mutable_where()}) {
    *field = bait;
  }
  auto& declared = *attestation.add_declared();
  declared.set_name(bait);
  declared.set_value(bait);
  auto& signature = *attestation.mutable_signatures(0);
  signature.set_institution(bait);
  signature.set_signer(bait);
  signature.set_role(bait);
  for (auto& finding : *item.mutable_findings()) {
    finding.mutable_subject()->set_institution(bait);
    auto& param = *finding.add_params();
    param.set_name(bait);
    param.set_value(bait);
  }
  return report;
}

std::vector<std::string> elements(const std::string& page, const std::string& start) {
  std::vector<std::string> found;
  for (std::size_t at = page.find(start); at != page.npos; at = page.find(start, at + 1)) {
    found.push_back(page.substr(at, page.find("</p>", at) - at));
  }
  return found;
}

TEST(Html, NamesTheTierOfEveryAttestation) {
  auto report = sample_report();
  auto& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  EXPECT_THAT(render(report), HasSubstr("<h3>Ledger proof 1: "));
  auto& declared = *attestation.add_declared();
  declared.set_name("txId");
  declared.set_value("7f3a");
  attestation.set_tier(v1::TIER_TIME_PROOF);
  EXPECT_THAT(render(report), HasSubstr("<h3>Time proof (no ledger proof) 1: "));
  attestation.set_tier(v1::TIER_OPERATOR_ATTESTATION);
  const std::string en = render(report);
  EXPECT_THAT(en, HasSubstr("attestation (no ledger proof) 1: "));
  EXPECT_THAT(en, HasSubstr("As the operator states (quoted, not verified)"));
  EXPECT_THAT(en, HasSubstr("<dt>transaction id</dt>"));
  for (const char* word : {"Ledger proof 1", "3 required", "Witnesses", "Record on the ledger"})
    EXPECT_THAT(en, Not(HasSubstr(word)));
  const std::string zh = render(report, catalogue::Language::kChinese);
  EXPECT_THAT(zh, HasSubstr("<h3>平台出具的材料（不是链上证明） 1: "));
  EXPECT_THAT(zh, Not(HasSubstr("<h3>链上证明")));
}

TEST(Html, SaysVerdictReasonAndWhatToDoInBothLanguages) {
  const std::string zh = render(sample_report(), catalogue::Language::kChinese);
  EXPECT_THAT(zh, StartsWith("<!doctype html>\n<html lang=\"zh-CN\">"));
  EXPECT_THAT(zh, HasSubstr("核验一致（附提示）"));
  EXPECT_THAT(zh, HasSubstr("除去与当事人有关联的机构后，见证机构数未达到规定数量。"));
  const std::string en = render(sample_report());
  EXPECT_THAT(en, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(en, HasSubstr("Consistent, with notes"));
  EXPECT_THAT(en, HasSubstr("Invite the other side to comment under art. 17(2)"));
  EXPECT_EQ(render(sample_report()), en);
}

// A file has no address to ask for another language at: its links stay within it.
TEST(Html, LinksToTheOtherLanguageOnlyWhereItIsServed) {
  for (const auto& [language, link] :
       {std::pair(catalogue::Language::kChinese, "href=\"?lang=en\""),
        std::pair(catalogue::Language::kEnglish, "href=\"?lang=zh\"")}) {
    EXPECT_THAT(render(sample_report(), language), Not(HasSubstr("href=\"?")));
    EXPECT_THAT(render_html(sample_report(), {.language = language, .served = true}),
                HasSubstr(link));
  }
}

TEST(Html, CarriesEveryStandingSentenceAndTheDigestOfThePayload) {
  for (const auto language : {catalogue::Language::kChinese, catalogue::Language::kEnglish}) {
    const std::string page = render(sample_report(), language);
    for (const auto& sentence : catalogue::standing_sentences()) {
      EXPECT_THAT(page, HasSubstr(escaped(sentence.text.in(language)).html));
    }
    EXPECT_THAT(page, HasSubstr(core::to_hex(payload_digest(sample_report()))));
  }
}

TEST(Html, ShowsWhoSignedTheRecordItselfApart) {
  auto report = sample_report();
  EXPECT_THAT(render(report), Not(HasSubstr("signed the record itself")));
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_record_quorum()->set_valid(7);
  EXPECT_THAT(render(report), HasSubstr("7 institutions signed the record itself"));
  EXPECT_THAT(render(report, catalogue::Language::kChinese), HasSubstr("记录本身由 7 家机构签名"));
}

TEST(Html, MarksASampleListAndAMissingOne) {
  auto report = sample_report();
  EXPECT_THAT(render(report), Not(HasSubstr("class=\"notice\"")));
  report.mutable_trust()->set_sample(true);
  report.mutable_trust()->set_given(false);
  const std::string page = render_html(
      report,
      {.language = catalogue::Language::kEnglish, .declared = nullptr, .origin_unknown = true});
  EXPECT_THAT(page, HasSubstr("demonstration"));
  EXPECT_THAT(page, HasSubstr("No trust list was given"));
  EXPECT_THAT(page, HasSubstr("Origin unknown"));
}

TEST(Html, ShowsMarkupInsteadOfObeyingIt) {
  const std::string page = render(report_with("</p><script>x('&\"')</script><b a='1'"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<b a=")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;x(&#39;&amp;&quot;&#39;)&lt;/script&gt;"));
  const std::string quoted = render(report_with("\" onload=\"x"));
  EXPECT_THAT(quoted, Not(HasSubstr("onload=\"")));
}

TEST(Html, TakesNoAttributeFromTheReport) {
  // The elements of a page are the same whatever its texts are.
  const auto skeleton = [](const std::string& page) {
    std::string tags;
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at + 1)) {
      tags += page.substr(at, page.find('>', at) - at + 1);
    }
    return tags;
  };
  EXPECT_EQ(skeleton(render(report_with("harmless"))),
            skeleton(render(report_with("x\" id=\"item-1\"><a href='javascript:1'>"))));
}

TEST(Html, KeepsDeclaredTextOffVerdictLines) {
  const std::string bait = "[一致] 核验一致 Consistent";
  auto report = report_with(bait);
  report.mutable_evidence(0)->set_verdict(v1::VERDICT_INCONSISTENT);
  const auto lines = elements(render(report), "<p class=\"verdict\">");
  ASSERT_EQ(lines.size(), 3u);  // overall, in the list, over the item
  for (const auto& line : lines) EXPECT_THAT(line, Not(HasSubstr(bait))) << line;
}

TEST(Html, ShowsControlsInsteadOfObeyingThem) {
  const std::string page = render(report_with("a\x1b[2Jb\nc\u202e\u2066d\xff"));
  EXPECT_TRUE(std::ranges::none_of(
      page, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
  EXPECT_THAT(page, Not(HasSubstr("\u202e")));
  EXPECT_THAT(page, Not(HasSubstr("\u2066")));
  EXPECT_THAT(page, HasSubstr("U+202E"));
  EXPECT_THAT(page, HasSubstr("0xFF"));
}

TEST(Html, CutsLongDeclaredText) {
  EXPECT_LT(render(report_with(std::string(100'000, 'x'))).size(), 60'000u);
}

// Each item costs the same, however many there are.
TEST(Html, GrowsWithItsItemsAlone) {
  const auto size = [](int items) {
    auto report = sample_report();
    const auto item = report.evidence(0);
    for (int i = 1; i < items; ++i) *report.add_evidence() = item;
    return render_html(report, {.language = catalogue::Language::kEnglish,
                                .declared = nullptr,
                                .origin_unknown = false,
                                .level = Level::kExpert})
        .size();
  };
  const std::size_t one = size(2) - size(1);
  EXPECT_LT(size(1000), size(1) + 999 * (one + 400));
}

// What a strict policy allows: no script, no style but the one sheet, nothing from elsewhere.
TEST(Html, NeedsNothingFromElsewhere) {
  const std::string page = render(sample_report());
  for (const char* part : {"<script", " style=", " src=", "url(", "@import",
                           "http:", "https:", "<link", "<iframe", "<form", "<img"}) {
    EXPECT_THAT(page, Not(HasSubstr(part)));
  }
  EXPECT_EQ(page.find("<style>"), page.rfind("<style>"));
  EXPECT_NE(page.find("<style>"), page.npos);
}

TEST(Html, ClosesWhatItOpens) {
  const std::string page = render(report_with("<x>"));
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at + 1)) {
    const std::string tag = page.substr(at + 1, page.find_first_of(" >", at) - at - 1);
    if (tag == "meta" || tag == "!doctype") continue;
    if (tag[0] != '/') {
      open.push_back(tag);
      continue;
    }
    ASSERT_FALSE(open.empty());
    ASSERT_EQ("/" + open.back(), tag);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

}  // namespace
}  // namespace heyan::report
