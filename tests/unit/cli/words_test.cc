// What the shell says: why a signed report does not stand.
#include <gmock/gmock.h>

#include <array>

#include "gateway/cli/copy_words.h"
#include "gateway/cli/elsewhere_words.h"
#include "gateway/cli/jws_words.h"
#include "gateway/cli/mistaken_file.h"
#include "gateway/cli/statement_words.h"
#include "gateway/cli/trimmed.h"
#include "verifier/elsewhere.h"

namespace heyan::cli {
namespace {

TEST(JwsWords, AreASentenceForEveryFault) {
  using report::JwsFault;
  for (int i = 1; i <= static_cast<int>(JwsFault::kBudget); ++i) {
    const catalogue::Text text = fault_sentence(static_cast<JwsFault>(i));
    EXPECT_TRUE(text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.ends_with(".")) << i;
  }
  EXPECT_TRUE(fault_sentence(JwsFault::kNone).zh.empty());
}

TEST(CopyWords, AreASentenceForEveryFaultWithoutReproach) {
  using report::DisclosureFault;
  for (int i = 1; i <= static_cast<int>(DisclosureFault::kDiffers); ++i) {
    const catalogue::Text text = fault_sentence(static_cast<DisclosureFault>(i));
    EXPECT_TRUE(text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.ends_with(".")) << i;
    for (const char* reproach : {"篡改", "伪造", "造假"}) {
      EXPECT_FALSE(text.zh.contains(reproach)) << i;
    }
    for (const char* reproach : {"tamper", "forge", "fake"}) {
      EXPECT_FALSE(text.en.contains(reproach)) << i;
    }
  }
  EXPECT_TRUE(fault_sentence(DisclosureFault::kNone).zh.empty());
}

TEST(CopyWords, SayOfEachFieldWhatItIsOrThatItIsWithheld) {
  const Disclosure one = disclose(std::string(32, 's'), "/parties/0/name", "张三”\n");
  report::EnvelopeVerdict verdict;
  verdict.personal = {{.pointer = "/parties/0/idNumber", .commitment = {}, .owner = {}},
                      {.pointer = one.pointer, .commitment = {}, .owner = {}},
                      {.pointer = "/parties/1/name\x1b", .commitment = {}, .owner = {}}};
  verdict.disclosed.disclosures = {one};
  EXPECT_EQ(describe_personal(verdict, catalogue::Language::kEnglish),
            "Personal fields: 3, of which 2 are withheld in this copy\n"
            "  /parties/0/idNumber: (withheld in this copy)\n"
            "  /parties/0/name: “张三⟨U+201D⟩⟨U+000A⟩” (declared)\n"
            "  /parties/1/name⟨U+001B⟩: (withheld in this copy)\n");
  EXPECT_EQ(describe_personal({}, catalogue::Language::kChinese), "");
}

// A result of the gateway's own search is nobody's personal field.
TEST(CopyWords, LeaveSearchesToOthers) {
  const Disclosure search = disclose(std::string(32, 's'), "/evidence/0/elsewhere", "{}");
  const Disclosure name = disclose(std::string(32, 's'), "/evidence/1/claims/who", "李四");
  report::EnvelopeVerdict verdict;
  verdict.personal = {{.pointer = "/parties/0/name", .commitment = {}, .owner = {}},
                      {.pointer = search.pointer, .commitment = {}, .owner = {}},
                      {.pointer = name.pointer, .commitment = {}, .owner = {}},
                      {.pointer = "/evidence/1/elsewhere", .commitment = {}, .owner = {}}};
  verdict.disclosed.disclosures = {search, name};
  EXPECT_EQ(describe_personal(verdict, catalogue::Language::kEnglish),
            "Personal fields: 2, of which 1 are withheld in this copy\n"
            "  /parties/0/name: (withheld in this copy)\n"
            "  /evidence/1/claims/who: “李四” (declared)\n");
  verdict.personal = {{.pointer = search.pointer, .commitment = {}, .owner = {}}};
  verdict.disclosed.disclosures = {search};
  EXPECT_EQ(describe_personal(verdict, catalogue::Language::kEnglish), "");
}

class SearchWords : public testing::Test {
 protected:
  void withheld(const std::string& place) {
    verdict_.personal.push_back({.pointer = place, .commitment = {}, .owner = {}});
  }
  void told(const std::string& place, const std::string& value) {
    withheld(place);
    verdict_.disclosed.disclosures.push_back(disclose(std::string(32, 's'), place, value));
  }
  static std::string found(std::uint64_t count, const std::string& case_number) {
    FoundElsewhere found{.since_ms = 1'790'000'000'000, .found = {}};
    found.found.set_count(count);
    if (count > 0) {
      v1::FiledElsewhere& one = *found.found.add_filed();
      one.set_report_number("HY-1");
      one.set_item("E1”");
      one.set_case_number(case_number);
    }
    return write_found(found);
  }
  std::string in(catalogue::Language language) const {
    return describe_searches(verdict_, language);
  }
  report::EnvelopeVerdict verdict_;
};

TEST_F(SearchWords, SayItemsWithTheSameAnswerTogether) {
  told("/evidence/0/elsewhere", found(0, ""));
  told("/evidence/1/elsewhere", found(3, "CASE-1"));
  told("/evidence/2/elsewhere", found(0, ""));
  withheld("/evidence/3/elsewhere");
  withheld("/evidence/10/elsewhere");
  withheld("/parties/0/name");
  EXPECT_EQ(
      in(catalogue::Language::kEnglish),
      "The same content filed elsewhere\n"
      "  Items 1, 3: searched among this court's other reports since 2026-09-21T14:13:20Z, "
      "none has the same content.\n"
      "  Searched among this court's other reports; the result is in the court's copy alone: "
      "items 4, 11\n"
      "  Item 2. Items of this court's other reports with the same content (all reports since "
      "2026-09-21T14:13:20Z were searched): 3\n"
      "    The newest 1 are listed.\n"
      "    HY-1, Item “E1⟨U+201D⟩” (declared), Case number “CASE-1” (declared)\n");
  EXPECT_THAT(
      in(catalogue::Language::kChinese),
      testing::HasSubstr("  证据 1、3：已在本院 2026-09-21T14:13:20Z 以来的其他报告中查找"));
}

TEST_F(SearchWords, ShowWhatIsNoSuchAnswerAsItStands) {
  told("/evidence/0/elsewhere", "{}");
  told("/evidence/1/elsewhere", found(1, ""));
  withheld("/evidence/x/elsewhere");
  withheld("/evidence/-1/elsewhere");
  withheld("/evidence/elsewhere");
  const std::string text = in(catalogue::Language::kEnglish);
  EXPECT_THAT(text, testing::HasSubstr("  Item 1: “{}”\n"));
  EXPECT_THAT(text, testing::HasSubstr("Case number -\n"));
  EXPECT_THAT(text, testing::HasSubstr("items /evidence/x/elsewhere, /evidence/-1/elsewhere, "
                                       "/evidence/elsewhere\n"));
}

TEST_F(SearchWords, AreNoneWhereNoSearchRan) {
  withheld("/parties/0/name");
  EXPECT_EQ(in(catalogue::Language::kEnglish), "");
}

// A code has a place, and no room for the log's name: after a restore two logs have that place.
TEST(StatementWords, SayThatTheCodeDoesNotNameTheLog) {
  report::StatementVerdict verdict{.outcome = report::StatementOutcome::kValid,
                                   .statement = report::Statement{}};
  verdict.statement->verdict = v1::SUBMISSION_VERDICT_ALL_CONSISTENT;
  verdict.statement->log_index = 712;
  const std::string english = statement_text(verdict, catalogue::Language::kEnglish);
  EXPECT_THAT(english, testing::HasSubstr("the code does not name the log"));
  EXPECT_THAT(english, testing::HasSubstr("entry 712\n"));
  const std::string chinese = statement_text(verdict, catalogue::Language::kChinese);
  EXPECT_THAT(chinese, testing::HasSubstr("二维码不载日志名称"));
  EXPECT_THAT(chinese, testing::HasSubstr("第 712 条\n"));
  verdict = {.outcome = report::StatementOutcome::kInvalid, .statement = {}};
  EXPECT_THAT(statement_text(verdict, catalogue::Language::kEnglish),
              testing::Not(testing::HasSubstr("entry")));
}

TEST(MistakenFile, IsKnownByItsForm) {
  const auto of = [](std::string_view text) { return mistaken_file(core::as_bytes(text)); };
  for (const char* page : {"<!doctype html>\n<html lang=\"en\">", "\xef\xbb\xbf\r\n<!DOCTYPE HTML>",
                           "<HTML><body>", " <html>"}) {
    EXPECT_EQ(of(page), MistakenFile::kPage) << page;
  }
  EXPECT_EQ(of("HEYANHCR\x01"), MistakenFile::kRecord);
  EXPECT_EQ(of("HY1.AAAA\n"), MistakenFile::kScanned);
  EXPECT_EQ(of("eyJhbGciOiJFUzI1NiJ9.e30.AA-_\n"), MistakenFile::kCompactJws);
  EXPECT_EQ(of(R"({"schema":"heyan.report.v1","reportNumber":"HY-1","evidence":[]})"),
            MistakenFile::kPayload);
  for (const char* other :
       {"", " ", "<", "<?xml version='1.0'?><html>", "a page: <html>", "HEYAN", "HY1", "eyJ.e30",
        "eyJ.e30.AA.AA", "eyJ..AA", "eyJ.e30.", "eyJ.e 30.AA", "eyJ.e30=.AA", "xyJ.e30.AA", "{}",
        "[]", R"({"schema":"heyan.report.v2","reportNumber":"HY-1","evidence":[]})",
        R"({"payload":"e30","signatures":[]})"}) {
    EXPECT_EQ(of(other), std::nullopt) << other;
  }
}

TEST(MistakenFile, IsNamedWithWhatToGiveInstead) {
  for (int i = 0; i <= static_cast<int>(MistakenFile::kScanned); ++i) {
    const catalogue::Text text = sentence_of(static_cast<MistakenFile>(i));
    EXPECT_TRUE(text.zh.starts_with("这不是已签名的报告，而是") && text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.starts_with("This is not a signed report but ") && text.en.ends_with("."))
        << i;
  }
}

TEST(Trimmed, TakesWhiteSpaceAroundAwayAndNothingElse) {
  EXPECT_EQ(trimmed(" \t\r\nHY1.A B\n\n"), "HY1.A B");
  EXPECT_EQ(trimmed("HY1."), "HY1.");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed("\v\xc2\xa0x\f"), "\v\xc2\xa0x\f");
}

}  // namespace
}  // namespace heyan::cli
